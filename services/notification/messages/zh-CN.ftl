# 通知服务给出的原因与通知文字。

reason-notification-RECEIPT_UNKNOWN = 这个查询码查不到内容，请核对后再试。

# 给群众：每个公开环节。密件只用 step-sealed 一种文字，不透露任何内容。
notice-step-sealed = 有新的进展，请凭查询码查询。
notice-step-received = 您反映的事项已收到，正在分拣，可凭查询码查询进展。
notice-step-answered = 您的咨询已有答复，请凭查询码查看。
notice-step-passed = 您反映的事项已转交其他部门办理（{ $authority }）。
notice-step-refused = 您反映的事项不予受理，理由请凭查询码查看。
notice-step-proposed = 您反映的事项已提请建账，等待主官签批。
notice-step-returned = 您反映的事项未予建账，已退回重新分拣。
notice-step-registered = 您反映的事项已建账，编号：{ $number }。
notice-step-assigned = 您反映的事项（{ $number }）已交办，牵头单位：{ $unit }。
notice-step-undertaken = 您反映的事项（{ $number }）已由承办单位开始办理。
notice-step-replied = 您反映的事项（{ $number }）已有回复，请凭查询码查看并评价。
notice-step-settled = 您反映的事项（{ $number }）已办结。
notice-step-struck-off = 您反映的事项（{ $number }）已销号。
notice-step-archived = 您反映的事项（{ $number }）已归档。
notice-step-reopened = 已按您的要求重新办理，请凭查询码查询进展。
notice-step-acknowledged = 您的表扬已登记并转告受表扬单位，谢谢您。
notice-step-joined = 您反映的事项与其他群众反映的是同一件事，已合并办理；您的查询码、评价照旧，也可以随时要求单独办理。
notice-step-detached = 您反映的事项已改为单独办理，正在重新分拣。
notice-step-appealed = 您的复查、复核申请已收到，由上一级单位办理。
notice-step-appeal-decided = 上一级单位已对事项 { $number } 作出复查、复核意见，请查看。
notice-step-paper-issued = 事项 { $number } 有新的文书，请凭查询码查看。
notice-step-paused = 事项 { $number } 的办理期限暂停计时，恢复后另行告知。
notice-step-resumed = 事项 { $number } 的办理期限已恢复计时。
notice-step-reopened-together = 与您的事项一并办理的事项 { $number } 已重新办理，新的回复会另行通知。
notice-step-split = 您反映的内容包含几件事，已分别办理，用同一个查询码都能查询。

# 给民警：每项待办。
notice-duty-triage = 收到新来件，请分拣。
notice-duty-triage-again = 有来件未予建账、退回分拣，请重新处理。
notice-duty-triage-reopened = 群众对答复有异议，请重新分拣。
notice-duty-register = 有事项提请建账，请签批。
notice-duty-assign = 事项 { $number } 已建账，请交办。
notice-duty-assign-urgently = 有紧急事项，请值班员先行交办，主官一个工作日内补签。
notice-duty-sign-urgent = 有紧急事项已由值班员先行交办，请在一个工作日内补签建账。
notice-duty-decide-objection = 牵头单位对事项 { $number } 的交办提出异议，请裁定。
notice-duty-undertake-after-objection = 事项 { $number } 的异议未获支持，仍由你单位牵头，请承办。
notice-duty-answer-urge = 主官就事项 { $number } 督促你单位，请按期回复。
notice-duty-sign-draft = 事项 { $number } 的期限引出待签文稿（提醒函、督办单、通报或移交），请审签。
notice-duty-answer-referral = 事项 { $number } 移交纪检督察，请办理并答复。
notice-duty-undertake = 事项 { $number } 交由你单位牵头办理，请承办。
notice-duty-assist = 事项 { $number } 由你单位协办，请配合牵头单位。
notice-duty-review-handler = 事项 { $number } 已反馈，请办理员审核（第一审）。
notice-duty-review-office = 事项 { $number } 已通过第一审，请联系群众办审核（第二审）。
notice-duty-review-leader = 事项 { $number } 已通过第二审，请分管领导审核（第三审）。
notice-duty-deliver = 事项 { $number } 已通过三级审核，请向群众送达回复。
notice-duty-rework = 事项 { $number } 的反馈被审核退回，请修改后重新反馈。
notice-duty-complete = 事项 { $number } 已办结，请补齐销号前必须完成的清单，例如“三个一”：一事一反馈、一事一公开、一事一问责。
notice-duty-strike-off = 事项 { $number } 已办结且必备清单（如“三个一”）齐全，请签批销号。
notice-duty-exception = 事项 { $number } 群众未确认而必备清单（如“三个一”）齐全，是否特殊销号请审定。
notice-duty-reopened = 群众要求重新办理事项 { $number }，请继续办理。
notice-duty-archive = 事项 { $number } 已销号，请归档。
notice-duty-visit = 有一次走访待完成，计划日期：{ $date }。
notice-duty-deliberate = 会上收到一条建议，请组织商议。

