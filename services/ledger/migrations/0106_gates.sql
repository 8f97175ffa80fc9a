-- How long each case waits at its gate: from the proposal to the chief's signature or refusal, which decides once. `unit_id` is the gate it
-- came to, whoever signs for it later. `decide_time` is 0 while it waits, `urgent_time` if it was not assigned before the signature.
CREATE TABLE gates (
    case_id      UUID   PRIMARY KEY,
    unit_id      TEXT   NOT NULL,
    propose_time BIGINT NOT NULL,
    decide_time  BIGINT NOT NULL DEFAULT 0,
    declined     BIGINT NOT NULL DEFAULT 0,
    urgent_time  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX gates_decided ON gates (decide_time, case_id);

-- Cases from before: when it was is in their history, which unit it was is in their snapshot. Both engines can look for a unit in there, and
-- each gate is a unit that some case has to do with.
INSERT INTO gates (case_id, unit_id, propose_time, decide_time, declined, urgent_time)
SELECT c.case_id, '', c.propose_time,
       COALESCE((SELECT MIN(e.occur_time) FROM events AS e
                 WHERE e.aggregate_id = c.case_id
                   AND e.type IN ('sanben.ledger.v1.CaseRegistered', 'sanben.ledger.v1.CaseDeclined')), 0),
       CASE WHEN c.state = 2 THEN 1 ELSE 0 END,
       COALESCE((SELECT MIN(e.occur_time) FROM events AS e
                 WHERE e.aggregate_id = c.case_id AND e.detail LIKE '{"AssignedUrgently":%'), 0)
FROM cases AS c;
CREATE TABLE gate_units AS SELECT DISTINCT unit_id FROM case_reach;
UPDATE gates SET unit_id = COALESCE((SELECT MIN(u.unit_id) FROM gate_units AS u
                                     JOIN cases AS c ON c.case_id = gates.case_id
                                     WHERE c.snapshot LIKE '%"gate_unit":"' || u.unit_id || '"%'), '');
DROP TABLE gate_units;
