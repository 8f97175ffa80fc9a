-- By which door a case left the open book; 0 while it has not.
ALTER TABLE cases ADD COLUMN door BIGINT NOT NULL DEFAULT 0;
UPDATE cases SET door = 1 WHERE state IN (10, 11);

-- Praise (表扬), apart from the books.
CREATE TABLE praises (
    praise_id     UUID   PRIMARY KEY,
    submission_id UUID   NOT NULL UNIQUE,
    unit_id       TEXT   NOT NULL,
    record_time   BIGINT NOT NULL,
    snapshot      TEXT   NOT NULL
);
CREATE INDEX praises_newest ON praises (record_time, praise_id);

-- The unit that is praised, with all above it.
CREATE TABLE praise_reach (
    praise_id UUID NOT NULL,
    unit_id   TEXT NOT NULL,
    PRIMARY KEY (praise_id, unit_id)
);
CREATE INDEX praise_reach_unit ON praise_reach (unit_id, praise_id);
