-- Who must do what in a case, worked out from it each time it is kept: of one person, or of everybody with a role in a unit. `due_time` is the
-- last instant that is not overdue, or the last there is if nothing is due; then `since_time` may be to come, and it is nobody's before.
-- `place` tells apart what is due and waits alike.
CREATE TABLE duties (
    case_id    UUID   NOT NULL,
    kind       BIGINT NOT NULL,
    subject    TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    unit_id    TEXT   NOT NULL,
    due_time   BIGINT NOT NULL,
    since_time BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    PRIMARY KEY (case_id, kind, subject, person, role, unit_id)
);
CREATE INDEX duties_whose ON duties (person, role, unit_id, due_time, since_time, place);
