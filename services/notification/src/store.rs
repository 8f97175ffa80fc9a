//! SQL of notification, and nothing else. "Not found" is `Ok(None)`.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, from_row};
use sanben_host::Key;
use sanben_proto::notification::NoticeKind;
use uuid::Uuid;

pub mod mails;

use crate::facts::Accused;
use crate::notice::{About, Notice, RECIPIENTS_MAX, Reader};

/// A notice with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Positioned {
    pub position: i64,
    pub notice: Notice,
}

struct Row {
    notice_id: Uuid,
    kind: i64,
    text_key: String,
    arguments: String,
    submission_id: Option<Uuid>,
    case_id: Option<Uuid>,
    subject_id: Option<Uuid>,
    create_time: i64,
}

from_row!(Row { notice_id, kind, text_key, arguments, submission_id, case_id, subject_id, create_time });

struct PositionedRow {
    position: i64,
    row: Row,
}

from_row!(PositionedRow { position, ..row });

/// Keeps a new notice; `false` if the recipient was told of the same cause before.
pub async fn insert(tx: &mut Tx, notice: &Notice, recipient: &str, cause: &str) -> Result<bool, Error> {
    let inserted = execute!(
        tx,
        "INSERT INTO notices
             (notice_id, recipient, cause, kind, text_key, arguments, submission_id, case_id, subject_id, create_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (recipient, cause) DO NOTHING",
        notice.id,
        recipient,
        cause,
        i64::from(notice.kind as i32),
        notice.key.as_str(),
        serde_json::to_string(&notice.arguments).map_err(|_| Error::Corrupt("notices.arguments"))?,
        notice.about.submission,
        notice.about.case,
        notice.about.subject,
        notice.issued.micros(),
    )?;
    Ok(inserted == 1)
}

/// Keeps a notice from a person who has the role it was sent to.
pub async fn hide(tx: &mut Tx, notice: Uuid, person: &str) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO notice_hidden (notice_id, person_id) VALUES ($1, $2) ON CONFLICT (notice_id, person_id) DO NOTHING",
        notice,
        person,
    )?;
    Ok(())
}

/// Notes who is complained about in a submission, instead of whoever was before.
pub async fn set_accused(tx: &mut Tx, submission: Uuid, accused: &Accused) -> Result<(), Error> {
    execute!(tx, "DELETE FROM submission_accused WHERE submission_id = $1", submission)?;
    let units = accused.units.iter().map(|unit| format!("u:{unit}"));
    for who in units.chain(accused.persons.iter().map(|person| format!("p:{person}"))) {
        execute!(
            tx,
            "INSERT INTO submission_accused (submission_id, who) VALUES ($1, $2) ON CONFLICT (submission_id, who) DO NOTHING",
            submission,
            who,
        )?;
    }
    Ok(())
}

/// Rows that a reader may see: `$sql` reads from `notices AS n` and ends in a condition; then comes whose they are, `$rest`, and what binds
/// its placeholders, from `$15` on.
macro_rules! fetch_readable {
    ($tx:expr, $row:ty, $reader:expr, $sql:literal, $rest:literal $(, $bind:expr)* $(,)?) => {{
        let [a, b, c, d, e, f, g, h, i] = slots($reader);
        let [unit, above, top, person] = $reader.accused();
        fetch_all!(
            $tx,
            $row,
            concat!(
                $sql,
                " AND n.recipient IN ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                  AND NOT EXISTS (SELECT 1 FROM notice_hidden AS h WHERE h.notice_id = n.notice_id AND h.person_id = $10)
                  AND NOT EXISTS (SELECT 1 FROM submission_accused AS a
                                  WHERE a.submission_id = n.submission_id AND a.who IN ($11, $12, $13, $14)) ",
                $rest,
            ),
            a, b, c, d, e, f, g, h, i, $reader.person.as_str(), unit, above, top, person $(, $bind)*
        )
    }};
}

/// The reader's notices before `before`, newest first.
pub async fn list(tx: &mut Tx, reader: &Reader, before: Option<Key>, limit: i64) -> Result<Vec<Notice>, Error> {
    let (time, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_readable!(
        tx,
        Row,
        reader,
        "SELECT n.notice_id, n.kind, n.text_key, n.arguments, n.submission_id, n.case_id, n.subject_id, n.create_time
         FROM notices AS n
         WHERE (n.create_time, n.notice_id) < ($15, $16)",
        "ORDER BY n.create_time DESC, n.notice_id DESC
         LIMIT $17",
        time,
        id,
        limit,
    )?;
    rows.into_iter().map(Row::read).collect()
}

/// The reader's notices after `position`, in order: for catching up, which goes by what was sent to the reader.
pub async fn after(tx: &mut Tx, reader: &Reader, position: i64, limit: i64) -> Result<Vec<Positioned>, Error> {
    let rows = fetch_readable!(
        tx,
        PositionedRow,
        reader,
        "SELECT e.position, n.notice_id, n.kind, n.text_key, n.arguments, n.submission_id, n.case_id, n.subject_id, n.create_time
         FROM notices AS n
         JOIN events AS e ON e.aggregate_id = n.notice_id
         WHERE e.position IS NOT NULL AND e.position > $15",
        "ORDER BY e.position
         LIMIT $16",
        position,
        limit,
    )?;
    rows.into_iter().map(PositionedRow::read).collect()
}

/// The reader's notices after `position` up to `head`, in order: for following, which goes by what is new. `CROSS JOIN` makes SQLite
/// begin with the few new events, not with everything that was ever sent to the reader.
pub async fn between(tx: &mut Tx, reader: &Reader, position: i64, head: i64, limit: i64) -> Result<Vec<Positioned>, Error> {
    let rows = fetch_readable!(
        tx,
        PositionedRow,
        reader,
        "SELECT e.position, n.notice_id, n.kind, n.text_key, n.arguments, n.submission_id, n.case_id, n.subject_id, n.create_time
         FROM events AS e
         CROSS JOIN notices AS n
         WHERE e.aggregate_id = n.notice_id AND e.position IS NOT NULL AND e.position > $15 AND e.position <= $16",
        "ORDER BY e.position
         LIMIT $17",
        position,
        head,
        limit,
    )?;
    rows.into_iter().map(PositionedRow::read).collect()
}

/// One placeholder each; nothing is sent to the empty recipient.
fn slots(reader: &Reader) -> [&str; RECIPIENTS_MAX] {
    std::array::from_fn(|n| reader.recipients.get(n).map_or("", String::as_str))
}

impl Row {
    fn read(self) -> Result<Notice, Error> {
        let kind = i32::try_from(self.kind).ok().and_then(|kind| NoticeKind::try_from(kind).ok());
        Ok(Notice {
            id: self.notice_id,
            revision: 1,
            kind: kind.ok_or(Error::Corrupt("notices.kind"))?,
            key: self.text_key,
            arguments: serde_json::from_str(&self.arguments).map_err(|_| Error::Corrupt("notices.arguments"))?,
            about: About { submission: self.submission_id, case: self.case_id, subject: self.subject_id },
            issued: Ts::from_micros(self.create_time),
        })
    }
}

impl PositionedRow {
    fn read(self) -> Result<Positioned, Error> {
        Ok(Positioned { position: self.position, notice: self.row.read()? })
    }
}
