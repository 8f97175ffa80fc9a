-- Officers and whom they are paired with (结对): no names. `snapshot` is the fold of the pair's events; when it was last visited, and so
-- when the next visit is due, follows from `visits`.
CREATE TABLE pairs (
    pair_id     UUID   PRIMARY KEY,
    officer_id  TEXT   NOT NULL,
    create_time BIGINT NOT NULL,
    snapshot    TEXT   NOT NULL
);

-- The officer's unit, with all above it: who may find the pair.
CREATE TABLE pair_reach (
    unit_id     TEXT   NOT NULL,
    create_time BIGINT NOT NULL,
    pair_id     UUID   NOT NULL,
    PRIMARY KEY (unit_id, create_time, pair_id)
);

-- Visits (走访), with what was heard in `snapshot`, the fold of the visit's events; the other columns are for finding it.
CREATE TABLE visits (
    visit_id  UUID   PRIMARY KEY,
    pair_id   UUID   NOT NULL,
    revision  BIGINT NOT NULL,
    state     BIGINT NOT NULL,
    made_time BIGINT,
    snapshot  TEXT   NOT NULL
);
CREATE INDEX visits_made ON visits (pair_id, made_time);
-- A pair has at most one planned visit (state 1).
CREATE UNIQUE INDEX visits_open ON visits (pair_id) WHERE state = 1;

-- The officer's unit, with all above it: who may find the visit.
CREATE TABLE visit_reach (
    unit_id     TEXT   NOT NULL,
    create_time BIGINT NOT NULL,
    visit_id    UUID   NOT NULL,
    PRIMARY KEY (unit_id, create_time, visit_id)
);

-- On which visit a submission was heard.
CREATE TABLE voice_submissions (
    submission_id UUID PRIMARY KEY,
    visit_id      UUID NOT NULL
);

-- What is known of submissions that intake has received from a visit before the visit shows them: intake is asked first, and a request
-- may break off in between. A repetition of the request takes the row over.
CREATE TABLE unclaimed_submissions (
    submission_id UUID PRIMARY KEY,
    snapshot      TEXT NOT NULL
);
