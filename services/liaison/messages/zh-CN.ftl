# 联访解服务给出的原因。

reason-liaison-NOT_THE_OFFICER = 只有这一结对的民警本人可以办理，请由结对民警操作。
reason-liaison-PLAN_IN_THE_PAST = 计划走访日期不得早于今天（{ $today }），请选择今天或以后的日期。
reason-liaison-VISIT_OPEN = 这一结对已有一次计划中的走访尚未完成，请先登记走访完成，再安排下一次。
reason-liaison-VISIT_ALREADY_MADE = 这次走访已经登记完成，不能重复登记。
reason-liaison-VISIT_NOT_MADE = 这次走访还没有登记完成，请先登记走访方式，再记录听到的情况。
reason-liaison-SOLVED_OR_CARRIED = 当场解决的说明与转入来件的内容必须填写一项，且只能填写一项。
reason-liaison-TOO_MANY_VOICES = 一次走访最多记录 { $voices_max } 条情况，请另行安排走访后再记录。
reason-liaison-NOT_THE_PAIRS_UNIT = 更换结对民警须由结对所属单位的在任主官（或副职）或者联系群众办办理，请由他们操作。
reason-liaison-SAME_OFFICER = 这名民警已经是这一结对的民警，请填写另一名民警。

problem-present-officer = 已经是这一结对的民警
problem-or-else = 必须填写本项或 { $other }
