-- Backlog drives (清仓归零). `snapshot` is the fold of the drive's events; the other columns are for finding it.
CREATE TABLE drives (
    drive_id  UUID   PRIMARY KEY,
    revision  BIGINT NOT NULL,
    unit_id   TEXT   NOT NULL,
    open_time BIGINT NOT NULL,
    snapshot  TEXT   NOT NULL
);
CREATE INDEX drives_newest ON drives (open_time, drive_id);

-- The unit of a drive, with all above it. Those below are found by the unit itself.
CREATE TABLE drive_reach (
    drive_id UUID NOT NULL,
    unit_id  TEXT NOT NULL,
    PRIMARY KEY (drive_id, unit_id)
);

-- The frozen list. `remained` is 1 for what was in the open book when the drive was closed.
CREATE TABLE drive_cases (
    drive_id UUID   NOT NULL,
    case_id  UUID   NOT NULL,
    remained BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (drive_id, case_id)
);

-- Common problems (共性问题), as drives.
CREATE TABLE problems (
    problem_id UUID   PRIMARY KEY,
    revision   BIGINT NOT NULL,
    unit_id    TEXT   NOT NULL,
    state      BIGINT NOT NULL,
    open_time  BIGINT NOT NULL,
    snapshot   TEXT   NOT NULL
);
CREATE INDEX problems_newest ON problems (open_time, problem_id);

CREATE TABLE problem_reach (
    problem_id UUID NOT NULL,
    unit_id    TEXT NOT NULL,
    PRIMARY KEY (problem_id, unit_id)
);

-- The linked cases. `closed` is 1 once the problem is; before, no other problem may have the case.
CREATE TABLE problem_cases (
    problem_id UUID   NOT NULL,
    case_id    UUID   NOT NULL,
    closed     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (problem_id, case_id)
);
CREATE UNIQUE INDEX problem_cases_once ON problem_cases (case_id) WHERE closed = 0;
