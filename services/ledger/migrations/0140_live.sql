-- How a case was found before the change that made it this revision, for whoever watches: units, state, handler and so on, no words. Added,
-- never changed; the first revision has none.
CREATE TABLE case_before (
    case_id  UUID   NOT NULL,
    revision BIGINT NOT NULL,
    face     TEXT   NOT NULL,
    PRIMARY KEY (case_id, revision)
);
