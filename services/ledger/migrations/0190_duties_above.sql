-- What the office, the leader in charge and the supervisor of a gate unit have to do is also to be done by those of the sub-bureau, if it is a station: worked out again from
-- every case that may hold something to do, which is all but what is archived (11).
UPDATE case_reach SET indexed = 0 WHERE state <> 11;

-- By which unit file cases were indexed; one row, and none before the first start.
CREATE TABLE unit_file (
    one         BIGINT NOT NULL PRIMARY KEY,
    fingerprint BIGINT NOT NULL
);
