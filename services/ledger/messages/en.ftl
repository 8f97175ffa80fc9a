# Reasons that the ledger answers with.

reason-ledger-WRONG_STATE = The case is { $state ->
    [CASE_STATE_PROPOSED] waiting for registration
    [CASE_STATE_DECLINED] declined
    [CASE_STATE_REGISTERED] registered
    [CASE_STATE_ASSIGNED] assigned
    [CASE_STATE_UNDERTAKEN] being handled
    [CASE_STATE_REPORTED] under review
    [CASE_STATE_APPROVED] approved and waiting for its reply
    [CASE_STATE_REPLIED] replied to
    [CASE_STATE_SETTLED] settled
    [CASE_STATE_STRUCK_OFF] struck off
    [CASE_STATE_ARCHIVED] archived
    [CASE_STATE_OBJECTED] objected to
   *[other] in another state
}, so it cannot { $verb ->
    [CASE_VERB_REGISTER] be registered
    [CASE_VERB_DECLINE] be declined
    [CASE_VERB_ASSIGN] be assigned
    [CASE_VERB_ASSIGN_URGENTLY] be assigned urgently
    [CASE_VERB_OBJECT] be objected to
    [CASE_VERB_DECIDE_OBJECTION] have an objection decided
    [CASE_VERB_REPLACE_HANDLER] be given another handler
    [CASE_VERB_RECLASSIFY] be moved to another book
    [CASE_VERB_CONTRIBUTE] be contributed to
    [CASE_VERB_COORDINATE] be coordinated
    [CASE_VERB_URGE] be urged
    [CASE_VERB_ANSWER_URGE] have an urging answered
    [CASE_VERB_ADD_RECORD] have something put on record
    [CASE_VERB_UNDERTAKE] be taken on
    [CASE_VERB_REPORT_BACK] be reported back
    [CASE_VERB_REVIEW] be reviewed
    [CASE_VERB_REPLY] be replied to
    [CASE_VERB_RECORD_VERDICT] take a verdict
    [CASE_VERB_RECORD_RETURN_VISIT] have a return visit recorded
    [CASE_VERB_REFER_TO_DISCIPLINE] be referred to discipline
    [CASE_VERB_ANSWER_REFERRAL] have a referral answered
    [CASE_VERB_RECORD_PUBLICATION] have its publication recorded
    [CASE_VERB_EXAMINE_ACCOUNTABILITY] be examined for accountability
    [CASE_VERB_STRIKE_OFF] be struck off
    [CASE_VERB_STRIKE_OFF_BY_EXCEPTION] be struck off by exception
    [CASE_VERB_ARCHIVE] be archived
    [CASE_VERB_REOPEN] be taken up again
    [CASE_VERB_JOIN] take in another submission
    [CASE_VERB_DETACH] let a submission go
    [CASE_VERB_TAKE_OWNERSHIP] be taken on in person
    [CASE_VERB_LINK_REPEAT] be linked as a repeat
    [CASE_VERB_APPEAL] be appealed against
    [CASE_VERB_RECORD_HEARING] be heard on appeal
    [CASE_VERB_DECIDE_APPEAL] be decided on appeal
    [CASE_VERB_ISSUE_PAPER] have such a paper issued
    [CASE_VERB_EXTEND] be given more time
    [CASE_VERB_ASK_AUTHORITY] have an authority outside asked
    [CASE_VERB_RECORD_CONTACT] have a first contact recorded
    [CASE_VERB_PAUSE] have its clock stopped
    [CASE_VERB_RESUME] have its clock run again
    [CASE_VERB_ANSWER_CO_HANDLING] have an authority outside answer
   *[other] be changed in this way
}.
reason-ledger-NOT_THE_CHIEF = The signature of the chief of { $unit } in office, or of a deputy in office, is needed.
reason-ledger-SIGNER_IS_ACCUSED = You or your unit are complained about; a chief one level up must sign (Regulations on Petitioning, article 28).
reason-ledger-SIGNER_IS_HANDLER = The one who signs is never the one who handles; somebody else must do this.
reason-ledger-UNIT_UNKNOWN = There is no unit { $unit }; please choose one from the list of units.
reason-ledger-HANDLER_IS_ACCUSED = A unit or person complained about never handles the case; a unit above it must (Regulations on Petitioning, article 30).
reason-ledger-ASSISTING_IS_LEAD = The lead unit does not assist itself, and no unit assists twice: { $unit }.
reason-ledger-NOT_THE_LEAD_UNIT = Only somebody of the lead unit { $unit } undertakes the case, objects to its assignment, or replaces its handler.
reason-ledger-NOT_THE_HANDLER = Only the handler who undertook the case may do this.
reason-ledger-WRONG_REVIEW_ROLE = The next review is { $step ->
    [REVIEW_STEP_HANDLER] a handler's of the lead unit
    [REVIEW_STEP_OFFICE] the office's of the unit that registered it
    [REVIEW_STEP_LEADER] the leader in charge's of the unit that registered it
   *[other] somebody else's
}.
reason-ledger-REVIEWER_TWICE = The three reviews need three different people, and the handler makes neither the second nor the third.
reason-ledger-CRITERIA_NOT_MET = A reply is approved only when policy, opinion and rectification are all in order; otherwise send it back with a reason.
reason-ledger-REASON_MISSING = A reason is needed.
reason-ledger-WRONG_ROUND = The verdict is not about the present reply, which is that of round { $round }.
reason-ledger-VERDICT_TOO_LATE = The time for a verdict is over; the last day was { $deadline }.
reason-ledger-VERDICT_TWICE = This round has its verdict already.
reason-ledger-NOT_OF_THIS_CASE = The submission does not belong to this case.
reason-ledger-EXAMINER_IS_HANDLER = The handler does not examine their own accountability; somebody else must.
reason-ledger-NOT_CONFIRMED = The person has not confirmed, or somebody is dissatisfied, so the case cannot be struck off by this door; a chief one level up may sign an exception with reasons.
reason-ledger-THREE_ONES_INCOMPLETE = The checklists that have to be complete before a strike-off, such as the three ones, still miss: { $missing }.
reason-ledger-NOT_ONE_LEVEL_UP = An exception needs the signature of the chief of { $unit } in office, or of a deputy in office: one level above the gate.
reason-ledger-SUPERIOR_MISSING = No level of the bureau is above the gate, so the decision of a superior outside is needed: authority, document number and date.
reason-ledger-CONFIRMED = The person has confirmed, so strike the case off by that door and not by exception.
reason-ledger-PERSON_NOT_HEARD = Somebody has not judged the reply yet and may until { $deadline }; it can be struck off after that, or after everybody has spoken.
reason-ledger-LEAD_OUTSIDE_GATE = A case is assigned to { $unit }, which signs for it, or below; for another unit, the common superior must assign.
reason-ledger-NOT_URGENT = Only a case on the urgent track is assigned before a chief has signed; any other must be registered first.
reason-ledger-NOT_SIGNED = The case was assigned urgently and the chief has not signed it yet; the signature (registration) must follow first.
reason-ledger-OBJECTION_TOO_LATE = The five workdays for an objection are over; the last day was { $deadline } (Regulations on Petitioning, article 23).
reason-ledger-OBJECTION_CLOSED = An objection was decided already; after that the case may not be returned.
reason-ledger-NOBODY_ABOVE = Nobody in the bureau is above the lead unit, so nobody could decide on its objection.
reason-ledger-NOT_THE_SUPERIOR = An objection is decided with the signature of the chief of { $unit } in office, or of a deputy in office: one level above the lead unit.
reason-ledger-UNCHANGED = That is how it is now. Choose another one; to leave it as it is, name none.
reason-ledger-ALREADY_IN_BOOK = The case is in this book and on this track already.
reason-ledger-NOT_ASSISTING = Only somebody of an assisting unit contributes.
reason-ledger-NOT_INVOLVED = { $unit } neither leads nor assists, or is not your unit.
reason-ledger-URGING_UNKNOWN = There is no urging of this number; the last one is { $last }.
reason-ledger-URGING_ANSWERED = This urging was answered already.
reason-ledger-TOO_MANY_URGINGS = A case is urged fifty times at most.
reason-ledger-VISITOR_INVOLVED = A return visit is made by somebody who neither handled, reviewed, signed nor assigned the case; somebody else must.
reason-ledger-VISITED_TODAY = An attempt to reach the person was recorded today already; the next one counts on another day.
reason-ledger-URGENT_GOES_ON = An urgent case is handled first; nobody objects to its assignment, and its clock does not stand still.
reason-ledger-COMPLAINT_THROUGH_TRIAGE = Nothing is moved into the book of complaints; it must come through triage, where those complained about are named.
reason-ledger-REFERRED_ALREADY = The case was referred to discipline in this round already.
reason-ledger-NO_OPEN_REFERRAL = No referral to discipline waits for an answer.
reason-ledger-REFERRAL_OPEN = The referral to discipline is not answered yet, so the file is not sealed.
reason-ledger-OWNED_ALREADY = You answer for this case in person already.
reason-ledger-EXAMINER_IS_EXAMINED = Nobody examines their own accountability; let somebody else record it.
reason-ledger-REPEAT_LINKED = This case is linked as a repeat already.
reason-ledger-NOT_EARLIER = A case repeats one that was received before it and has been replied to; join what has not been replied to at triage.
reason-ledger-REPEAT_LESS_SEALED = The earlier case is kept from a unit or a person, and this one is not, so the link would show that it exists.
reason-ledger-APPEAL_OPEN = An appeal waits for its decision; before it, the case is neither struck off nor archived.
reason-ledger-ANSWERER_INVOLVED = A referral is answered by somebody who neither handled, signed nor assigned the case, nor answers for it.
reason-ledger-NO_OPEN_APPEAL = No appeal waits for a decision.
reason-ledger-NOT_THE_APPEAL_UNIT = An appeal is heard in the unit one level up, { $unit }, and decided by its chief or a deputy in office (Regulations on Petitioning, articles 35 and 36).
reason-ledger-OPINION_MISSING = A petition is reported back on with a written opinion: request, facts, opinion and basis (Regulations on Petitioning, article 32).
reason-ledger-NOT_A_PETITION = Only a petition is told its path, and only a petition is given more time.
reason-ledger-EXTENDED_ALREADY = The case was given more time once already; there is no second time.
reason-ledger-EXTENSION_TOO_LATE = The case was due on { $due }; more time is given before that day is over (Regulations on Petitioning, article 34).
reason-ledger-PAPER_UNKNOWN = No paper of this kind and for this reader has this number in this case; for a new paper, leave the number empty.
reason-ledger-TOO_MANY_PAPERS = A case has at most two hundred official papers, each version counted.
reason-ledger-DRIVE_EMPTY = The unit and those below it have no registered case in the open book, received before that day, that you may see; choose a later day, or all books.
reason-ledger-DRIVE_TOO_LARGE = A drive has { $most } cases at most; choose an earlier day or one book, or let the units below drive apart.
reason-ledger-DRIVE_NOT_ZERO = On the list { $open } of the cases are still open; with a reason the drive is closed all the same, and not at zero.
reason-ledger-DRIVE_CLOSED = The drive is closed and stays as it is; open another one to go on.
reason-ledger-PROBLEM_WRONG_STATE = The problem is { $state ->
    [PROBLEM_STATE_OPEN] waiting for a measure
    [PROBLEM_STATE_MEASURED] under a measure that is not judged yet
    [PROBLEM_STATE_CLOSED] closed, because a measure works
    [PROBLEM_STATE_ENDED] ended
   *[other] in another state
}, so it cannot { $verb ->
    [Link] take in cases
    [Adopt] be given a measure
    [Judge] have an effect judged
    [End] be ended
   *[other] be changed in this way
}.
reason-ledger-PROBLEM_OUTSIDE_REACH = A problem is looked after by your own unit, by one above it or by one below it; choose one of these.
reason-ledger-PROBLEM_CASE_NOT_REGISTERED = Only registered cases are linked to a problem; have the case registered first, or leave it out.
reason-ledger-PROBLEM_CASE_SEALED = Complaints, sealed cases and cases that are kept from anybody are never linked to a problem; leave the case out.
reason-ledger-PROBLEM_CASE_TAKEN = The case is linked to a problem that is not closed already; leave it out.
reason-ledger-PROBLEM_TOO_LARGE = A problem has { $most } linked cases at most; open another one for further cases.
reason-ledger-MEASURE_DATE = A measure works from a day between { $first } and { $last }.
reason-ledger-MEASURE_OUTSIDE_UNIT = A measure is carried out by { $unit } or a unit below it.
reason-ledger-TOO_MANY_MEASURES = A problem has { $most } measures at most; open another one if none of them works.
reason-ledger-EFFECT_TOO_EARLY = The days of observation are not over; the effect may be judged from { $first } on.
reason-ledger-EFFECT_BY_SIGNER = Whoever signed a measure does not judge its effect; somebody else must.
reason-ledger-NOT_THE_PROBLEM_OFFICE = The effect is judged by the office of { $unit } or of a unit above it.
reason-ledger-THREE_ONES_WEAKENED = A version of the three ones may ask for more, never for less: it stays required, for all origins, with feedback, publication and accountability.
reason-ledger-CHECKLIST_CHANGED = The checklist is at version { $version } by now (0: there is none); look at it and publish again after that.
reason-ledger-EVIDENCE_TOO_LATE = A required checklist asks only for what can still be brought after the reply, so not for coordination, urging or a return visit; a list that is not required may.
reason-ledger-TOO_MANY_CHECKLISTS = There are twenty checklists at most; publish a new version of one.
reason-ledger-CO_HANDLING_SEALED = A complaint, an accusation or a case that is kept from a unit or a person is not passed on to anybody outside (Regulations on Petitioning, article 30); a unit of the bureau must handle it.
reason-ledger-TOO_MANY_CO_HANDLINGS = Authorities outside are asked twenty times at most in a case.
reason-ledger-CO_HANDLING_ANSWERED = This was answered already, and it is answered once.
reason-ledger-CO_HANDLING_WITHDRAWN = This was withdrawn and needs no answer any more; whatever is to be added goes to the unit that asked, directly.
reason-ledger-CLOCK_PAUSED = The clock stands still; let it run again first.
reason-ledger-CLOCK_NOT_PAUSED = The clock runs; there is nothing to resume.
reason-ledger-CONTACTED_ALREADY = The first contact was recorded before; put later ones on record as such.
reason-ledger-TOO_MANY_PAUSES = The clock of a case is stopped twenty times at most.
reason-ledger-CLOCK_UNKNOWN = The case has no such deadline; choose one of its clocks.
reason-ledger-PAUSE_TOO_LATE = The case was due on { $due }; a clock that is overdue is not stopped any more.
reason-ledger-PRESETS_CHANGED = The presets are at version { $version } by now; look at it and publish again.
reason-ledger-PRESETS_AGAINST_LAW = Presets give the bureau no more time, and people no less, than the law does; see the fields.

