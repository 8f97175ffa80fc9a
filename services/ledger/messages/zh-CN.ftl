# 三本账服务给出的原因。

reason-ledger-WRONG_STATE = 事项现在的状态是“{ $state ->
    [CASE_STATE_PROPOSED] 待建账
    [CASE_STATE_DECLINED] 未予建账
    [CASE_STATE_REGISTERED] 已建账
    [CASE_STATE_ASSIGNED] 已交办
    [CASE_STATE_UNDERTAKEN] 承办中
    [CASE_STATE_REPORTED] 审核中
    [CASE_STATE_APPROVED] 待回复
    [CASE_STATE_REPLIED] 已回复
    [CASE_STATE_SETTLED] 已办结
    [CASE_STATE_STRUCK_OFF] 已销号
    [CASE_STATE_ARCHIVED] 已归档
    [CASE_STATE_OBJECTED] 有异议
   *[other] 其他
}”，不能{ $verb ->
    [CASE_VERB_REGISTER] 建账
    [CASE_VERB_DECLINE] 不予建账
    [CASE_VERB_ASSIGN] 交办
    [CASE_VERB_ASSIGN_URGENTLY] 先行交办
    [CASE_VERB_OBJECT] 提出异议
    [CASE_VERB_DECIDE_OBJECTION] 裁定异议
    [CASE_VERB_REPLACE_HANDLER] 更换承办人
    [CASE_VERB_RECLASSIFY] 换账
    [CASE_VERB_CONTRIBUTE] 提交协办意见
    [CASE_VERB_COORDINATE] 协调
    [CASE_VERB_URGE] 督促
    [CASE_VERB_ANSWER_URGE] 回复督促
    [CASE_VERB_ADD_RECORD] 添加办理记录
    [CASE_VERB_UNDERTAKE] 承办
    [CASE_VERB_REPORT_BACK] 反馈
    [CASE_VERB_REVIEW] 审核
    [CASE_VERB_REPLY] 回复
    [CASE_VERB_RECORD_VERDICT] 评价
    [CASE_VERB_RECORD_RETURN_VISIT] 登记回访
    [CASE_VERB_REFER_TO_DISCIPLINE] 移交纪检督察
    [CASE_VERB_ANSWER_REFERRAL] 答复移交
    [CASE_VERB_RECORD_PUBLICATION] 登记公开情况
    [CASE_VERB_EXAMINE_ACCOUNTABILITY] 登记问责情况
    [CASE_VERB_STRIKE_OFF] 销号
    [CASE_VERB_STRIKE_OFF_BY_EXCEPTION] 特殊销号
    [CASE_VERB_ARCHIVE] 归档
    [CASE_VERB_REOPEN] 重新办理
    [CASE_VERB_JOIN] 并案
    [CASE_VERB_DETACH] 退出并案
    [CASE_VERB_TAKE_OWNERSHIP] 包案
    [CASE_VERB_LINK_REPEAT] 关联重复事项
    [CASE_VERB_APPEAL] 申请复查复核
    [CASE_VERB_RECORD_HEARING] 听证
    [CASE_VERB_DECIDE_APPEAL] 作出复查复核意见
    [CASE_VERB_ISSUE_PAPER] 制发这种文书
    [CASE_VERB_EXTEND] 延期
    [CASE_VERB_ASK_AUTHORITY] 请外单位会办
    [CASE_VERB_ANSWER_CO_HANDLING] 接受会办答复
    [CASE_VERB_RECORD_CONTACT] 登记首次联系
    [CASE_VERB_PAUSE] 暂停计时
    [CASE_VERB_RESUME] 恢复计时
   *[other] 这样处理
}。
reason-ledger-NOT_THE_CHIEF = 需要 { $unit } 现任主官或在任副职签字。
reason-ledger-SIGNER_IS_ACCUSED = 您或您所在单位是被反映对象，应当回避，请由上一级签字（《信访工作条例》第二十八条）。
reason-ledger-SIGNER_IS_HANDLER = 签字人与承办人不能是同一个人，请换一人。
reason-ledger-UNIT_UNKNOWN = 没有这个单位：{ $unit }。请从单位列表中选择。
reason-ledger-HANDLER_IS_ACCUSED = 被反映的单位或个人不得办理反映自己的事项，请改由上一级单位承办（《信访工作条例》第三十条）。
reason-ledger-ASSISTING_IS_LEAD = 牵头单位不能同时协办，同一单位也不能重复协办：{ $unit }。
reason-ledger-NOT_THE_LEAD_UNIT = 只有牵头单位 { $unit } 的人员可以承办、提出异议或者更换承办人。
reason-ledger-NOT_THE_HANDLER = 只有承办这件事的人可以这样做。
reason-ledger-WRONG_REVIEW_ROLE = 下一道审核应由{ $step ->
    [REVIEW_STEP_HANDLER] 牵头单位办理员
    [REVIEW_STEP_OFFICE] 建账单位联系群众办
    [REVIEW_STEP_LEADER] 建账单位分管领导
   *[other] 其他人员
}进行。
reason-ledger-REVIEWER_TWICE = 三道审核必须由三个不同的人进行，承办人不能审核第二、第三道。
reason-ledger-CRITERIA_NOT_MET = 政策适用准确、处理意见恰当、整改到位三项都具备才能通过；有一项不具备，请写明理由退回。
reason-ledger-REASON_MISSING = 请写明理由。
reason-ledger-WRONG_ROUND = 评价对应的不是本轮回复，现在是第 { $round } 轮。
reason-ledger-VERDICT_TOO_LATE = 评价期限已过，截止日为 { $deadline }。
reason-ledger-VERDICT_TWICE = 这一轮已经评价过了。
reason-ledger-NOT_OF_THIS_CASE = 这件来件不属于这个事项。
reason-ledger-EXAMINER_IS_HANDLER = 承办人不能审查自己的责任，请换一人。
reason-ledger-NOT_CONFIRMED = 群众尚未确认，或有人表示不满意，不能由此销号；确需销号的，由上一级主官说明理由签批特殊销号。
reason-ledger-THREE_ONES_INCOMPLETE = 销号前必须完成的清单（如三个一）还缺：{ $missing }。
reason-ledger-NOT_ONE_LEVEL_UP = 特殊销号需要上一级单位 { $unit } 现任主官或在任副职签字。
reason-ledger-SUPERIOR_MISSING = 本级之上局内再无上级，需要填写局外上级机关的决定：机关、文号、日期。
reason-ledger-CONFIRMED = 群众已经确认，请按群众确认销号，不用特殊销号。
reason-ledger-PERSON_NOT_HEARD = 还有群众没有评价，期限到 { $deadline } 为止；全部评价之后或期限过后才能销号。
reason-ledger-LEAD_OUTSIDE_GATE = 只能交办给签字单位 { $unit } 或其下属单位，跨单位请由共同上级交办。
reason-ledger-NOT_URGENT = 只有办理途径为“紧急”的事项才能先行交办，其他事项请先由主官签批建账。
reason-ledger-NOT_SIGNED = 先行交办的事项还没有主官补签建账，请先补签。
reason-ledger-OBJECTION_TOO_LATE = 提出异议的期限（交办后五个工作日）已过，截止日为 { $deadline }（《信访工作条例》第二十三条）。
reason-ledger-OBJECTION_CLOSED = 异议已经裁定过，不得再退回。
reason-ledger-NOBODY_ABOVE = 牵头单位在局内没有上级，无人可以裁定异议。
reason-ledger-NOT_THE_SUPERIOR = 裁定异议需要牵头单位的上一级 { $unit } 现任主官或在任副职签字。
reason-ledger-UNCHANGED = 与现在的一样，没有变化；请另选一个，维持现状的请不要填写。
reason-ledger-ALREADY_IN_BOOK = 事项已经在这个账本、这条办理途径上。
reason-ledger-NOT_ASSISTING = 只有协办单位的人员可以提交协办意见。
reason-ledger-NOT_INVOLVED = { $unit } 既不是这件事的牵头单位，也不是协办单位，或者不是您所在的单位。
reason-ledger-URGING_UNKNOWN = 没有这一次督促，现有 { $last } 次。
reason-ledger-URGING_ANSWERED = 这次督促已经回复过了。
reason-ledger-TOO_MANY_URGINGS = 一件事项最多督促五十次。
reason-ledger-VISITOR_INVOLVED = 回访必须由没有承办、审核、签字、交办过这件事的人进行，请换一人。
reason-ledger-VISITED_TODAY = 今天已经登记过一次联系不上，请改日再联系。
reason-ledger-URGENT_GOES_ON = 紧急事项先行处置，不能对交办提出异议，也不能暂停计时。
reason-ledger-COMPLAINT_THROUGH_TRIAGE = 不能换入投诉举报账：投诉举报须经分拣、写明被反映对象后提请建账。
reason-ledger-REFERRED_ALREADY = 这一轮已经移交过纪检督察。
reason-ledger-NO_OPEN_REFERRAL = 没有等待答复的移交。
reason-ledger-REFERRAL_OPEN = 移交纪检督察尚未答复，不能归档。
reason-ledger-OWNED_ALREADY = 这个事项已经由您包案。
reason-ledger-EXAMINER_IS_EXAMINED = 不能审查自己的责任，请换一人登记问责情况。
reason-ledger-REPEAT_LINKED = 这个事项已经关联为重复事项。
reason-ledger-NOT_EARLIER = 只能关联到收到在前、且已经回复过的事项；还没有回复的，请在分拣时并案。
reason-ledger-REPEAT_LESS_SEALED = 较早的事项对某个单位或个人保密，而这个事项没有，关联会暴露它的存在。
reason-ledger-APPEAL_OPEN = 群众申请的复查、复核还没有作出意见，在此之前不能销号，也不能归档。
reason-ledger-ANSWERER_INVOLVED = 移交事项由没有承办、签批、交办也没有包案的督察人员答复，请换一人。
reason-ledger-NO_OPEN_APPEAL = 没有等待办理的复查、复核申请。
reason-ledger-NOT_THE_APPEAL_UNIT = 复查、复核由上一级单位 { $unit } 办理，意见由其现任主官或在任副职签批（《信访工作条例》第三十五条、第三十六条）。
reason-ledger-OPINION_MISSING = 信访事项反馈时须附处理意见书：投诉请求、事实认定、处理意见、法律依据（《信访工作条例》第三十二条）。
reason-ledger-NOT_A_PETITION = 只有办理途径为“信访”的事项才告知途径、才能延期。
reason-ledger-EXTENDED_ALREADY = 这个事项已经延期过一次，不能再延。
reason-ledger-EXTENSION_TOO_LATE = 办理期限 { $due } 已过，延期应当在期限届满以前批准（《信访工作条例》第三十四条）。
reason-ledger-PAPER_UNKNOWN = 这个事项没有这个文号、同类、同一送达对象的文书，请核对文号；制发新文书的，不要填写。
reason-ledger-TOO_MANY_PAPERS = 一件事项的文书最多二百份（每一版计一份）。
reason-ledger-DRIVE_EMPTY = 该单位及其下属单位没有您可见的、在该日之前收到且尚未销号的已建账事项；请改用较晚的日期，或不限账本。
reason-ledger-DRIVE_TOO_LARGE = 一次清仓最多 { $most } 件；请改用较早的日期、限定账本，或由下属单位分别开展。
reason-ledger-DRIVE_NOT_ZERO = 清单上还有 { $open } 件没有销号；写明理由仍可结束，按未归零结束计。
reason-ledger-DRIVE_CLOSED = 这次清仓已经结束，不再改动；需要继续的，请另行开展。
reason-ledger-PROBLEM_WRONG_STATE = 共性问题现在的状态是“{ $state ->
    [PROBLEM_STATE_OPEN] 待定措施
    [PROBLEM_STATE_MEASURED] 措施实施中
    [PROBLEM_STATE_CLOSED] 已见效
    [PROBLEM_STATE_ENDED] 已终止
   *[other] 其他
}”，不能{ $verb ->
    [Link] 关联事项
    [Adopt] 确定措施
    [Judge] 评估效果
    [End] 终止
   *[other] 这样处理
}。
reason-ledger-PROBLEM_OUTSIDE_REACH = 共性问题的负责单位应是本单位、上级单位或下属单位。
reason-ledger-PROBLEM_CASE_NOT_REGISTERED = 只有已建账的事项才能关联到共性问题；请先建账，或去掉该事项。
reason-ledger-PROBLEM_CASE_SEALED = 投诉举报、密封的事项，以及对任何单位或个人回避的事项，不关联到共性问题；请去掉该事项。
reason-ledger-PROBLEM_CASE_TAKEN = 该事项已经关联到一个尚未见效的共性问题；请去掉该事项。
reason-ledger-PROBLEM_TOO_LARGE = 一个共性问题最多关联 { $most } 件事项；更多的请另立共性问题。
reason-ledger-MEASURE_DATE = 措施的生效日期应在 { $first } 至 { $last } 之间。
reason-ledger-MEASURE_OUTSIDE_UNIT = 措施的责任单位应是 { $unit } 或其下属单位。
reason-ledger-TOO_MANY_MEASURES = 一个共性问题最多确定 { $most } 项措施；仍未见效的请另立共性问题。
reason-ledger-EFFECT_TOO_EARLY = 观察期还没有满，{ $first } 起才能评估效果。
reason-ledger-EFFECT_BY_SIGNER = 签批措施的人不评估它的效果，请换一人。
reason-ledger-NOT_THE_PROBLEM_OFFICE = 效果由 { $unit } 或其上级单位的联系群众办评估。
reason-ledger-THREE_ONES_WEAKENED = 三个一可以增加要求，不能减少：必须是销号前提、适用全部来源，并包含反馈、公开、问责。
reason-ledger-CHECKLIST_CHANGED = 清单现在是第 { $version } 版（0 表示还没有），请对照现行版本后重新发布。
reason-ledger-EVIDENCE_TOO_LATE = 必备清单只能要求回复之后还能补办的事项，不能要求协调、督办、回访；这些可以放在非必备的清单里。
reason-ledger-TOO_MANY_CHECKLISTS = 清单最多二十种，请发布已有清单的新版本。
reason-ledger-CO_HANDLING_SEALED = 投诉举报、检举控告以及对任何单位或个人保密的事项，不得转给外单位（《信访工作条例》第三十条）；请由局内有权单位办理。
reason-ledger-TOO_MANY_CO_HANDLINGS = 一件事项最多请外单位会办二十次。
reason-ledger-CO_HANDLING_ANSWERED = 这次会办已经答复过了，不能再次答复。
reason-ledger-CO_HANDLING_WITHDRAWN = 这次会办已经收回，不再需要答复；如有补充，请直接与发函单位联系。
reason-ledger-CLOCK_PAUSED = 办理期限正在暂停计时，请先恢复计时。
reason-ledger-CLOCK_NOT_PAUSED = 办理期限没有暂停，无需恢复。
reason-ledger-CONTACTED_ALREADY = 首次联系已经登记过了；之后的联系请记入办理记录。
reason-ledger-TOO_MANY_PAUSES = 一件事项最多暂停计时二十次。
reason-ledger-CLOCK_UNKNOWN = 这个事项没有这项期限，请从事项的期限中选择。
reason-ledger-PAUSE_TOO_LATE = 办理期限 { $due } 已过，逾期后不能再暂停计时。
reason-ledger-PRESETS_CHANGED = 期限预设现在是第 { $version } 版，请对照现行版本后重新发布。
reason-ledger-PRESETS_AGAINST_LAW = 期限预设给单位的时间不能多于、给群众的时间不能少于法定时间，请按各栏提示修改。

