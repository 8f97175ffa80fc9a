-- A pair changes now: its officer may be replaced. Every pair that was made before has seen one event.
ALTER TABLE pairs ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
