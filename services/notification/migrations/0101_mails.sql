-- Notices that go out by mail, too. No address stands here: intake is asked for it when the mail is sent. `state` is 1 while it waits,
-- 2 sent, 3 unwanted, 4 undeliverable; `due_time` is when it is tried next, or when a replica that has taken it must have come back.
CREATE TABLE mails (
    mail_id     UUID   PRIMARY KEY,
    notice_id   UUID   NOT NULL UNIQUE,
    mailbox_of  UUID   NOT NULL,
    revision    BIGINT NOT NULL,
    state       BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    due_time    BIGINT NOT NULL,
    why         TEXT   NOT NULL
);
CREATE INDEX mails_due ON mails (due_time, mail_id) WHERE state = 1;
CREATE INDEX mails_undeliverable ON mails (mail_id) WHERE state = 4;
