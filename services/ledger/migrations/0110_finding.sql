-- What lists are filtered and ordered by, beside each unit that a case is found in, so that a page is read from one index. `led`: 1 if the
-- unit leads the case or is above the one that does. `warn` and `due`: from when it is yellow and after when it is red; the last instant
-- there is if nothing runs. `indexed`: 0 for rows that are to be worked out again from the case; see `reindex.rs`.
ALTER TABLE case_reach ADD COLUMN led BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN propose_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN book BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN state BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN door BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN origin BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN track BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN duty BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE case_reach ADD COLUMN handler TEXT NOT NULL DEFAULT '';
ALTER TABLE case_reach ADD COLUMN receive_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_reach ADD COLUMN warn BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE case_reach ADD COLUMN due BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE case_reach ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;

-- What `cases` knows; the rest of old rows is in the snapshots only.
UPDATE case_reach SET
    propose_time = COALESCE((SELECT c.propose_time FROM cases AS c WHERE c.case_id = case_reach.case_id), 0),
    book = COALESCE((SELECT c.book FROM cases AS c WHERE c.case_id = case_reach.case_id), 0),
    state = COALESCE((SELECT c.state FROM cases AS c WHERE c.case_id = case_reach.case_id), 0),
    door = COALESCE((SELECT c.door FROM cases AS c WHERE c.case_id = case_reach.case_id), 0),
    duty = COALESCE((SELECT c.owner_duty FROM cases AS c WHERE c.case_id = case_reach.case_id), 0),
    owner = COALESCE((SELECT c.owner FROM cases AS c WHERE c.case_id = case_reach.case_id), '');

-- A unit's cases are found by the newest first; `case_id` alone is looked up by the key.
DROP INDEX case_reach_unit;
CREATE INDEX case_reach_newest ON case_reach (unit_id, propose_time, case_id);
CREATE INDEX case_reach_book ON case_reach (unit_id, book, propose_time, case_id);
CREATE INDEX case_reach_state ON case_reach (unit_id, state, propose_time, case_id);
CREATE INDEX case_reach_book_state ON case_reach (unit_id, state, book, propose_time, case_id);
CREATE INDEX case_reach_door ON case_reach (unit_id, door, propose_time, case_id) WHERE door <> 0;
CREATE INDEX case_reach_duty ON case_reach (unit_id, duty, propose_time, case_id) WHERE duty <> 0;
CREATE INDEX case_reach_owner ON case_reach (unit_id, owner, propose_time, case_id) WHERE owner <> '';
CREATE INDEX case_reach_handler ON case_reach (unit_id, handler, propose_time, case_id) WHERE handler <> '';
CREATE INDEX case_reach_running ON case_reach (unit_id, propose_time, case_id, due, warn) WHERE due < 9223372036854775807;
CREATE INDEX case_reach_stale ON case_reach (case_id) WHERE indexed = 0;

-- The cases about a unit or a person, to leave them out.
CREATE INDEX case_accused_who ON case_accused (who, case_id);

-- Who stands behind the submissions of a case, by a reference that says nothing; none of what is sealed.
CREATE TABLE case_parties (
    case_id       UUID NOT NULL,
    submission_id UUID NOT NULL,
    party_ref     TEXT NOT NULL,
    PRIMARY KEY (case_id, submission_id)
);
CREATE INDEX case_parties_party ON case_parties (party_ref, case_id);

-- What title and summary of a case say, in terms (`search.rs`). Written once, as neither changes.
CREATE TABLE case_terms (
    term         TEXT   NOT NULL,
    propose_time BIGINT NOT NULL,
    case_id      UUID   NOT NULL,
    PRIMARY KEY (term, propose_time, case_id)
);
CREATE INDEX case_terms_case ON case_terms (case_id, term);
