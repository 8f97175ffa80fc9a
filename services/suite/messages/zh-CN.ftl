# 命令行与演示的文字。

about = 三本（Sanben）：公安机关听民声、办实事、闭环到底的开源微服务套件。不带子命令时等同于 up。
about-up = 启动服务：不写名称则五个服务同在一个端口。
about-demo = 在全新目录里演示十一条完整流程和二十条群众声音，统计后继续提供服务。
about-token = 用开发签发者为指定人员、单位、角色签发令牌（仅限开发）。
about-letters = 处理不了而被搁置的事件：只影响它自己所属的对象。
about-letters-list = 列出被搁置的事件。
about-letters-replay = 让正在运行的进程立即重试，并说明结果；仍有搁置的则以失败退出。
about-mails = 无法送达群众的邮件。
about-mails-list = 列出这些邮件，不显示地址。
about-mails-retry = 全部重新排队发送。
about-calendar = 工作日历：按国务院办公厅每年的节假日安排，哪些日子上班。
about-calendar-check = 检查文件是否是一份通知的完整安排；有误时说明哪一行、为什么。
about-calendar-load = 载入这样的文件：接在最后一年之后，或更正已有的一年。
about-calendar-show = 显示一年中由通知规定的日子。
examples =
    示例：
      sanben demo                       看一遍全流程，然后自己调用
      sanben demo --exit                演示完即退出，有一步不对就返回失败
      sanben up --dev-issuer            启动五个服务，接受开发令牌
      sanben token --role chief --person p-lianhu-chief --unit lianhu
      sanben up --print-config          查看每项配置及其来源
