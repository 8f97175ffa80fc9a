-- What was said (来件): no words, no names. `snapshot` is the fold of the submission's events; the other columns are for finding it.
CREATE TABLE submissions (
    submission_id UUID   PRIMARY KEY,
    revision      BIGINT NOT NULL,
    state         BIGINT NOT NULL,
    channel       BIGINT NOT NULL,
    receive_time  BIGINT NOT NULL,
    receipt_hash  BYTEA  NOT NULL UNIQUE,
    snapshot      TEXT   NOT NULL
);
CREATE INDEX submissions_newest ON submissions (receive_time, submission_id);

-- The units that may have to do with a submission, with all above them.
CREATE TABLE submission_reach (
    submission_id UUID NOT NULL,
    unit_id       TEXT NOT NULL,
    PRIMARY KEY (submission_id, unit_id)
);
CREATE INDEX submission_reach_unit ON submission_reach (unit_id, submission_id);

-- Who is complained about: `u:` and a unit, or `p:` and a person. They find nothing.
CREATE TABLE submission_accused (
    submission_id UUID NOT NULL,
    who           TEXT NOT NULL,
    PRIMARY KEY (submission_id, who)
);

-- What the person sees of the way of their matter.
CREATE TABLE receipt_steps (
    step_id       UUID   PRIMARY KEY,
    submission_id UUID   NOT NULL,
    step          BIGINT NOT NULL,
    step_time     BIGINT NOT NULL
);
CREATE INDEX receipt_steps_submission ON receipt_steps (submission_id, step_time, step_id);

-- What the desk wrote to the person: an answer, or why it was refused.
CREATE TABLE desk_answers (
    submission_id UUID   PRIMARY KEY,
    text          TEXT   NOT NULL,
    answer_time   BIGINT NOT NULL
);

-- The vault: one key per person, sealed under the master key; everything personal is sealed under the person's own key.
-- Destroying the key row makes the items unreadable for good and leaves everything else standing.
CREATE TABLE vault_keys (
    party_ref  UUID  PRIMARY KEY,
    sealed_key BYTEA NOT NULL
);
CREATE TABLE vault_items (
    owner_id  UUID  NOT NULL,
    kind      TEXT  NOT NULL,
    party_ref UUID  NOT NULL,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (owner_id, kind)
);

-- Which unit entered a person or organisation, so that others do not look.
CREATE TABLE parties (
    party_ref UUID PRIMARY KEY,
    unit_id   TEXT NOT NULL
);
