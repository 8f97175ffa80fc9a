-- The leader who answers for a case in person (包案), and under which of the five duties; nothing if nobody does.
ALTER TABLE cases ADD COLUMN owner TEXT;
ALTER TABLE cases ADD COLUMN owner_duty BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN own_time BIGINT NOT NULL DEFAULT 0;
CREATE INDEX cases_owner ON cases (owner, owner_duty);

-- What examinations of accountability found: a case has several persons, a person several cases.
CREATE TABLE accountabilities (
    case_id   UUID   NOT NULL,
    round     BIGINT NOT NULL,
    person_id TEXT   NOT NULL,
    row_id    UUID   NOT NULL UNIQUE,
    measure   BIGINT NOT NULL,
    find_time BIGINT NOT NULL,
    PRIMARY KEY (case_id, round, person_id)
);
CREATE INDEX accountabilities_person ON accountabilities (person_id, find_time, row_id);
CREATE INDEX accountabilities_newest ON accountabilities (find_time, row_id);
