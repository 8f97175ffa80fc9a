-- The official papers of a case (公文), one row a version. Added, never changed; a draft gets its number once, when it is issued.
-- `content` is the encoded `sanben.type.v1.Paper`. `submission_id`: whose person reads it, if not everybody's.
CREATE TABLE papers (
    paper_id      UUID   PRIMARY KEY,
    case_id       UUID   NOT NULL,
    kind          BIGINT NOT NULL,
    number        TEXT,
    version       BIGINT NOT NULL,
    round         BIGINT NOT NULL,
    unit_id       TEXT   NOT NULL,
    submission_id UUID,
    create_time   BIGINT NOT NULL,
    issue_time    BIGINT,
    content       BYTEA  NOT NULL,
    UNIQUE (number, version)
);
CREATE INDEX papers_case ON papers (case_id, create_time, paper_id);
