-- Versions of checklists that were published; those that come with the suite are not among them. Added, never changed.
CREATE TABLE checklists (
    checklist_id UUID   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    publish_time BIGINT NOT NULL,
    snapshot     TEXT   NOT NULL,
    UNIQUE (name, version)
);

-- One row, which is touched by whoever publishes, so that they do it one after another.
CREATE TABLE checklist_turn (turn BIGINT NOT NULL PRIMARY KEY);
INSERT INTO checklist_turn (turn) VALUES (0);
