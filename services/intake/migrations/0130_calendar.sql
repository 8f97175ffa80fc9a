-- What the ledger said of the working calendar, in its editions: the days of a year. The years that come with the suite are not among them.
CREATE TABLE calendar_editions (
    edition BIGINT NOT NULL PRIMARY KEY,
    csv     TEXT   NOT NULL
);