# 给民警：参与过的事有了结果。
notice-result-verdict = 群众已对事项 { $number } 的回复作出评价。
notice-result-dissatisfied = 群众对事项 { $number } 的回复不满意。
notice-result-reopened = 群众要求重新办理事项 { $number }，已退回承办人。
notice-result-extended = 事项 { $number } 已批准延期，请留意新的期限。
notice-result-paused = 事项 { $number } 的办理期限已暂停计时。
notice-result-resumed = 事项 { $number } 的办理期限已恢复计时，请留意新的期限。
notice-result-reclassified = 事项 { $number } 已换账，请留意新的账本和期限。
notice-result-owned = 事项 { $number } 已由领导包案，请按要求办理并随时报告。
notice-result-owner-dissatisfied = 您包案的事项 { $number }，群众表示不满意。
notice-result-owner-reopened = 您包案的事项 { $number } 应群众要求重新办理。
notice-result-repeat = 事项 { $number } 是重复反映的事项，请重点关注。
notice-duty-triage-detached = 有来件退出并案，改为单独办理，请重新分拣。
notice-duty-decide-appeal = 群众对事项 { $number } 的回复申请复查、复核，请在期限内作出意见。
notice-result-appealed = 群众对事项 { $number } 的回复申请复查、复核。
notice-result-appeal-decided = 事项 { $number } 的复查、复核意见已作出，请查看。
notice-result-joined = 又有来件并入事项 { $number }，请查看其内容。
notice-result-detached = 有一件来件已退出事项 { $number }，改为单独办理。
notice-result-contribution = 事项 { $number } 收到协办单位的意见。
notice-result-co-handling = 事项 { $number } 收到外单位的会办答复。
notice-result-draft-signed = 事项 { $number } 临期或逾期，上级已向你单位签发提醒函或督办单，请督促按期回复。
notice-result-urge-answered = 事项 { $number } 的督促已有回复。
notice-result-referral-answered = 事项 { $number } 的移交已有答复。
notice-result-praise = 你单位受到群众表扬。
notice-result-voice-solved = 走访中听到的一件事已当场解决。
notice-result-voice-carried = 走访中听到的一件事已转入来件，正在分拣。
notice-result-voice-registered = 走访中听到的一件事已建账。
notice-result-voice-settled = 走访中听到的一件事已办结。
notice-result-voice-archived = 走访中听到的一件事已销号归档。
notice-result-voice-ended-at-desk = 走访中听到的一件事已在分拣环节答复、转交或不予受理。
notice-result-suggestion = 会上的一条建议已落实，对应事项已销号。

# 邮件：所有事项都是同样的主题和内容，旁人看不出是什么事。
mail-subject = 您有新的通知
mail-text =
    您反映的事项有新的进展，请凭查询码查询。

    本邮件由系统自动发出，请勿回复。
