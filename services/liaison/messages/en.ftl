# Reasons that liaison answers with.

reason-liaison-NOT_THE_OFFICER = Only the officer of this pair may do this; ask that officer to do it.
reason-liaison-PLAN_IN_THE_PAST = A visit is planned for today ({ $today }) or later; choose such a day.
reason-liaison-VISIT_OPEN = This pair already has a planned visit that was not made yet; record that one before planning the next.
reason-liaison-VISIT_ALREADY_MADE = This visit was already recorded as made and is not recorded twice.
reason-liaison-VISIT_NOT_MADE = What was heard is recorded after the visit was made; record the visit first.
reason-liaison-SOLVED_OR_CARRIED = Give exactly one of the two: a note on what was solved on the spot, or what to carry into intake.
reason-liaison-TOO_MANY_VOICES = A visit holds at most { $voices_max } voices; record this one on a further visit.
reason-liaison-NOT_THE_PAIRS_UNIT = The officer of a pair is replaced by the chief in office or the office of the pair's own unit; ask them to do it.
reason-liaison-SAME_OFFICER = That is already the officer of this pair; name another one.

problem-present-officer = is the officer of the pair already
problem-or-else = must be given, or { $other } instead
