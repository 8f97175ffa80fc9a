# Reasons that notification answers with, and the texts of notices.

reason-notification-RECEIPT_UNKNOWN = This receipt code opens nothing; please check it and try again.

# To citizens, at each public step. Sealed matters have the one text step-sealed, which says nothing of them.
notice-step-sealed = There is something new; please look it up with your receipt code.
notice-step-received = What you told us has been received and is being sorted; follow it with your receipt code.
notice-step-answered = Your question has been answered; please read the answer with your receipt code.
notice-step-passed = Your matter has been passed to another authority ({ $authority }).
notice-step-refused = Your matter was refused; please read why with your receipt code.
notice-step-proposed = Your matter has been proposed for registration and awaits the chief's signature.
notice-step-returned = Your matter was not registered and goes back to triage.
notice-step-registered = Your matter has been registered under number { $number }.
notice-step-assigned = Your matter ({ $number }) has been assigned; lead unit: { $unit }.
notice-step-undertaken = Your matter ({ $number }) has been taken on by the unit in charge.
notice-step-replied = There is a reply to your matter ({ $number }); please read and judge it with your receipt code.
notice-step-settled = Your matter ({ $number }) is settled.
notice-step-struck-off = Your matter ({ $number }) has been struck off the open book.
notice-step-archived = Your matter ({ $number }) has been archived.
notice-step-reopened = Your matter is taken up again as you asked; follow it with your receipt code.
notice-step-acknowledged = Your praise has been recorded and passed on to the unit. Thank you.
notice-step-joined = Others have told us the same, and it is handled together. Your receipt code and your verdict stay yours, and you can have it handled by itself at any time.
notice-step-detached = What you told us is now handled by itself, and the desk looks at it again.
notice-step-appealed = Your appeal has been received; the unit one level up looks at it.
notice-step-appeal-decided = The unit one level up has decided on your appeal in case { $number }; you can read it.
notice-step-paper-issued = There is a new official paper on case { $number }; please look it up with your receipt code.
notice-step-paused = The time for a reply on case { $number } stands still; you are told when it runs again.
notice-step-resumed = The time for a reply on case { $number } runs again.
notice-step-reopened-together = Case { $number }, in which your matter is handled, has been taken up again; a new reply will be announced.
notice-step-split = What you told us holds several matters; they are handled one by one, and your receipt code shows them all.

# To staff: something is theirs to do.
notice-duty-triage = A new submission waits for triage.
notice-duty-triage-again = A submission was declined at the gate; please triage it again.
notice-duty-triage-reopened = Somebody does not accept the desk's answer; please triage the submission again.
notice-duty-register = A case waits at the gate for your signature.
notice-duty-assign = Case { $number } is registered; please assign it.
notice-duty-assign-urgently = An urgent case waits for the duty officer to assign it; the chief's signature follows within one workday.
notice-duty-sign-urgent = A case was assigned urgently by the duty officer; please sign it (registration) within one workday.
notice-duty-decide-objection = The lead unit objects to the assignment of case { $number }; please decide.
notice-duty-undertake-after-objection = The objection to case { $number } was not upheld; your unit leads, please take it on.
notice-duty-answer-urge = The chief urges your unit in case { $number }; please answer in time.
notice-duty-sign-draft = A deadline of case { $number } has drafted a letter, an order, a bulletin or a referral; please sign or drop it.
notice-duty-answer-referral = Case { $number } is referred to discipline; please look into it and answer.
notice-duty-undertake = Case { $number } is assigned to your unit as lead; please take it on.
notice-duty-assist = Case { $number } needs your unit's assistance; please support the lead unit.
notice-duty-review-handler = Case { $number } was reported back; the handler's review (first) is due.
notice-duty-review-office = Case { $number } passed the first review; the office's review (second) is due.
notice-duty-review-leader = Case { $number } passed the second review; the review of the leader in charge (third) is due.
notice-duty-deliver = Case { $number } passed all three reviews; please deliver the reply.
notice-duty-rework = The report on case { $number } was sent back by a review; please correct it and report again.
notice-duty-complete = Case { $number } is settled; please complete its checklists, such as the three ones: feedback, publication, accountability.
notice-duty-strike-off = Case { $number } is settled and its required checklists, such as the three ones, are complete; please sign the strike-off.
notice-duty-exception = Case { $number } was not confirmed by the person and its required checklists, such as the three ones, are complete; please decide on an exception.
notice-duty-reopened = The person has case { $number } taken up again; please go on with it.
notice-duty-archive = Case { $number } is struck off; please archive it.
notice-duty-visit = A visit is planned for { $date }.
notice-duty-deliberate = A suggestion was made in a meeting; please have it deliberated.

# To staff: something they took part in has come to a result.
notice-result-verdict = The person has judged the reply to case { $number }.
notice-result-dissatisfied = The person is dissatisfied with the reply to case { $number }.
notice-result-reopened = The person has case { $number } taken up again; it is back with its handler.
notice-result-extended = Case { $number } was given more time; mind the new day.
notice-result-paused = The clock of case { $number } stands still.
notice-result-resumed = The clock of case { $number } runs again; mind the new day.
notice-result-reclassified = Case { $number } was moved to another book or track; please mind its deadline.
notice-result-owned = A leader has taken case { $number } on in person; keep them informed.
notice-result-owner-dissatisfied = The person is not satisfied with case { $number }, which you answer for in person.
notice-result-owner-reopened = Case { $number }, which you answer for in person, has been taken up again.
notice-result-repeat = Case { $number } brings a matter again; it needs particular attention.
notice-duty-triage-detached = A submission is to be handled by itself again; please triage it.
notice-duty-decide-appeal = The reply to case { $number } is appealed against; please decide within the time there is.
notice-result-appealed = The reply to case { $number } is appealed against.
notice-result-appeal-decided = The appeal in case { $number } has been decided; please read it.
notice-result-joined = Another submission has been joined to case { $number }; please read it.
notice-result-detached = A submission has been detached from case { $number } and is handled by itself.
notice-result-contribution = An assisting unit has contributed to case { $number }.
notice-result-co-handling = An authority outside the bureau has answered in case { $number }.
notice-result-draft-signed = Case { $number } is nearly or already overdue: a letter or an order to your unit was signed; please see that it is answered in time.
notice-result-urge-answered = The urging in case { $number } was answered.
notice-result-referral-answered = The referral of case { $number } to discipline was answered.
notice-result-praise = Your unit has been praised.
notice-result-voice-solved = Something heard on a visit was solved on the spot.
notice-result-voice-carried = Something heard on a visit was carried into intake and is being sorted.
notice-result-voice-registered = Something heard on a visit has become a registered case.
notice-result-voice-settled = Something heard on a visit is settled.
notice-result-voice-archived = Something heard on a visit is struck off and archived.
notice-result-voice-ended-at-desk = Something heard on a visit was answered, passed on or refused at the desk.
notice-result-suggestion = A suggestion made in a meeting is implemented: its case is struck off.

# Mail: the same subject and text for all, so that nobody can tell what it is about.
mail-subject = There is a notice for you
mail-text =
    There is something new in your matter; please look it up with your receipt code.

    This mail was sent automatically; please do not reply.
