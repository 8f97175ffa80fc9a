# Reasons that intake answers with.

reason-intake-RECEIPT_UNKNOWN = This receipt code opens nothing; please check it and try again.
reason-intake-NOT_IN_TRIAGE = The submission has left triage ({ $state }), so this verb no longer applies.
reason-intake-UNIT_UNKNOWN = There is no unit { $unit }; choose one from ListUnits.
reason-intake-LEAD_UNIT_IS_ACCUSED = A unit complained about ({ $unit }) and those below it never lead their own case; choose a unit above it (Regulations on Petitioning, articles 28 and 30).
reason-intake-NOT_A_QUESTION = Only questions are answered directly at the desk; this is { $kind }, so propose it to the ledger.
reason-intake-TOO_LATE_TO_WITHDRAW = The matter is already being handled and can no longer be taken back.
reason-intake-NO_REPLY_YET = There is no reply yet that could be judged; wait until one was delivered.
reason-intake-PARTY_TWICE = Give either party or party_ref, not both: { $fields }
reason-intake-NOBODY_MAY_SIGN = The complaint is about the city bureau or its chief, so nobody in the bureau may sign; pass it to the superior outside: { $superior }.
