# 来件服务给出的原因。

reason-intake-RECEIPT_UNKNOWN = 这个受理码查不到内容，请核对后再试。
reason-intake-NOT_IN_TRIAGE = 这件来件已离开分拣（{ $state }），不能再这样处理。
reason-intake-UNIT_UNKNOWN = 没有这个单位：{ $unit }。请从单位列表中选择。
reason-intake-LEAD_UNIT_IS_ACCUSED = 被反映单位（{ $unit }）及其下属单位不得办理反映自己的事项，请选择上一级单位牵头（《信访工作条例》第二十八条、第三十条）。
reason-intake-NOT_A_QUESTION = 只有咨询可以在窗口直接答复；这件是 { $kind }，请提请建账。
reason-intake-TOO_LATE_TO_WITHDRAW = 来件已经进入办理，不能再撤回。
reason-intake-NO_REPLY_YET = 还没有可以评价的回复，请等收到回复后再评价。
reason-intake-PARTY_TWICE = 姓名联系方式（party）与人员编号（party_ref）只能填写一项——{ $fields }
reason-intake-NOBODY_MAY_SIGN = 反映对象是市局本身或其主官，局内无人可以签字，请转交局外上级：{ $superior }。
