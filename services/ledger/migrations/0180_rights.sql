-- Among the clocks stand the rights, too: until when a lead unit may object and a person may judge. Those of cases that are there already come in
-- when these are indexed again. The numbers are states: assigned, undertaken, replied, settled, struck off, archived.
UPDATE case_reach SET indexed = 0 WHERE state IN (4, 5, 8, 9, 10, 11);
