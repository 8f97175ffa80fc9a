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

# 字段有什么问题。

problem-missing = 必须填写
problem-blank = 不能只有空白，请写明内容
problem-unknown = 查无此项
problem-no-unit = 不是本局的单位，请从单位列表中选择
problem-past = 不能早于今天
problem-future = 不能晚于今天
problem-too-far = 距今不能超过 { $years } 年
problem-twice = 在列表中不能重复
problem-excluded = 与 { $other } 只能填写一项
problem-foreign-page = 不是为这份列表、这些筛选条件和这位调用者发出的
problem-foreign-resume = 不是为这条订阅和这位调用者发出的
problem-request-id-reused = 24 小时内已用于内容不同的请求，请另取一个
problem-no-uuid = 必须是 UUID，例如 { $example }
problem-no-time = 必须是公元 1 年至 9999 年之间的时刻，nanos 为 0 至 999999999
problem-no-day = 必须是真实存在的日期，格式为 YYYY-MM-DD
problem-control = 不能包含控制字符，含有 { $character }
problem-too-short = 至少 { $min } 个字符，现有 { $has } 个
problem-too-long = 最多 { $max } 个字符，现有 { $has } 个
problem-pattern = 必须符合格式 { $pattern }
problem-pattern-like = 格式不对，应类似 { $example }
problem-choice = 只能是 { $choices } 之一
problem-no-value = 必须是 { $enum } 的值，现为 { $is }
problem-too-small = 不能小于 { $min }，现为 { $is }
problem-too-large = 不能大于 { $max }，现为 { $is }
problem-too-few = 至少 { $min } 项，现有 { $has } 项
problem-too-many = 最多 { $max } 项，现有 { $has } 项
