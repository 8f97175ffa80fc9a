-- What is rare among very many: each track and origin is read from an index of its own, and what has none is looked for in the index of all
-- cases of a unit, without their rows.
DROP INDEX case_reach_newest;
CREATE INDEX case_reach_newest ON case_reach (unit_id, propose_time, case_id, receive_time, origin, track, book, state);
CREATE INDEX case_reach_track ON case_reach (unit_id, track, propose_time, case_id);
CREATE INDEX case_reach_origin ON case_reach (unit_id, origin, propose_time, case_id);
