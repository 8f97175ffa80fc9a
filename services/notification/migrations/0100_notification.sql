-- What somebody is told. References only: the text is made from its key and arguments when it is read. `cause` is the event that it
-- tells of, or what may be told only once however many events lead to it.
CREATE TABLE notices (
    notice_id     UUID   PRIMARY KEY,
    recipient     TEXT   NOT NULL,
    cause         TEXT   NOT NULL,
    kind          BIGINT NOT NULL,
    text_key      TEXT   NOT NULL,
    arguments     TEXT   NOT NULL,
    submission_id UUID,
    case_id       UUID,
    subject_id    UUID,
    create_time   BIGINT NOT NULL,
    UNIQUE (recipient, cause)
);
CREATE INDEX notices_newest ON notices (recipient, create_time, notice_id);

-- Persons complained about: a notice to a role that they have is not there for them.
CREATE TABLE notice_hidden (
    notice_id UUID NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (notice_id, person_id)
);

-- Who is complained about in a submission, as triage proposed it last: units (`u:`) with everybody below them, and persons (`p:`).
-- Whatever staff were told of the submission, also before, is not there for them.
CREATE TABLE submission_accused (
    submission_id UUID NOT NULL,
    who           TEXT NOT NULL,
    PRIMARY KEY (submission_id, who)
);