clock-finish = Time to finish
clock-path-notice = Time to tell the path
clock-first-contact = Time for the first contact
clock-signature = Time for the signature that follows
clock-assistance = Time for an assisting unit
clock-external = Time set by another authority
clock-urging-answer = Time to answer an urging
clock-appeal-decision = Time to decide on an appeal
clock-objection = Time to object
clock-verdict = Time to judge the reply
pause-unspecified = supposed
pause-person = waits for something of the person
pause-expertise = expert opinion
pause-proceedings = other proceedings
pause-force-majeure = force majeure
deadline-what-if = This is what would be, and changes nothing.
deadline-budget-days = { $amount } calendar days
deadline-budget-workdays = { $amount } workdays
deadline-budget-hours = { $amount } work hours
deadline-rule = { $kind }: { $budget } ({ $basis }), from { $start }, which is not counted.
deadline-rule-hours = { $kind }: { $budget } ({ $basis }), from { $start }, in opening hours only.
deadline-set = { $kind }: set for this case to { $date }, from { $start }.
deadline-days-one = { $first }
deadline-days-several = { $first } to { $last }
deadline-weekend = Not counted: { $days }, a weekend.
deadline-holiday = Not counted: { $days }, { $festival } ({ $notice }).
deadline-after-hours = Not counted: { $days }, after hours.
deadline-paused = Not counted: { $days }, the clock stood still ({ $ground }; by { $authority }; signed by { $person }).
deadline-pause-supposed = Not counted: { $days }, if the clock stood still.
deadline-rolled-weekend = The last day is on a weekend, so it is { $date } (Civil Code, article 203).
deadline-rolled-holiday = The last day is in { $festival }, so it is { $date } (Civil Code, article 203).
deadline-hearing = { $days }: hearing, not counted.
deadline-more = And { $amount } more.
deadline-extended = Given { $amount } days more by { $person } ({ $number }): { $reason }
deadline-result = Due on { $due }; that day still counts.
deadline-result-hours = Due at { $due }.
deadline-result-paused = The clock stands still; if it ran again from now on, it would be due on { $due }.
deadline-result-stopped = Due on { $due }; done on { $stop }, in time.
deadline-result-late = Due on { $due }; done on { $stop }, too late.
deadline-provisional = The holidays of { $year } are not announced yet; the day is worked out again when they are.
deadline-presets = By version { $version } of the presets: { $note }.

