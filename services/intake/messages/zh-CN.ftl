# 来件服务给出的原因。

reason-intake-RECEIPT_UNKNOWN = 这个查询码查不到内容，请核对后再试。
reason-intake-NOT_IN_TRIAGE = 这件来件不在待分拣状态，现在的状态是“{ $state ->
    [SUBMISSION_STATE_RECEIVED] 待分拣
    [SUBMISSION_STATE_ANSWERED] 已答复
    [SUBMISSION_STATE_PASSED] 已转交
    [SUBMISSION_STATE_REFUSED] 不予受理
    [SUBMISSION_STATE_PROPOSED] 已提请建账
    [SUBMISSION_STATE_WITHDRAWN] 已撤回
    [SUBMISSION_STATE_ACKNOWLEDGED] 已登记表扬
    [SUBMISSION_STATE_SPLIT] 已拆分
    [SUBMISSION_STATE_JOINED] 已并案
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
    [SUBMISSION_KIND_HAZARD] 隐患
    [SUBMISSION_KIND_LEAD] 线索
   *[other] 其他事项
}，请提请建账。
reason-intake-NOT_PRAISE = 只有表扬可以登记为表扬；这件是{ $kind ->
    [SUBMISSION_KIND_CONSULTATION] 咨询
    [SUBMISSION_KIND_SUGGESTION] 建言
    [SUBMISSION_KIND_DEMAND] 诉求
    [SUBMISSION_KIND_COMPLAINT] 投诉
    [SUBMISSION_KIND_REPORT] 举报
    [SUBMISSION_KIND_SERVICE] 办事申请
    [SUBMISSION_KIND_PETITION] 信访事项
    [SUBMISSION_KIND_HAZARD] 隐患
    [SUBMISSION_KIND_LEAD] 线索
   *[other] 其他事项
}，请答复或提请建账。
reason-intake-NOTHING_TO_REOPEN = 还没有可以提出异议的答复，不能要求重新办理；请等收到答复后再提出。
reason-intake-TOO_LATE_TO_REOPEN = 要求重新办理的期限已过，截止日为 { $deadline }；可以重新提交。
reason-intake-ALREADY_REOPENED = 已经要求重新办理，请等待新的答复。
reason-intake-PART_UNKNOWN = { $parts ->
    [0] 这件来件没有拆分，不要填写分件序号。
   *[other] 这件来件已拆分为 { $parts } 件，请填写 1 到 { $parts } 的分件序号。
}
reason-intake-IS_A_PART = 这是拆分出来的一件，不能再拆分，也没有单独的查询码。
reason-intake-NOT_A_CASE = 只能并入已经单独成为事项的来件；所选的来件现在是“{ $state ->
    [SUBMISSION_STATE_RECEIVED] 待分拣
    [SUBMISSION_STATE_ANSWERED] 已答复
    [SUBMISSION_STATE_PASSED] 已转交
    [SUBMISSION_STATE_REFUSED] 不予受理
    [SUBMISSION_STATE_PROPOSED] 已提请建账
    [SUBMISSION_STATE_WITHDRAWN] 已撤回
    [SUBMISSION_STATE_ACKNOWLEDGED] 已登记表扬
    [SUBMISSION_STATE_SPLIT] 已拆分
    [SUBMISSION_STATE_JOINED] 已并案
   *[other] 其他
}”，请改选最先成为事项的那一件。
reason-intake-CASE_CLOSED_TO_JOINING = 这个事项不能再并入来件：未予建账、已经反馈，或已满 200 件；请单独提请建账。
reason-intake-SEALED_DIFFERS = 保密的来件只能并入同样保密的事项；请单独提请建账。
reason-intake-ACCUSED_DIFFER = 这件来件须对一个单位或个人保密（单位：{ $unit }），而所选的事项没有对其保密；请单独提请建账。
reason-intake-FOLLOWED_ELSEWHERE = 会上提出或走访听到的来件由会议或走访人员单独跟踪，不能并入其他事项；可以把其他来件并入它的事项。
reason-intake-PERSON_DETACHED = 群众已经要求单独办理，不能再次并案。
reason-intake-NOT_JOINED = 这件来件没有与其他来件并案。
reason-intake-PERSON_DETACHES = 回复已经送达，只有群众本人可以凭查询码要求单独办理。
reason-intake-TOO_MANY_REPRESENTATIVES = 多人共同反映的，代表不得超过五人（《信访工作条例》第二十条），现在填写了 { $count } 人。
reason-intake-NOTHING_TO_APPEAL = 现在没有可以申请复查、复核的回复或意见：还没有回复、不是信访事项，或者已经申请、正在办理。
reason-intake-TOO_LATE_TO_APPEAL = 申请复查、复核的期限已过，截止日为 { $deadline }（《信访工作条例》第三十五条、第三十六条）。
reason-intake-MATTER_IS_FINAL = 复核意见作出后即为终结，同一事项不再受理（《信访工作条例》第三十六条）；有新的事实，请重新提交。
reason-intake-EXTERNAL_KNOWN = { $authority } 已经转来过编号为 { $number } 的事项，请不要重复转办。
reason-intake-TOO_LATE_TO_WITHDRAW = 来件已经进入办理，不能再撤回。
reason-intake-NO_REPLY_YET = 还没有可以评价的回复，请等收到回复后再评价。
reason-intake-PARTY_TWICE = 姓名、联系方式与人员编号只能填写一种。
reason-intake-NOBODY_MAY_SIGN = 反映对象是市局本身或其主官，局内无人可以签字，请转交局外上级：{ $superior }。

problem-representatives = 代表不能多于反映的人数（{ $parties } 人），请填写共同反映的人数
problem-too-many-representatives = 填写了 { $count } 名代表，最多五名
problem-part = 请填写 1 到 { $parts } 的分件序号，没有拆分时填 0
problem-channel-of-staff = 群众自行提交只能是 CHANNEL_ONLINE，其他渠道由当场受理的工作人员填写
problem-external-of-staff = 仅供工作人员和其他部门的系统填写
problem-party-of-staff = 仅供工作人员使用；请改填 party，或都不填以保持匿名
