-- A dead letter is the first parked event of an aggregate whose `blocked` says why it waits: how often it was set aside, and whether
-- an operator wants it tried now.
ALTER TABLE inbox ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN replay BIGINT NOT NULL DEFAULT 0;
CREATE INDEX inbox_blocked ON inbox (consumer, tries, aggregate_id) WHERE blocked <> '';
