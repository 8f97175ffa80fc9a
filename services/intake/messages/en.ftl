# Reasons that intake answers with.

reason-intake-RECEIPT_UNKNOWN = This receipt code opens nothing; please check it and try again.
reason-intake-NOT_IN_TRIAGE = The submission has left triage, so this no longer applies: it is { $state ->
    [SUBMISSION_STATE_RECEIVED] waiting for triage
    [SUBMISSION_STATE_ANSWERED] answered at the desk
    [SUBMISSION_STATE_PASSED] passed to another authority
    [SUBMISSION_STATE_REFUSED] refused
    [SUBMISSION_STATE_PROPOSED] proposed to the ledger
    [SUBMISSION_STATE_WITHDRAWN] taken back
    [SUBMISSION_STATE_ACKNOWLEDGED] recorded as praise
    [SUBMISSION_STATE_SPLIT] split into its matters
    [SUBMISSION_STATE_JOINED] joined to another
   *[other] elsewhere
}.
reason-intake-UNIT_UNKNOWN = There is no unit { $unit }; please choose one from the list of units.
reason-intake-LEAD_UNIT_IS_ACCUSED = A unit complained about ({ $unit }) and those below it never lead their own case; choose a unit above it (Regulations on Petitioning, articles 28 and 30).
reason-intake-NOT_A_QUESTION = Only questions are answered directly at the desk; this is { $kind ->
    [SUBMISSION_KIND_CONSULTATION] a question
    [SUBMISSION_KIND_SUGGESTION] a suggestion
    [SUBMISSION_KIND_DEMAND] a demand
    [SUBMISSION_KIND_COMPLAINT] a complaint
    [SUBMISSION_KIND_REPORT] a report of wrong-doing
    [SUBMISSION_KIND_PRAISE] praise
    [SUBMISSION_KIND_SERVICE] a request for a service
    [SUBMISSION_KIND_PETITION] a petition
    [SUBMISSION_KIND_HAZARD] a hazard
    [SUBMISSION_KIND_LEAD] a lead
   *[other] something else
}, so propose it to the ledger.
reason-intake-NOT_PRAISE = Only praise is recorded as praise; this is { $kind ->
    [SUBMISSION_KIND_CONSULTATION] a question
    [SUBMISSION_KIND_SUGGESTION] a suggestion
    [SUBMISSION_KIND_DEMAND] a demand
    [SUBMISSION_KIND_COMPLAINT] a complaint
    [SUBMISSION_KIND_REPORT] a report of wrong-doing
    [SUBMISSION_KIND_SERVICE] a request for a service
    [SUBMISSION_KIND_PETITION] a petition
    [SUBMISSION_KIND_HAZARD] a hazard
    [SUBMISSION_KIND_LEAD] a lead
   *[other] something else
}, so answer it or propose it to the ledger.
reason-intake-NOTHING_TO_REOPEN = There is no answer yet that could be objected to; wait until one was delivered.
reason-intake-TOO_LATE_TO_REOPEN = The time for having it taken up again is over; the last day was { $deadline }. You can submit it anew.
reason-intake-ALREADY_REOPENED = It has been taken up again already; please wait for the new answer.
reason-intake-PART_UNKNOWN = { $parts ->
    [0] The submission was not split, so leave the part out.
   *[other] The submission was split into { $parts } parts; name one from 1 to { $parts }.
}
reason-intake-IS_A_PART = This is a part of a submission that was split: it is not split again and has no receipt code of its own.
reason-intake-NOT_A_CASE = A submission is joined to one that became a case of its own; the one named is { $state ->
    [SUBMISSION_STATE_RECEIVED] waiting for triage
    [SUBMISSION_STATE_ANSWERED] answered at the desk
    [SUBMISSION_STATE_PASSED] passed to another authority
    [SUBMISSION_STATE_REFUSED] refused
    [SUBMISSION_STATE_PROPOSED] proposed to the ledger
    [SUBMISSION_STATE_WITHDRAWN] taken back
    [SUBMISSION_STATE_ACKNOWLEDGED] recorded as praise
    [SUBMISSION_STATE_SPLIT] split into its matters
    [SUBMISSION_STATE_JOINED] joined to another
   *[other] elsewhere
}. Name the one that became a case first.
reason-intake-CASE_CLOSED_TO_JOINING = The case takes no further submission: it was declined, reported back on, or has 200 already. Propose this one by itself.
reason-intake-SEALED_DIFFERS = A sealed submission joins only a case that is sealed as well. Propose it by itself.
reason-intake-ACCUSED_DIFFER = This submission is kept from a unit or a person (unit: { $unit }), and the case is not. Propose it by itself.
reason-intake-FOLLOWED_ELSEWHERE = What was said in a meeting or heard on a visit is followed there as a case of its own, and is not joined to another; join the other to it.
reason-intake-PERSON_DETACHED = The person wants this one handled by itself, so it is not joined again.
reason-intake-NOT_JOINED = This submission is not joined to another.
reason-intake-PERSON_DETACHES = The reply has been delivered, so only the person can have it handled by itself, with the receipt code.
reason-intake-TOO_MANY_REPRESENTATIVES = People who speak together have five representatives at most (Regulations on Petitioning, article 20); { $count } were named.
reason-intake-NOTHING_TO_APPEAL = There is no reply or decision now that a superior could look at: none is there yet, the matter is no petition, or an appeal is under way.
reason-intake-TOO_LATE_TO_APPEAL = The time for an appeal is over; the last day was { $deadline } (Regulations on Petitioning, articles 35 and 36).
reason-intake-MATTER_IS_FINAL = The matter is final after its re-review and is not taken up again (Regulations on Petitioning, article 36); if there are new facts, submit them anew.
reason-intake-EXTERNAL_KNOWN = The authority { $authority } has handed over number { $number } before; it is not taken in twice.
reason-intake-TOO_LATE_TO_WITHDRAW = The matter is already being handled and can no longer be taken back.
reason-intake-NO_REPLY_YET = There is no reply yet that could be judged; wait until one was delivered.
reason-intake-PARTY_TWICE = Give either the name and contact or the reference of the person, not both.
reason-intake-NOBODY_MAY_SIGN = The complaint is about the city bureau or its chief, so nobody in the bureau may sign; pass it to the superior outside: { $superior }.

problem-representatives = no more representatives than people who speak ({ $parties }); say how many speak together
problem-too-many-representatives = { $count } representatives were named; five at most
problem-part = must be a part from 1 to { $parts }, or 0 where nothing was split
problem-channel-of-staff = must be CHANNEL_ONLINE for citizens; the other channels are for staff who heard it there
problem-external-of-staff = is for staff and other departments' systems
problem-party-of-staff = is for staff; give party instead, or neither to stay anonymous
