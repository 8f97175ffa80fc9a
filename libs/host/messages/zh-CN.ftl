# 各服务共用的文字：任何方法都可能给出的原因。

reason-any-INVALID_FIELDS = 填写有误——{ $fields }
reason-any-REQUEST_ID_REUSED = 这个请求编号（request_id）在 24 小时内已用于另一项请求，请换一个新的。
reason-any-FOREIGN_PAGE_TOKEN = 翻页标记不属于这份列表、这些条件或您本人，请从第一页重新开始。
reason-any-FOREIGN_RESUME_TOKEN = 续传标记不属于这个订阅或您本人，请从头开始。
reason-any-STALE_ETAG = 内容刚刚被别人改动过，请重新读取后再决定。
reason-any-UNAUTHENTICATED = 请先登录：令牌缺失、过期或不是受信任的机构签发。
reason-any-NOT_PERMITTED = 您没有这项权限（{ $permission }）。
reason-any-NOT_FOUND = 没有找到。
reason-any-MESSAGE_TOO_LARGE = 内容太大，最多 { $bytes_max } 字节。
reason-any-BUSY = 现在请求太多，请稍后再试。
reason-any-UNAVAILABLE = 系统的某个部分暂时没有响应，请用同一个请求编号再试一次。
reason-any-INTERNAL = 系统出错了，请把追踪号告诉管理员：{ $trace }
reason-any-UNREADABLE_MESSAGE = 无法读懂请求内容：它不是这个方法的消息。
reason-any-UNKNOWN_METHOD = 没有这个方法。
reason-any-TOO_SLOW = 处理超时，请用同一个请求编号再试一次。
