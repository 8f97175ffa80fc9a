-- In the name of which unit a paper was written; empty for those from before.
ALTER TABLE documents ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';
