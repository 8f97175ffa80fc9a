-- Meetings: `snapshot` is the fold of the meeting's events; `suggestions` counts what was suggested in it.
CREATE TABLE meetings (
    meeting_id  UUID   PRIMARY KEY,
    revision    BIGINT NOT NULL,
    state       BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    suggestions BIGINT NOT NULL,
    snapshot    TEXT   NOT NULL
);
CREATE INDEX meetings_newest ON meetings (create_time, meeting_id);

-- The unit of a meeting, with all above it.
CREATE TABLE meeting_reach (
    meeting_id UUID NOT NULL,
    unit_id    TEXT NOT NULL,
    PRIMARY KEY (meeting_id, unit_id)
);
CREATE INDEX meeting_reach_unit ON meeting_reach (unit_id, meeting_id);

-- Suggestions: `snapshot` is the fold of the suggestion's events; the words are in intake's vault.
CREATE TABLE suggestions (
    suggestion_id UUID   PRIMARY KEY,
    meeting_id    UUID   NOT NULL,
    submission_id UUID   NOT NULL UNIQUE,
    case_id       UUID,
    revision      BIGINT NOT NULL,
    make_time     BIGINT NOT NULL,
    snapshot      TEXT   NOT NULL
);
CREATE INDEX suggestions_newest ON suggestions (make_time, suggestion_id);
CREATE INDEX suggestions_meeting ON suggestions (meeting_id, make_time, suggestion_id);
CREATE INDEX suggestions_case ON suggestions (case_id, make_time, suggestion_id);

-- Who is complained about in what was proposed: `u:` and a unit, or `p:` and a person. They find nothing.
CREATE TABLE suggestion_accused (
    suggestion_id UUID NOT NULL,
    who           TEXT NOT NULL,
    PRIMARY KEY (suggestion_id, who)
);

-- The last case that was proposed for a suggestion, before anybody may see it.
CREATE TABLE suggestion_links (
    suggestion_id UUID   PRIMARY KEY,
    case_id       UUID   NOT NULL,
    declined      BIGINT NOT NULL
);
