-- What waits for triage (state 1), what waits longest first.
CREATE INDEX submissions_to_do ON submissions (receive_time, submission_id) WHERE state = 1;
