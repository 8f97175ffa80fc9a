-- What happened: history, outbox and audit trail in one. Rows are never changed but for `position`, which the sequencer sets once.
CREATE TABLE events (
    event_id     UUID   PRIMARY KEY,
    aggregate    TEXT   NOT NULL,
    aggregate_id UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    type         TEXT   NOT NULL,
    payload      BYTEA  NOT NULL,
    detail       TEXT   NOT NULL,
    actor        TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    traceparent  TEXT   NOT NULL,
    occur_time   BIGINT NOT NULL,
    position     BIGINT UNIQUE,
    UNIQUE (aggregate_id, revision)
);
CREATE INDEX events_waiting ON events (occur_time, revision) WHERE position IS NULL;

-- The last position given out; its row is the sequencer's lock.
CREATE TABLE log_head (
    one      BIGINT PRIMARY KEY,
    position BIGINT NOT NULL
);
INSERT INTO log_head (one, position) VALUES (1, 0);

-- How far each target of the relay has been served.
CREATE TABLE relay_cursor (
    target   TEXT   PRIMARY KEY,
    position BIGINT NOT NULL
);

-- How far each consumer has applied each aggregate of others. `blocked` names why an aggregate waits to be looked at; empty if it does not.
CREATE TABLE inbox (
    consumer     TEXT   NOT NULL,
    aggregate_id UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    blocked      TEXT   NOT NULL,
    PRIMARY KEY (consumer, aggregate_id)
);

-- Events that came before their turn.
CREATE TABLE inbox_parked (
    consumer     TEXT   NOT NULL,
    aggregate_id UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    event        TEXT   NOT NULL,
    PRIMARY KEY (consumer, aggregate_id, revision)
);