clock-finish = 办结期限
clock-path-notice = 告知期限
clock-first-contact = 首次联系期限
clock-signature = 补签期限
clock-assistance = 协办期限
clock-external = 外部时限
clock-urging-answer = 督促回复期限
clock-appeal-decision = 复查、复核期限
clock-objection = 异议期
clock-verdict = 评价期
pause-unspecified = 假设
pause-person = 等待群众补充材料
pause-expertise = 鉴定、评估、检测
pause-proceedings = 诉讼、仲裁、行政复议
pause-force-majeure = 不可抗力
deadline-what-if = 以下是假设，不改变任何事项。
deadline-budget-days = { $amount } 个自然日
deadline-budget-workdays = { $amount } 个工作日
deadline-budget-hours = { $amount } 个工作小时
deadline-rule = { $kind }：{ $budget }（{ $basis }），自 { $start } 起算，当日不计。
deadline-rule-hours = { $kind }：{ $budget }（{ $basis }），自 { $start } 起算，只计工作时间。
deadline-set = { $kind }：为这件事项指定在 { $date } 到期，自 { $start } 起。
deadline-days-one = { $first }
deadline-days-several = { $first } 至 { $last }
deadline-weekend = { $days } 为周末，不计。
deadline-holiday = { $days } 为{ $festival }假期（{ $notice }），不计。
deadline-after-hours = { $days } 已过下班时间，不计。
deadline-paused = { $days } 暂停计时（{ $ground }；依据：{ $authority }；{ $person } 签批），不计。
deadline-pause-supposed = { $days } 假设暂停计时，不计。
deadline-rolled-weekend = 最后一日为周末，顺延至 { $date }（《民法典》第二百零三条）。
deadline-rolled-holiday = 最后一日在{ $festival }假期，顺延至 { $date }（《民法典》第二百零三条）。
deadline-hearing = { $days } 听证，不计。
deadline-more = 另加 { $amount }。
deadline-extended = { $person } 批准延期 { $amount } 日（{ $number }）：{ $reason }
deadline-result = 到期日为 { $due }，当日仍不算逾期。
deadline-result-hours = 到期时间为 { $due }。
deadline-result-paused = 现在暂停计时；如果此刻恢复，到期日为 { $due }。
deadline-result-stopped = 到期日为 { $due }；已于 { $stop } 完成，没有逾期。
deadline-result-late = 到期日为 { $due }；{ $stop } 才完成，已经逾期。
deadline-provisional = { $year } 年的放假安排尚未公布，日期为暂定，公布后重新推算。
deadline-presets = 依据期限预设第 { $version } 版；{ $note }。

