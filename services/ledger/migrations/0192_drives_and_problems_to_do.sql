-- What somebody must do of drives and common problems, of each unit from one index, in the order of the list: the drives that are not closed, by the
-- day by which all should be cleared, as a number (20260630); the problems that wait for a measure or for a judgement, by the instant from which on
-- they do, which is the last there is if they wait for nothing. 0 if an older version has kept the problem: it stands first, and says itself when.
ALTER TABLE drives ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE drives ADD COLUMN due_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE problems ADD COLUMN wait_time BIGINT NOT NULL DEFAULT 0;

-- Only the snapshots of old rows say so; it is searched for there, since no function for JSON is the same in both engines. In a string that
-- somebody wrote, quotes stand behind backslashes.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
UPDATE drives SET
    closed = CASE WHEN replace(snapshot, '"state":{"Closed":', '') <> snapshot THEN 1 ELSE 0 END,
    due_day = COALESCE((SELECT CAST(replace(substr(snapshot, n.i + 7, 10), '-', '') AS BIGINT)
                        FROM n
                        WHERE substr(snapshot, n.i, 7) = '"due":"'
                        ORDER BY n.i
                        LIMIT 1), 0);

CREATE INDEX drives_to_close ON drives (unit_id, due_day, open_time, drive_id) WHERE closed = 0;
CREATE INDEX problems_waiting ON problems (unit_id, state, wait_time, problem_id);
