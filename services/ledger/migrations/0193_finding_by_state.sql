-- What else is mostly asked for with a state stands in the index, so that the rows of what is not wanted are not read one by one.
DROP INDEX case_reach_state;
DROP INDEX case_reach_book_state;
CREATE INDEX case_reach_state ON case_reach (unit_id, state, propose_time, case_id, receive_time, track, origin, book);
CREATE INDEX case_reach_book_state ON case_reach (unit_id, state, book, propose_time, case_id, receive_time, track, origin);
