-- What authorities outside the bureau are asked for (外单位会办), found by the system that may answer. `waits`: 1 as long as an answer is
-- needed, else 0. What is asked stands in the paper.
CREATE TABLE co_handlings (
    row_id      UUID   NOT NULL PRIMARY KEY,
    case_id     UUID   NOT NULL,
    number      BIGINT NOT NULL,
    system_id   TEXT   NOT NULL,
    document_id UUID   NOT NULL,
    ask_time    BIGINT NOT NULL,
    waits       BIGINT NOT NULL,
    UNIQUE (case_id, number)
);
CREATE INDEX co_handlings_system ON co_handlings (system_id, ask_time, row_id);

-- The authority outside the bureau that a paper asks, or that wrote it; empty for all others.
ALTER TABLE documents ADD COLUMN authority TEXT NOT NULL DEFAULT '';
