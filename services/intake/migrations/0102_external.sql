-- What other authorities call what they handed over: each number once.
CREATE TABLE external_numbers (
    authority     TEXT NOT NULL,
    number        TEXT NOT NULL,
    submission_id UUID NOT NULL,
    PRIMARY KEY (authority, number)
);
