-- When the next rung of a clock falls due, in working hours; never, if it has none any more. 0: not worked out yet.
ALTER TABLE clocks ADD COLUMN rung_time BIGINT NOT NULL DEFAULT 0;
CREATE INDEX clocks_rung ON clocks (rung_time, case_id);

-- What clocks have drafted and waits for a signature, by the unit whose chief signs.
CREATE TABLE drafts (
    draft_id    UUID   NOT NULL PRIMARY KEY,
    case_id     UUID   NOT NULL,
    number      BIGINT NOT NULL,
    signer_unit TEXT   NOT NULL,
    create_time BIGINT NOT NULL
);
CREATE INDEX drafts_case ON drafts (case_id);
CREATE INDEX drafts_signer ON drafts (signer_unit, create_time, draft_id);