option-lang = 输出语言；默认取 SANBEN_LANG 或系统区域，否则为 zh-CN
option-services = 要启动的服务；不写则全部启动
option-before = { $option } 应写在命令之后：sanben { $command } { $option } …
option-listen = 监听地址
option-data = 数据目录：SQLite 文件与密钥
option-database = PostgreSQL 地址；不写则用数据目录里的 SQLite
option-bus = 事件总线：local 为同一进程；多进程时写 NATS JetStream 地址
option-peers = 在别处运行的服务地址：http://HOST:PORT，多个用 | 分隔；一个名称代表它解析到的全部地址
option-units = 机构与三长名册文件；不写则用自带的
option-jwks = 信任的签发者公钥集（JWKS，RFC 7517）
option-dev-issuer = 信任开发签发者，仅限开发
option-master-key = 主密钥文件，64 位十六进制；用 SQLite 时缺省自动生成
option-service-token = 调用别处服务所用令牌的文件
option-mail = 向群众发送通知的邮件服务器，全程 TLS（465 端口）；不设则不发邮件
option-mail-from = 发件人：name@host 或 名称 <name@host>
option-mail-password = 邮件账号密码所在文件
option-mail-authority = 除本机已信任的以外，另行信任的证书颁发机构（PEM）
option-otlp = OTLP 接收端地址，用于链路追踪和指标
option-log = 日志级别，写法同 RUST_LOG
option-notice-secs = 收到停止信号后，先声明未就绪、仍接受请求多少秒，让负载均衡察觉
option-drain-secs = 此后最多等正在处理的请求多少秒
option-print-config = 只打印配置及来源，不启动
option-exit = 演示完即退出
option-role = 角色，可写多次
option-person = 人员代号，例如 p-lianhu-chief
option-unit = 单位代号，例如 lianhu
option-hours = 令牌有效小时数
option-consumer = 只看这个消费者的，例如 ledger-on-intake
option-aggregate = 只看这个对象的
option-wait-secs = 等待重试的秒数
option-file = 文件：首行为 date,kind,festival,notice，其后为一份通知的各日；- 为标准输入
option-reason = 理由；更正已有的一年时必填
option-year = 年份；默认为今年
failed = 出错：{ $problem }
up = 已启动：{ $services }，地址 { $address }
dev-issuer-on = 注意：正在信任开发签发者，任何能读到数据目录的人都可以签发令牌。
draining = 正在停止：不再接受新请求，等待已有请求结束；再次发送信号则立即退出。
aborting = 立即退出。
letters-none = 没有被搁置的事件。
letters-asked = 已要求重试 { $count } 件，等待结果。
letters-not-tried = 尚未重试；运行该服务的进程会自行重试
letters-applied = 已全部处理。
letters-left = 仍被搁置：{ $count } 件
letters-consumer = 消费者
letters-aggregate = 对象
letters-event = 事件（版次）
letters-time = 发生时间
letters-tries = 尝试次数
letters-behind = 排在其后
letters-why = 原因
mails-none = 邮件均已送达或仍在等待发送。
mails-queued = 已重新排队 { $count } 封。
mails-id = 邮件
mails-notice = 通知
mails-tries = 尝试次数
mails-why = 原因
calendar-right = { $year } 年，{ $notice }：放假 { $off } 天，调休上班 { $worked } 天，没有错误。
calendar-loaded = { $year } 年，{ $notice }：放假 { $off } 天，调休上班 { $worked } 天，已载入为第 { $edition } 版。
calendar-changed = 工作日历现在是第 { $edition } 版
calendar-reason-missing = --reason：该年已有安排，更正须写明理由
calendar-announced = { $year } 年：{ $notice }（工作日历第 { $edition } 版）
calendar-not-announced = { $year } 年：尚未载入通知（工作日历第 { $edition } 版），其中的日期是暂定的
calendar-file-missing = { $file }：没有这个文件
calendar-file-not-utf8 = { $file }：不是 UTF-8 编码的文本
calendar-file-unreadable = { $file }：无法读取
store-missing = --data { $folder }：没有 { $service } 的数据库
store-away = { $service } 的数据库没有响应，请检查 --data 和 --database：{ $why }
calendar-date = 日期
calendar-kind = 安排
calendar-festival = 节日
calendar-notice = 通知
calendar-workday = 上班
calendar-holiday = 放假
demo-begins = 演示开始，服务地址 { $address }，数据目录 { $data }
demo-table = 各来源、各账本的事项数：
demo-serves =
    演示结束，服务继续运行于 { $address }。试一试：
      签发令牌  sanben token --data { $data } --role chief --person p-lianhu-chief --unit lianhu
      列出方法  buf curl --protocol grpc --http2-prior-knowledge --list-methods http://{ $address }
      列出单位  buf curl --protocol grpc --http2-prior-knowledge -d '{"{"}"page_size": 3{"}"}' http://{ $address }/sanben.intake.v1.UnitService/ListUnits
    按 Ctrl-C 结束。

journey-complaint = 一、匿名网上投诉：从第一句话到归档
journey-visit = 二、联访解：走访听到的一句话
journey-meeting = 三、进建商：会上提出的一条建议
journey-consultation = 四、网上咨询：窗口直接答复
journey-mixed-letter = 五、来信混写两件事：拆分后分别办理
journey-praise = 六、表扬：单独登记、单独统计
journey-second-door = 七、不满意：重新办理一次，再由上一级签批特殊销号
journey-joint-handling = 八、多部门联办：异议裁定、会诊、协办
journey-mass-party = 九、群体性事项：代表、并案、调解、和解
journey-repeated-petition = 十、重复信访：关联旧事项，主官包案
journey-external = 十一、其他部门转来的事项：保留对方编号和期限
journey-voices = 二十条群众声音，从各自的渠道进来

