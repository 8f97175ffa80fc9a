-- The duties that run in open cases, worked out from the case with the edition of the working calendar that is said; times are the last instant
-- that is not overdue, the first at which 70 % are used, the first after five further workdays. `turn` tells apart clocks of one kind and
-- subject in the life of a case.
CREATE TABLE clocks (
    case_id     UUID   NOT NULL,
    kind        BIGINT NOT NULL,
    subject     TEXT   NOT NULL,
    turn        BIGINT NOT NULL,
    due_time    BIGINT NOT NULL,
    warn_time   BIGINT NOT NULL,
    over_time   BIGINT NOT NULL,
    paused      BIGINT NOT NULL,
    provisional BIGINT NOT NULL,
    edition     BIGINT NOT NULL,
    PRIMARY KEY (case_id, kind, subject, turn)
);
CREATE INDEX clocks_edition ON clocks (edition, case_id);

-- Versions of the presets of clocks that were published; the one that comes with the suite is not among them. Added, never changed.
CREATE TABLE presets (
    version      BIGINT NOT NULL PRIMARY KEY,
    publish_time BIGINT NOT NULL,
    snapshot     TEXT   NOT NULL
);

-- One row, which is touched by whoever publishes, so that they do it one after another.
CREATE TABLE presets_turn (turn BIGINT NOT NULL PRIMARY KEY);
INSERT INTO presets_turn (turn) VALUES (0);
