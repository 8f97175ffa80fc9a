# 来件服务给出的原因。

reason-intake-RECEIPT_UNKNOWN = 这个查询码查不到内容，请核对后再试。
reason-intake-NOT_IN_TRIAGE = 这件来件不在待分拣状态，现在的状态是“{ $state ->
    [SUBMISSION_STATE_RECEIVED] 待分拣
    [SUBMISSION_STATE_ANSWERED] 已答复
    [SUBMISSION_STATE_PASSED] 已转交
    [SUBMISSION_STATE_REFUSED] 不予受理
    [SUBMISSION_STATE_PROPOSED] 已提请建账
    [SUBMISSION_STATE_WITHDRAWN] 已撤回
   *[other] 其他
}”，不能再这样处理。
reason-intake-UNIT_UNKNOWN = 没有这个单位：{ $unit }。请从单位列表中选择。
reason-intake-LEAD_UNIT_IS_ACCUSED = 被反映单位（{ $unit }）及其下属单位不得办理反映自己的事项，请选择上一级单位牵头（《信访工作条例》第二十八条、第三十条）。
reason-intake-NOT_A_QUESTION = 只有咨询可以在窗口直接答复；这件是{ $kind ->
    [SUBMISSION_KIND_CONSULTATION] 咨询
    [SUBMISSION_KIND_SUGGESTION] 建言
    [SUBMISSION_KIND_DEMAND] 诉求
    [SUBMISSION_KIND_COMPLAINT] 投诉
    [SUBMISSION_KIND_REPORT] 举报
    [SUBMISSION_KIND_PRAISE] 表扬
    [SUBMISSION_KIND_SERVICE] 办事申请
    [SUBMISSION_KIND_PETITION] 信访事项
   *[other] 其他事项
}，请提请建账。
reason-intake-TOO_LATE_TO_WITHDRAW = 来件已经进入办理，不能再撤回。
reason-intake-NO_REPLY_YET = 还没有可以评价的回复，请等收到回复后再评价。
reason-intake-PARTY_TWICE = 姓名、联系方式与人员编号只能填写一种。
reason-intake-NOBODY_MAY_SIGN = 反映对象是市局本身或其主官，局内无人可以签字，请转交局外上级：{ $superior }。

problem-channel-of-staff = 群众自行提交只能是 CHANNEL_ONLINE，其他渠道由当场受理的工作人员填写
problem-party-of-staff = 仅供工作人员使用；请改填 party，或都不填以保持匿名
