//! Mails.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, from_row};
use uuid::Uuid;

use crate::mail::{Mail, State};

struct MailRow {
    mail_id: Uuid,
    notice_id: Uuid,
    mailbox_of: Uuid,
    revision: i64,
    state: i64,
    attempts: i64,
    due_time: i64,
    why: String,
}

from_row!(MailRow { mail_id, notice_id, mailbox_of, revision, state, attempts, due_time, why });

/// Keeps a mail as it is now: a new one, or one that in the store is still at the revision and due time of `before`.
///
/// # Errors
/// [`Error::Conflict`] when somebody has changed or taken it since.
pub async fn keep(tx: &mut Tx, mail: &Mail, before: (i64, Ts)) -> Result<(), Error> {
    let kept = execute!(
        tx,
        "INSERT INTO mails (mail_id, notice_id, mailbox_of, revision, state, attempts, due_time, why)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (mail_id) DO UPDATE
         SET revision = excluded.revision, state = excluded.state, attempts = excluded.attempts, due_time = excluded.due_time,
             why = excluded.why
         WHERE mails.revision = $9 AND mails.due_time = $10",
        mail.id,
        mail.notice_id,
        mail.mailbox_of,
        mail.revision,
        number(mail.state),
        mail.attempts,
        mail.due.micros(),
        mail.why.as_str(),
        before.0,
        before.1.micros(),
    )?;
    if kept == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Mails that wait and are due at `now`, the longest due first, at most `limit`.
pub async fn due(tx: &mut Tx, now: Ts, limit: i64) -> Result<Vec<Mail>, Error> {
    let rows = fetch_all!(
        tx,
        MailRow,
        "SELECT mail_id, notice_id, mailbox_of, revision, state, attempts, due_time, why
         FROM mails
         WHERE state = 1 AND due_time <= $1
         ORDER BY due_time, mail_id
         LIMIT $2",
        now.micros(),
        limit,
    )?;
    rows.into_iter().map(MailRow::read).collect()
}

/// Takes a mail that waits for an attempt until `until`; `false` if another replica has taken it.
pub async fn take(tx: &mut Tx, mail: &Mail, until: Ts) -> Result<bool, Error> {
    let taken = execute!(
        tx,
        "UPDATE mails SET due_time = $1 WHERE mail_id = $2 AND state = 1 AND due_time = $3",
        until.micros(),
        mail.id,
        mail.due.micros(),
    )?;
    Ok(taken == 1)
}

/// Mails that wait for an operator after `after`, in order of their ids, at most `limit`.
pub async fn undeliverable(tx: &mut Tx, after: Uuid, limit: i64) -> Result<Vec<Mail>, Error> {
    let rows = fetch_all!(
        tx,
        MailRow,
        "SELECT mail_id, notice_id, mailbox_of, revision, state, attempts, due_time, why
         FROM mails
         WHERE state = 4 AND mail_id > $1
         ORDER BY mail_id
         LIMIT $2",
        after,
        limit,
    )?;
    rows.into_iter().map(MailRow::read).collect()
}

fn number(state: State) -> i64 {
    match state {
        State::Waiting => 1,
        State::Sent => 2,
        State::Unwanted => 3,
        State::Undeliverable => 4,
    }
}

impl MailRow {
    fn read(self) -> Result<Mail, Error> {
        let states = [State::Waiting, State::Sent, State::Unwanted, State::Undeliverable];
        let state = states.into_iter().find(|state| number(*state) == self.state);
        Ok(Mail {
            id: self.mail_id,
            notice_id: self.notice_id,
            mailbox_of: self.mailbox_of,
            revision: self.revision,
            state: state.ok_or(Error::Corrupt("mails.state"))?,
            attempts: self.attempts,
            due: Ts::from_micros(self.due_time),
            why: self.why,
        })
    }
}
