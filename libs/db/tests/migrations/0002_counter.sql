CREATE TABLE counter (
    name  TEXT   PRIMARY KEY,
    total BIGINT NOT NULL
);

INSERT INTO counter (name, total) VALUES ('one', 0);
