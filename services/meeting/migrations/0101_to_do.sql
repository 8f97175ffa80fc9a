-- The unit that holds a meeting and its day as a number (20260302), and the suggestions that the meeting has to go on with: what a secretary
-- has to do is read from one index.
ALTER TABLE meetings ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE suggestions ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';
ALTER TABLE suggestions ADD COLUMN to_do BIGINT NOT NULL DEFAULT 0;

-- Only the snapshots of old rows say so; it is searched for there, since no function for JSON is the same in both engines. In a string that
-- somebody wrote, quotes stand behind backslashes.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
UPDATE meetings SET
    unit_id = COALESCE((SELECT substr(snapshot, a.i + 8, b.i - a.i - 8)
                        FROM n AS a
                        JOIN n AS b ON b.i > a.i + 7
                        WHERE substr(snapshot, a.i, 8) = '"unit":"' AND substr(snapshot, b.i, 1) = '"'
                        ORDER BY a.i, b.i
                        LIMIT 1), ''),
    day = COALESCE((SELECT CAST(replace(substr(snapshot, n.i + 8, 10), '-', '') AS BIGINT)
                    FROM n
                    WHERE substr(snapshot, n.i, 8) = '"date":"'
                    ORDER BY n.i
                    LIMIT 1), 0)
WHERE state = 1;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
UPDATE suggestions SET
    unit_id = COALESCE((SELECT substr(snapshot, a.i + 8, b.i - a.i - 8)
                        FROM n AS a
                        JOIN n AS b ON b.i > a.i + 7
                        WHERE substr(snapshot, a.i, 8) = '"unit":"' AND substr(snapshot, b.i, 1) = '"'
                        ORDER BY a.i, b.i
                        LIMIT 1), ''),
    to_do = COALESCE((SELECT CASE WHEN substr(snapshot, n.i + 9, 8) = 'Planned"' THEN 0 ELSE 1 END
                      FROM n
                      WHERE substr(snapshot, n.i, 9) = '"state":"'
                      ORDER BY n.i
                      LIMIT 1), 0);

CREATE INDEX meetings_to_do ON meetings (unit_id, day, meeting_id) WHERE state = 1;
CREATE INDEX suggestions_to_do ON suggestions (unit_id, make_time, suggestion_id) WHERE to_do = 1;
