# Reasons that meeting answers with.

reason-meeting-DATE_IN_THE_PAST = The day of the meeting is over; choose today ({ $today }) or a later day.
reason-meeting-MEETING_ALREADY_HELD = The meeting is recorded as held, so nobody can be invited, answer or be marked as present any more; convene another one.
reason-meeting-MEETING_NOT_HELD = The meeting is not yet recorded as held; record who came, then what was suggested.
reason-meeting-INVITATION_UNKNOWN = This invitation is not of this meeting; choose one from its list.
reason-meeting-NOBODY_CAME = A meeting to which nobody came was not held; name at least one person who came.
reason-meeting-TOO_MANY_INVITED = A meeting holds at most { $max } invitations and this one is full; hold several meetings.
reason-meeting-TOO_MANY_SUGGESTIONS = A meeting holds at most { $max } suggestions and this one is full; record the others in another meeting.
reason-meeting-WRONG_STATE = { $verb } does not apply to a suggestion in { $state }; the order is deliberation, resolution, plan, then supervision, feedback and publication.
reason-meeting-ONE_TWICE = This one ({ $one }) already has its evidence, which stays as it is.
reason-meeting-ONE_HAS_ITS_VERB = Deliberation and plan are evidenced by Deliberate and AdoptPlan; here only supervision, feedback and publication are.
