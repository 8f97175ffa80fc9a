-- What was answered to a request id, for 24 hours. `answer` is sealed, because it may hold a receipt code.
CREATE TABLE idempotency (
    caller      TEXT   NOT NULL,
    method      TEXT   NOT NULL,
    request_id  UUID   NOT NULL,
    body_hash   BYTEA  NOT NULL,
    answer      BYTEA  NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (caller, method, request_id)
);
CREATE INDEX idempotency_age ON idempotency (create_time);
