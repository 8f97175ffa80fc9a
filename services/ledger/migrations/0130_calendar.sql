-- Years of the working calendar that were loaded, in editions from 1 without gaps; the years that come with the suite are not among them.
-- Added, never changed.
CREATE TABLE calendar_editions (
    edition  BIGINT NOT NULL PRIMARY KEY,
    snapshot TEXT   NOT NULL
);

-- One row, which is touched by whoever loads, so that they do it one after another.
CREATE TABLE calendar_turn (turn BIGINT NOT NULL PRIMARY KEY);
INSERT INTO calendar_turn (turn) VALUES (0);
