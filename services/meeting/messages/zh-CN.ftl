# 进建商会议服务给出的原因。

reason-meeting-DATE_IN_THE_PAST = 会议日期已经过去，请填写今天（{ $today }）或以后的日期。
reason-meeting-MEETING_ALREADY_HELD = 会议已登记召开，不能再邀请人员、登记应邀情况或重复登记召开；如需继续商议，请另行召集会议。
reason-meeting-MEETING_NOT_HELD = 会议尚未登记召开，请先登记召开情况和到会人员，再登记建议。
reason-meeting-INVITATION_UNKNOWN = 这份邀请不属于本次会议，请从本次会议的邀请名单中选择。
reason-meeting-NOBODY_CAME = 无人到会的会议不算召开，请至少登记一名到会人员。
reason-meeting-TOO_MANY_INVITED = 一次会议最多邀请 { $max } 人，本次会议已满；请分次召开。
reason-meeting-TOO_MANY_SUGGESTIONS = 一次会议最多登记 { $max } 条建议，本次会议已满；其余建议请登记在另一次会议中。
reason-meeting-WRONG_STATE = 这条建议现在的状态是“{ $state ->
    [SUGGESTION_STATE_MADE] 已提出
    [SUGGESTION_STATE_DELIBERATED] 已商议
    [SUGGESTION_STATE_RESOLVED] 已形成决议
    [SUGGESTION_STATE_PLANNED] 已有方案
    [SUGGESTION_STATE_REGISTERED] 已建账
    [SUGGESTION_STATE_IMPLEMENTED] 已落实
   *[other] 其他
}”，不能{ $verb ->
    [Deliberate] 登记商议
    [Resolve] 登记决议
    [AdoptPlan] 通过方案
    [RecordEvidence] 登记佐证
   *[other] 这样处理
}；请依次完成商议、决议、方案，再登记督办、反馈、公开。
reason-meeting-ONE_TWICE = 五个一中的“{ $one ->
    [MEETING_ONE_DELIBERATION] 一事一商议
    [MEETING_ONE_PLAN] 一事一方案
    [MEETING_ONE_SUPERVISION] 一事一督办
    [MEETING_ONE_FEEDBACK] 一事一反馈
    [MEETING_ONE_PUBLICATION] 一事一公开
   *[other] 其中一项
}”已有佐证，不能重复登记；已登记的内容保留不变。
reason-meeting-ONE_HAS_ITS_VERB = 商议和方案的佐证随“登记商议”和“通过方案”一并登记；这里只登记督办、反馈、公开。

problem-no-invitation = 不是这次会议的邀请
problem-nobody-came = 至少列出一位到会者
problem-one-has-its-verb = 只能是督办、反馈或公开
