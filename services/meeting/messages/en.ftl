# Reasons that meeting answers with.

reason-meeting-DATE_IN_THE_PAST = The day of the meeting is over; choose today ({ $today }) or a later day.
reason-meeting-MEETING_ALREADY_HELD = The meeting is recorded as held, so nobody can be invited, answer or be marked as present any more; convene another one.
reason-meeting-MEETING_NOT_HELD = The meeting is not yet recorded as held; record who came, then what was suggested.
reason-meeting-INVITATION_UNKNOWN = This invitation is not of this meeting; choose one from its list.
reason-meeting-NOBODY_CAME = A meeting to which nobody came was not held; name at least one person who came.
reason-meeting-TOO_MANY_INVITED = A meeting holds at most { $max } invitations and this one is full; hold several meetings.
reason-meeting-TOO_MANY_SUGGESTIONS = A meeting holds at most { $max } suggestions and this one is full; record the others in another meeting.
reason-meeting-WRONG_STATE = A suggestion that is { $state ->
    [SUGGESTION_STATE_MADE] made and not yet deliberated
    [SUGGESTION_STATE_DELIBERATED] deliberated
    [SUGGESTION_STATE_RESOLVED] resolved
    [SUGGESTION_STATE_PLANNED] planned
    [SUGGESTION_STATE_REGISTERED] registered as a case
    [SUGGESTION_STATE_IMPLEMENTED] implemented
   *[other] in another state
} cannot { $verb ->
    [Deliberate] be deliberated
    [Resolve] be resolved
    [AdoptPlan] have a plan adopted
    [RecordEvidence] have evidence recorded
   *[other] be changed in this way
}; the order is deliberation, resolution, plan, then supervision, feedback and publication.
reason-meeting-ONE_TWICE = One of the five, { $one ->
    [MEETING_ONE_DELIBERATION] deliberation
    [MEETING_ONE_PLAN] plan
    [MEETING_ONE_SUPERVISION] supervision
    [MEETING_ONE_FEEDBACK] feedback
    [MEETING_ONE_PUBLICATION] publication
   *[other] this one
}, already has its evidence, which stays as it is.
reason-meeting-ONE_HAS_ITS_VERB = Deliberation and plan are evidenced when they are recorded; here only supervision, feedback and publication are.

problem-no-invitation = is not an invitation of this meeting
problem-nobody-came = must name at least one who came
problem-one-has-its-verb = must be supervision, feedback or publication
