-- What is rare among very many: each track and origin is read from an index of its own, and what has none is looked for in the index of all
-- cases of a unit. When a case was received stands in each of them, so that what is long ago is found without the rows of all that is newer.
DROP INDEX case_reach_newest;
DROP INDEX case_reach_book;
DROP INDEX case_reach_state;
DROP INDEX case_reach_book_state;
CREATE INDEX case_reach_newest ON case_reach (unit_id, propose_time, case_id, receive_time, origin, track, book, state);
CREATE INDEX case_reach_book ON case_reach (unit_id, book, propose_time, case_id, receive_time);
CREATE INDEX case_reach_state ON case_reach (unit_id, state, propose_time, case_id, receive_time);
CREATE INDEX case_reach_book_state ON case_reach (unit_id, state, book, propose_time, case_id, receive_time);
CREATE INDEX case_reach_track ON case_reach (unit_id, track, propose_time, case_id, receive_time);
CREATE INDEX case_reach_origin ON case_reach (unit_id, origin, propose_time, case_id, receive_time);