problem-opening-hours = 应为一天之内按先后排列、互不重叠的时段
problem-preset-measure = 法律规定的计时单位不能改变
problem-preset-amount = 超出法律允许的范围，可以填写 { $law }
problem-preset-roll = 关系群众权利的期限，最后一日为休息日的必须顺延
problem-no-answer-due = 这种文书不要求答复，请不要填写
problem-not-later = 必须晚于开始时间
problem-three-ones-optional = 三个一必须是销号前提
problem-three-ones-narrowed = 三个一适用全部来源，请不要限定
problem-three-ones-lacking = 三个一须包含反馈、公开、问责
problem-unchanged = 与现在的一样
problem-already-in-book = 与现在的账本和办理途径相同
problem-assisting-is-lead = 不能包含主办单位，单位也不能重复
problem-person-id = 工号中不能有空格
problem-person-twice = 这个人已经填写过
problem-day-was-set = 这个期限是指定的日子（{ $date }），不因增加时间、暂停或另一个起点而改变
problem-before-appeal = 不能早于申请复查、复核的日期
problem-before-first-day = 不能早于开始日期
problem-outside-reach = 不是本单位、上级单位或下属单位
problem-case-not-registered = 尚未建账
problem-case-sealed = 投诉举报或回避的事项
problem-case-taken = 已关联到尚未见效的共性问题
problem-outside-unit = 不是共性问题的负责单位或其下属单位
problem-measure-date = 过早或过晚
problem-checklist-key = 只能用小写字母、数字和连字符
problem-evidence-too-late = 回复之后无法补办，必备清单不能要求

