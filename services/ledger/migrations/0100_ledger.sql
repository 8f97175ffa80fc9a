-- What the bureau handles (事项). `snapshot` is the fold of the case's events; the other columns are for finding it.
CREATE TABLE cases (
    case_id      UUID   PRIMARY KEY,
    revision     BIGINT NOT NULL,
    number       TEXT   UNIQUE,
    book         BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    propose_time BIGINT NOT NULL,
    snapshot     TEXT   NOT NULL
);
CREATE INDEX cases_newest ON cases (propose_time, case_id);

-- The units that may have to do with a case, with all above them.
CREATE TABLE case_reach (
    case_id UUID NOT NULL,
    unit_id TEXT NOT NULL,
    PRIMARY KEY (case_id, unit_id)
);
CREATE INDEX case_reach_unit ON case_reach (unit_id, case_id);

-- Who is complained about: `u:` and a unit, or `p:` and a person. They find nothing.
CREATE TABLE case_accused (
    case_id UUID NOT NULL,
    who     TEXT NOT NULL,
    PRIMARY KEY (case_id, who)
);

-- The papers of a case. Added, never changed.
CREATE TABLE documents (
    document_id UUID   PRIMARY KEY,
    case_id     UUID   NOT NULL,
    round       BIGINT NOT NULL,
    kind        BIGINT NOT NULL,
    text        TEXT   NOT NULL,
    create_time BIGINT NOT NULL
);
CREATE INDEX documents_case ON documents (case_id, create_time, document_id);
