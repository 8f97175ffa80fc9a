CREATE TABLE item (
    id    UUID   PRIMARY KEY,
    label TEXT   NOT NULL UNIQUE,
    body  BYTEA  NOT NULL,
    at_us BIGINT NOT NULL,
    done  BOOLEAN NOT NULL,
    note  TEXT
);