# 期限引出的文稿：由主官签发，可以改写。
reason-ledger-DRAFT_UNKNOWN = 这个事项没有这份待签文稿，请从事项的文稿中选择。
reason-ledger-DRAFT_CLOSED = 这份文稿已经签发、不予签发或已失效，请选择仍在待签的文稿。
reason-ledger-NOT_THE_SIGNER = 这份文稿由 { $unit } 在任主官以该单位名义签发。
draft-unnumbered = （尚未建账）
draft-letter = 事项 { $number } 的{ $clock }将于 { $date } 届满，已用去七成，请 { $unit } 抓紧办理，按期完成。
draft-order = 事项 { $number } 的{ $clock }已于 { $date } 届满，{ $unit } 逾期未完成，请立即办理并书面说明情况。
draft-bulletin = { $unit } 对事项 { $number } 的{ $clock }于 { $date } 届满，超过五个工作日仍未完成，予以通报。
draft-referral = { $unit } 对事项 { $number } 的{ $clock }于 { $date } 届满，超过五个工作日仍未完成，移交纪检督察核查。

reason-ledger-CALENDAR_WRONG = 这份节假日安排不能载入：{ $fields }。请对照国务院办公厅的通知更正该行后重新载入。
reason-ledger-CALENDAR_CHANGED = 工作日历现在是第 { $edition } 版，请对照现行版本后重新载入。
problem-too-many-days = 连同开始日期超过 { $most } 天
problem-calendar-header = 第 { $line } 行：应为 date,kind,festival,notice
problem-calendar-fields = 第 { $line } 行：有 { $count } 栏，应为 4 栏
problem-calendar-no-date = 第 { $line } 行：第一栏不是日期，请写作 2027-01-31
problem-calendar-kind = 第 { $line } 行：第二栏应为 holiday（放假）或 workday（调休上班）
problem-calendar-festival-missing = 第 { $line } 行：没有写节日
problem-calendar-notice-missing = 第 { $line } 行：没有写通知文号
problem-calendar-unprintable = 第 { $line } 行：节日和文号各为 1 至 { $most } 个可显示的字
problem-calendar-worked-weekday = 第 { $line } 行：{ $date } 是{ $weekday ->
        [Monday] 星期一
        [Tuesday] 星期二
        [Wednesday] 星期三
        [Thursday] 星期四
       *[Friday] 星期五
    }，本来就上班；workday 只用于周六、周日