repeat-answered-before = 早先反映过一次，{ $unit }已经答复
repeat-received = 同一件事再次通过视频反映，{ $unit }给出查询码 { $receipt }
repeat-proposed = 分拣员写好摘要，提请建账，由{ $unit }牵头
repeat-linked = { $unit }联系群众办认出是重复事项并关联，主官收到提示
repeat-owned = { $unit }主官包案，列入五个亲自抓
repeat-told = { $unit }主官制发告知书 { $number }，告知办理途径
repeat-counted = { $unit }主官亲自抓并已销号的信访事项：{ $count } 件
external-handed-over = 12345 热线的系统把工单 { $number } 转给{ $unit }，带着热线自己的期限
external-proposed = 分拣员写好摘要，提请建账，由{ $unit }牵头，两边的编号都保留
external-asked = { $unit }主官请{ $authority }会办
external-co-handled = { $authority }的系统查到会办事由并答复，承办人收到通知
external-followed = 热线的系统凭查询码读到{ $unit }的回复
external-visited = { $unit }联访民警现场回访，群众满意
mass-received = { $unit }分拣员记下巡防中 { $parties } 名业主共同反映的事，登记两名代表
mass-proposed = 分拣员写好摘要，提请建账，由{ $unit }牵头
mass-joined = 又有一名业主在网上反映同一件事，并入同一事项，各有查询码，共 { $parties } 人
mass-mediated = { $unit }承办人记录调解
mass-agreed = { $unit }承办人制发和解协议书 { $number }，双方凭查询码可以看到
joint-received = { $unit }接到来电反映餐饮油烟，给出查询码 { $receipt }
joint-proposed = 分拣员写好摘要，提请建账，由{ $unit }牵头
joint-objected = { $unit }认为不属本单位职责，说明理由提出异议
joint-decided = 上级裁定：仍由{ $unit }牵头，不得再退回
joint-coordinated = { $unit }主官协调各方分工
joint-consulted = { $unit }承办人记录多部门会诊
joint-urged = 主官督促协办单位{ $unit }
joint-urge-answered = { $unit }回复督促
joint-contributed = { $unit }提交协办意见
joint-measured = { $unit }承办人记录已采取的措施
complaint-submitted = 群众 匿名反映某派出所窗口态度，拿到查询码 { $receipt }
complaint-read = 莲湖分局分拣员 阅看原话（留痕）
complaint-proposed = 莲湖分局分拣员 写摘要、提请建账，拟由 { $unit } 牵头
complaint-hidden = 被反映单位 { $unit } 所长 想签字、想查看，都查无此件
complaint-still-hidden = 归档之后，被反映单位 { $unit } 所长 依旧查无此件
case-registered = { $unit } 主官 签字建账，编号 { $number }，应于 { $due }{ $kind ->
        [provisional] （暂定：该年放假通知尚未发布）
       *[other] {""}
    }前回复