problem-opening-hours = must be spans of one day, in order and apart
problem-preset-measure = the law counts it otherwise
problem-preset-amount = outside of what the law allows; { $law } would do
problem-preset-roll = a last day of people's rights that is not worked moves on
problem-no-answer-due = must be empty: nobody answers this kind
problem-not-later = must be later than the start
problem-three-ones-optional = must stay required
problem-three-ones-narrowed = must stay for all origins
problem-three-ones-lacking = must hold feedback, publication and accountability
problem-unchanged = is how it is now
problem-already-in-book = is the present book, and the track is the present one
problem-assisting-is-lead = must not name the lead unit, nor a unit twice
problem-person-id = holds a blank, which no service id does
problem-person-twice = this person is named already
problem-day-was-set = this deadline is a day that was set ({ $date }); more time, a pause or another start do not move it
problem-before-appeal = not before the day of the appeal
problem-before-first-day = not before the first day
problem-outside-reach = is neither your unit nor above or below it
problem-case-not-registered = is not registered
problem-case-sealed = is a complaint, or kept from somebody
problem-case-taken = is linked to a problem that is not closed
problem-outside-unit = is neither the unit that looks after the problem nor below it
problem-measure-date = is too early or too late
problem-checklist-key = takes small letters, digits and hyphens only
problem-evidence-too-late = cannot be brought after the reply, so no required list asks for it