problem-calendar-twice = 第 { $line } 行：{ $date } 重复
problem-calendar-unsorted = 第 { $line } 行：{ $date } 排在 { $last } 之后，请按日期排列
problem-calendar-too-many-lines = 第 { $line } 行：超过 { $most } 行
problem-calendar-several-notices = 第 { $line } 行：文号与第一条不同，一次只载入一份通知
problem-calendar-no-new-year = 第 { $line } 行：缺少元旦（1 月 1 日放假），无法确定是哪一年
problem-calendar-outside-year = 第 { $line } 行：{ $date } 不在 { $year } 年内，也不在年前最后几天
problem-calendar-gap = 第 { $line } 行：同一节日的假期中间缺少 { $date }；假期里的周末也要写
problem-calendar-statutory = 第 { $line } 行：缺少法定节假日 { $date }
problem-calendar-festival-absent = 第 { $line } 行：{ $festival ->
        [NewYear] 元旦
        [Spring] 春节
        [TombSweeping] 清明节
        [Labour] 劳动节
        [DragonBoat] 端午节
        [MidAutumn] 中秋节
       *[National] 国庆节
    }没有放假的日子
problem-calendar-nothing-to-make-up-for = 第 { $line } 行：调休上班所对应的节日没有放假的日子
problem-calendar-notice-of-another-year = 第 { $line } 行：这是 { $year } 年通知的文号
problem-calendar-named-by-another = 第 { $line } 行：{ $date } 已由另一年的通知规定
problem-calendar-quoted = 第 { $line } 行：有双引号，各栏都不加引号
problem-calendar-before-first = 第 { $line } 行：工作日历从 { $first } 年起，不载入更早的年份
problem-calendar-no-year = 应为 { $first } 至 { $last } 之间的年份
problem-calendar-year-between = 第 { $line } 行：请先载入 { $year } 年的通知
problem-not-watched = 不能用来订阅；请用 ListCases 查找，再用 WatchCase 逐件订阅
problem-nothing-searchable = 至少要有相邻的两个汉字，或一个字母词、一个数字
duty-what-register = 决定是否建账
duty-what-assign-urgently = 紧急事项先行交办
duty-what-sign-afterwards = 为先行交办的事项补签
duty-what-assign = 交办
duty-what-decide-objection = 裁定对交办的异议
duty-what-undertake = 承办
duty-what-contact = 首次联系群众
duty-what-tell-path = 告知受理和办理途径
duty-what-contribute = 提出协办意见
duty-what-answer-urge = 回复督促
duty-what-resume = 暂停的原因消失后恢复计时
duty-what-report-back = 反馈办理情况
duty-what-review-handler = 办理员审核
duty-what-review-office = 联系群众办审核
duty-what-review-leader = 分管领导审核
duty-what-deliver = 回复群众
duty-what-return-visit = 回访尚未评价的群众
duty-what-publish = 公开或依法不予公开
duty-what-examine = 审查问责
duty-what-add-record = 补齐清单要求的办理记录
duty-what-strike-off = 销号
duty-what-strike-off-by-exception = 决定是否特殊销号
duty-what-archive = 归档
duty-what-decide-appeal = 作出复查、复核决定
duty-what-answer-referral = 答复移交的问题
duty-what-sign-draft = 签发或者不予签发拟好的文书
duty-what-close-drive = 结束清仓：归零，或者写明理由
duty-what-adopt-measure = 为共性问题确定措施，或者终止
duty-what-measure-effect = 评估措施的效果
duty-what-triage = 受理分流来件
duty-what-visit = 按计划走访
duty-what-hold-meeting = 按期召开会议并登记
duty-what-deliberate = 商议会上提出的建议
duty-what-resolve = 对已商议的建议作出决议
duty-what-adopt-plan = 为已决议的建议制定方案
duty-why-handler = 您是这件事项的办理人。
duty-why-role = 由{ $unit }的{ $role }办理。
duty-why-chief = 您是{ $unit }的主官，由您签批。
duty-why-deputy = 您是{ $unit }的副职，可以以副职身份签批。
duty-why-owner = 这件事项由您包案，由您代表{ $unit }签批。
duty-why-planned = 计划由您本人完成。
duty-role-chief = 主官
duty-role-duty-officer = 值班人员
duty-role-desk-officer = 受理人员
duty-role-handler = 办理员
duty-role-office = 联系群众办
duty-role-leader-in-charge = 分管领导
duty-role-supervisor = 督察人员
duty-role-liaison-officer = 联络民警
duty-role-meeting-secretary = 会议秘书