case-assigned = { $unit } 主官 交办
case-undertaken = { $unit } 办理员 承办
case-reported = { $unit } 办理员 反馈，并拟好回复
case-reviewed-handler = 第一道审核（办理员）通过
case-reviewed-office = 第二道审核（联系群众办）通过
case-reviewed-leader = 第三道审核（分管领导）通过
case-sent-back = 第二道审核退回：{ $reason }
case-reported-again = { $unit } 办理员 补充后再次反馈，审核从头开始
case-replied = { $unit } 办理员 送达回复
citizen-reads-reply = 群众 凭查询码读到回复（{ $number }）
citizen-satisfied = 群众 评价：满意或基本满意，事项办结
case-published = { $unit } 登记公开情况（一事一公开）
case-examined = { $unit } 审查责任（一事一问责）
case-struck-off = 主官签字销号：{ $number }
case-archived = 归档：{ $number }
citizen-sees-archived = 群众 凭查询码看到已归档（{ $number }）
auditor-sees-readings = 审计员 查到原话被阅看 { $count } 次，何人何故一清二楚
pair-created = 雁塔分局联访民警 与物流园结对（{ $unit }）
visit-planned = 联访民警 计划走访
visit-made = 联访民警 到单位走访
voice-heard = 联访民警 把听到的话转入来件，查询码交给对方
voice-proposed = 雁塔分局分拣员 提请建账
officer-sees-fate = 联访民警 看到结果：{ $outcome }
meeting-convened = 南大街派出所 筹备进建商
meeting-invited = 邀请 { $count } 人：群众、人大代表、行业代表
meeting-answered = { $count } 人应邀
meeting-held = 会议召开，{ $count } 人到会
suggestion-made = 居民代表 提出油烟扰民
suggestion-deliberated = 一事一商议：形成会议纪要
suggestion-resolved = 形成决议
plan-adopted = 一事一方案：通过方案并提请建账
suggestion-supervised = 一事一督办：登记督办
five-ones-complete = 五个一齐全，结果回到会上：{ $outcome }
walked-back = 从事项也能走回那次会议
question-asked = 群众 网上咨询无犯罪记录证明，查询码 { $receipt }
question-listed = 治安支队分拣员 在待办里看到（{ $unit }）
question-answered = 治安支队分拣员 直接答复
answer-read = 群众 读到答复
letter-received = { $unit } 收到来信并录入，查询码 { $receipt }
letter-split = 分拣员 拆分为 { $count } 件
parts-proposed = 分拣员 逐件提请建账（{ $unit }）
parts-registered = { $unit } 主官 逐件签字建账：{ $numbers }
parts-replied = { $unit } 逐件承办、审核并送达回复
letter-looked-up = 群众 用同一个查询码看到 { $count } 件各自的回复
parts-judged = 群众 逐件评价
parts-closed = { $unit } 逐件公开、问责、销号、归档
letter-archived = 群众 看到两件都已归档
praise-said = 群众 网上表扬社区民警，查询码 { $receipt }
praise-recorded = 分拣员 登记表扬，转告 { $unit }
praise-counted = 三本账之外单独统计：{ $unit } 表扬 { $count } 件
praise-told = { $unit } 主官 收到通知
praise-seen = 群众 看到表扬已登记
hotline-received = { $unit } 录入 12345 转来的诉求，查询码 { $receipt }
hotline-proposed = { $unit } 分拣员 提请建账
citizen-dissatisfied = 群众 评价第 { $round } 轮回复：不满意
chiefs-told = { $unit } 主官 得知群众不满意；上一级主官 收到是否特殊销号的待办
citizen-reopens = 群众 要求重新办理，并写明理由
handler-goes-on = { $unit } 原承办人 继续办理 { $number }，读到群众的理由（留痕）
citizen-dissatisfied-again = 群众 评价第 { $round } 轮回复：仍不满意
first-door-shut = { $unit } 主官 想销号：群众未确认，又非上一级，都被拒绝
struck-off-by-exception = 市局主官 上一级签字，说明理由，特殊销号：{ $number }
citizen-sees-both-replies = 群众 看到两轮回复都在（{ $number }）
voice-taken = { $voice }（{ $origin }）：{ $fate ->
        [answered] { $unit } 窗口直接答复
        [praised] 登记表扬，转告 { $unit }
        [split] { $unit } 拆分为两件
       *[registered] { $unit } 牵头，建账 { $number }
    }

table-origin = 来源
table-answered = 窗口直接答复
table-praise = 表扬
table-doors = 已销号：群众确认 { $confirmed } 件，特殊销号 { $exception } 件（单独统计）。
table-BOOK_SUGGESTION = 意见建议
table-BOOK_DEMAND = 利益诉求
table-BOOK_COMPLAINT = 投诉举报
table-CHANNEL_UNSPECIFIED = 不明
table-CHANNEL_ONLINE = 警民网上心连心
table-CHANNEL_MEETING = 进建商
table-CHANNEL_LIAISON = 联访解
table-CHANNEL_HALL = 会客厅
table-CHANNEL_LETTER = 来信
table-CHANNEL_PHONE = 来电
table-CHANNEL_CITY_HOTLINE = 12345
table-CHANNEL_LEADER_BOARD = 领导留言板
table-CHANNEL_SMS = 12110
table-CHANNEL_VIDEO = 视频
table-CHANNEL_PATROL = 巡访
table-CHANNEL_AUXILIARY = 治安协理员

outcome-OUTCOME_UNSPECIFIED = 未知
outcome-OUTCOME_SUPPORTED = 支持
outcome-OUTCOME_PARTLY_SUPPORTED = 部分支持
outcome-OUTCOME_EXPLAINED = 解释说明
outcome-OUTCOME_NOT_SUPPORTED = 不予支持
outcome-OUTCOME_MEDIATED = 调解
outcome-OUTCOME_WITHDRAWN = 撤回
outcome-OUTCOME_TRANSFERRED = 移送
