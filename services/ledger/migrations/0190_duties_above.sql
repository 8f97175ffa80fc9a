-- What the office, the leader in charge and the supervisor of a gate unit have to do is also to be done by those above it: worked out again from
-- every case that may hold something to do, which is all but what is archived (11).
UPDATE case_reach SET indexed = 0 WHERE state <> 11;
