-- Whose visit it is and the day that it is planned for, as a number (20260302): what an officer has to do is read from one index.
ALTER TABLE visits ADD COLUMN officer_id TEXT NOT NULL DEFAULT '';
ALTER TABLE visits ADD COLUMN plan_day BIGINT NOT NULL DEFAULT 0;

-- Only the snapshots of old rows say so; it is searched for there, since no function for JSON is the same in both engines.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
UPDATE visits SET
    officer_id = COALESCE((SELECT p.officer_id FROM pairs AS p WHERE p.pair_id = visits.pair_id), ''),
    plan_day = COALESCE((SELECT CAST(replace(substr(snapshot, n.i + 13, 10), '-', '') AS BIGINT)
                         FROM n
                         WHERE substr(snapshot, n.i, 13) = '"plan_date":"'
                         ORDER BY n.i
                         LIMIT 1), 0)
WHERE state = 1;

CREATE INDEX visits_to_do ON visits (officer_id, plan_day, visit_id) WHERE state = 1;
CREATE INDEX visit_reach_visit ON visit_reach (visit_id, unit_id);