# What deadlines have drafted, for a chief to sign in these words or in others.
reason-ledger-DRAFT_UNKNOWN = The case has no such draft; choose one of its drafts.
reason-ledger-DRAFT_CLOSED = The draft was signed or dropped, or has lapsed; choose one that still waits.
reason-ledger-NOT_THE_SIGNER = A chief in office of { $unit } signs or drops this draft, acting for that unit.
draft-unnumbered = (not registered yet)
draft-letter = Case { $number }: 70 % of the time is used ({ $clock }, until { $date }). { $unit } is asked to finish in time.
draft-order = Case { $number } is overdue ({ $clock }, until { $date }). { $unit } is to act at once and to explain itself in writing.
draft-bulletin = Case { $number } is more than five workdays overdue at { $unit } ({ $clock }, until { $date }).
draft-referral = Case { $number } is more than five workdays overdue at { $unit } ({ $clock }, until { $date }); discipline is asked to look into it.

reason-ledger-CALENDAR_WRONG = The notice cannot be loaded as it is: { $fields }. Correct that line by the notice of the State Council and load it again.
reason-ledger-CALENDAR_CHANGED = The calendar is at edition { $edition } by now; look at it and load again after that.
problem-too-many-days = is more than { $most } days with the first
problem-calendar-header = line { $line }: must be date,kind,festival,notice
problem-calendar-fields = line { $line }: has { $count } fields instead of 4
problem-calendar-no-date = line { $line }: the first field is no date; dates are written 2027-01-31
problem-calendar-kind = line { $line }: the second field must be holiday or workday
problem-calendar-festival-missing = line { $line }: the festival is missing
problem-calendar-notice-missing = line { $line }: the number of the notice is missing
problem-calendar-unprintable = line { $line }: the festival and the notice take 1 to { $most } printable characters each
problem-calendar-worked-weekday = line { $line }: { $date } is a { $weekday }, which is worked anyway; workday is for Saturdays and Sundays
problem-calendar-twice = line { $line }: { $date } is there twice
problem-calendar-unsorted = line { $line }: { $date } comes after { $last }; dates must be in order
problem-calendar-too-many-lines = line { $line }: there are more than { $most } lines
problem-calendar-several-notices = line { $line }: names another notice than the first row; one notice is loaded at a time
problem-calendar-no-new-year = line { $line }: New Year's Day, which says what year it is, must be there as a holiday
problem-calendar-outside-year = line { $line }: { $date } is neither in { $year } nor in the last days before it
problem-calendar-gap = line { $line }: { $date }, between two days off of the same festival, is missing; weekends within a holiday are written, too
problem-calendar-statutory = line { $line }: { $date } is a holiday by law and must be there
problem-calendar-festival-absent = line { $line }: { $festival ->
        [NewYear] New Year's Day
        [Spring] the Spring Festival
        [TombSweeping] Tomb-Sweeping Day
        [Labour] Labour Day
        [DragonBoat] the Dragon Boat Festival
        [MidAutumn] the Mid-Autumn Festival
       *[National] the National Day
    } has no day off
