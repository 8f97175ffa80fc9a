-- What the desk wrote to the person: answers, or why it was refused. Several, because the person may have it looked at again.
CREATE TABLE answers (
    submission_id UUID   NOT NULL,
    answer_time   BIGINT NOT NULL,
    text          TEXT   NOT NULL,
    PRIMARY KEY (submission_id, answer_time)
);
INSERT INTO answers (submission_id, answer_time, text) SELECT submission_id, answer_time, text FROM desk_answers;
DROP TABLE desk_answers;
