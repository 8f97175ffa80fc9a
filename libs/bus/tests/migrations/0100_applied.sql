-- What a consumer did, in the order it did it; nothing here forbids doing a thing twice.
CREATE TABLE applied (
    place        BIGINT NOT NULL,
    consumer     TEXT   NOT NULL,
    aggregate_id UUID   NOT NULL,
    revision     BIGINT NOT NULL
);