problem-calendar-nothing-to-make-up-for = line { $line }: a weekend is worked for a festival that has no day off
problem-calendar-notice-of-another-year = line { $line }: this is the number of the notice for { $year }
problem-calendar-named-by-another = line { $line }: the notice of another year names { $date } already
problem-calendar-quoted = line { $line }: has a quotation mark; fields are not quoted
problem-calendar-before-first = line { $line }: the calendar begins with { $first }; no year before that is loaded
problem-calendar-no-year = must be a year from { $first } to { $last }
problem-calendar-year-between = line { $line }: the notice for { $year } has to be loaded first
problem-not-watched = is not watched for; find such cases with ListCases, and watch each with WatchCase
problem-nothing-searchable = must have two neighbouring Chinese characters, or one word or number of another script
duty-what-register = Let it into its book, or decline it
duty-what-assign-urgently = Hand out what is urgent before the signature
duty-what-sign-afterwards = Sign what was handed out urgently
duty-what-assign = Hand it to its lead unit
duty-what-decide-objection = Decide on the objection to the assignment
duty-what-undertake = Take it on
duty-what-contact = Speak to the person for the first time
duty-what-tell-path = Tell the person of receipt and path
duty-what-contribute = Bring what your unit assists with
duty-what-answer-urge = Answer the urging
duty-what-resume = Let the clock run again when its ground is gone
duty-what-report-back = Report back
duty-what-review-handler = Review as a handler
duty-what-review-office = Review as the office
duty-what-review-leader = Review as the leader in charge
duty-what-deliver = Deliver the reply
duty-what-return-visit = Visit the person who has not judged the reply
duty-what-publish = Publish it, or withhold it by law
duty-what-examine = Examine accountability
duty-what-add-record = Put on record what a checklist asks for
duty-what-strike-off = Strike it off
duty-what-strike-off-by-exception = Decide on striking it off by exception
duty-what-archive = Archive it
duty-what-decide-appeal = Decide on the appeal
duty-what-answer-referral = Answer the referral
duty-what-sign-draft = Sign what was drafted, or decide against it
duty-what-close-drive = Close the backlog drive, at zero or with a reason
duty-what-adopt-measure = Adopt a measure against the common problem, or end it
duty-what-measure-effect = Judge the effect of the measure
duty-what-triage = Look at the submission
duty-what-visit = Make the visit as planned
duty-what-hold-meeting = Hold the meeting on its day and put that on record
duty-what-deliberate = Deliberate what was suggested
duty-what-resolve = Resolve what was deliberated
duty-what-adopt-plan = Adopt a plan for what was resolved
duty-why-handler = You handle this case.
duty-why-role = It is for the { $role } of { $unit }.
duty-why-chief = You are the chief of { $unit }, who signs.
duty-why-deputy = You are a deputy chief of { $unit }, and may sign as such.
duty-why-owner = You answer for this case in person, and sign for { $unit }.
duty-why-planned = It was planned for you in person.
duty-role-chief = chief
duty-role-duty-officer = duty officer
duty-role-desk-officer = desk
duty-role-handler = handlers
duty-role-office = office
duty-role-leader-in-charge = leader in charge
duty-role-supervisor = supervisors
duty-role-liaison-officer = liaison officers
duty-role-meeting-secretary = meeting secretaries
