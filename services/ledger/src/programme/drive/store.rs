//! Backlog drives, their frozen lists, and how far they are.

use sanben_db::{Error, Tx, execute, fetch_all, fetch_one, fetch_optional};
use sanben_host::Key;
use sanben_proto::kinds::Book;
use sanben_proto::ledger::Door;
use uuid::Uuid;

use sanben_ledger_rules::case::Case;
use sanben_ledger_rules::drive::{Drive, Progress};

use crate::case::{reader::Reader, store::read};

/// Keeps a new drive with its frozen list. `reach`: its unit and all above it.
pub async fn insert(tx: &mut Tx, drive: &Drive, cases: &[Uuid], reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO drives (drive_id, revision, unit_id, open_time, closed, due_day, snapshot) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        drive.id,
        drive.revision,
        drive.opening.unit.as_str(),
        drive.opening.signed.at.micros(),
        i64::from(!drive.is_open()),
        due_day(drive)?,
        snapshot(drive)?,
    )?;
    for unit in reach {
        execute!(tx, "INSERT INTO drive_reach (drive_id, unit_id) VALUES ($1, $2)", drive.id, unit.as_str())?;
    }
    for case in cases {
        execute!(tx, "INSERT INTO drive_cases (drive_id, case_id) VALUES ($1, $2)", drive.id, *case)?;
    }
    Ok(())
}

/// Keeps a changed drive.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update(tx: &mut Tx, drive: &Drive, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE drives SET revision = $1, closed = $2, due_day = $3, snapshot = $4 WHERE drive_id = $5 AND revision = $6",
        drive.revision,
        i64::from(!drive.is_open()),
        due_day(drive)?,
        snapshot(drive)?,
        drive.id,
        revision,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// Waits until nobody else is changing this drive; called before it is read to be changed.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE drives SET revision = revision WHERE drive_id = $1", id)?;
    Ok(())
}

/// One drive.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Drive>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM drives WHERE drive_id = $1", id)?;
    row.map(|(json,)| parse(&json)).transpose()
}

/// Registered cases in the open book that a unit or those below it have to do with and the reader may see, by id, after `after`. Which
/// of them the unit leads stands in the case.
pub async fn candidates(
    tx: &mut Tx,
    reader: &Reader,
    unit: &str,
    book: Option<Book>,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Case)>, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (Uuid, String),
        "SELECT c.case_id, c.snapshot
         FROM cases AS c
         JOIN case_reach AS u ON u.case_id = c.case_id AND u.unit_id = $1
         JOIN case_reach AS r ON r.case_id = c.case_id AND r.unit_id = $2
         WHERE c.number IS NOT NULL AND c.door = 0 AND c.case_id > $7 AND ($9 = 0 OR c.book = $9)
           AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = c.case_id AND a.who IN ($3, $4, $5, $6))
         ORDER BY c.case_id
         LIMIT $8",
        unit,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        after,
        limit,
        book.map_or(0, |book| i64::from(book as i32)),
    )?;
    rows.into_iter().map(|(id, json)| Ok((id, read(&json)?))).collect()
}

/// Marks what of the whole list is in the open book, and says how much that is.
pub async fn mark_remaining(tx: &mut Tx, id: Uuid) -> Result<i64, Error> {
    let marked = execute!(
        tx,
        "UPDATE drive_cases SET remained = 1
         WHERE drive_id = $1 AND EXISTS (SELECT 1 FROM cases AS c WHERE c.case_id = drive_cases.case_id AND c.door = 0)",
        id,
    )?;
    i64::try_from(marked).map_err(|_| Error::Corrupt("drive_cases"))
}

/// How far a drive is, of the cases that the reader may see.
pub async fn progress(tx: &mut Tx, reader: &Reader, id: Uuid) -> Result<Progress, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let (total, confirmed, exception, remained) = fetch_one!(
        tx,
        (i64, i64, i64, i64),
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.door = $7 THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN c.door = $8 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN f.remained = 1 THEN 1 ELSE 0 END), 0)
         FROM drive_cases AS f
         JOIN cases AS c ON c.case_id = f.case_id
         JOIN case_reach AS r ON r.case_id = f.case_id AND r.unit_id = $2
         WHERE f.drive_id = $1
           AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = f.case_id AND a.who IN ($3, $4, $5, $6))",
        id,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        i64::from(Door::Confirmed as i32),
        i64::from(Door::Exception as i32),
    )?;
    Ok(Progress { total, confirmed, exception, remained })
}

/// Drives of the reader's unit, of those above it and of those below it, newest first.
pub async fn list(tx: &mut Tx, reader: &Reader, before: Option<Key>, limit: i64) -> Result<Vec<Drive>, Error> {
    let (time, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT d.snapshot
         FROM drives AS d
         WHERE (d.unit_id IN ($1, $2, $3)
                OR EXISTS (SELECT 1 FROM drive_reach AS r WHERE r.drive_id = d.drive_id AND r.unit_id = $1))
           AND (d.open_time, d.drive_id) < ($4, $5)
         ORDER BY d.open_time DESC, d.drive_id DESC
         LIMIT $6",
        reader.unit(0),
        reader.unit(1),
        reader.unit(2),
        time,
        id,
        limit,
    )?;
    rows.iter().map(|(json,)| parse(json)).collect()
}

/// Drives of a unit that are not closed and of whose lists the reader sees anything, by when they should be cleared, then since when they are there.
pub async fn to_close(tx: &mut Tx, reader: &Reader, unit: &str, limit: i64) -> Result<Vec<Drive>, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT d.snapshot
         FROM drives AS d
         WHERE d.unit_id = $1 AND d.closed = 0
           AND EXISTS (SELECT 1
                       FROM drive_cases AS f
                       JOIN case_reach AS r ON r.case_id = f.case_id AND r.unit_id = $2
                       WHERE f.drive_id = d.drive_id
                         AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = f.case_id AND a.who IN ($3, $4, $5, $6)))
         ORDER BY d.due_day, d.open_time, d.drive_id
         LIMIT $7",
        unit,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        limit,
    )?;
    rows.iter().map(|(json,)| parse(json)).collect()
}

/// The cases of a drive that the reader may see, from the one that came to the gate first on. `only_open`: those in the open book.
pub async fn cases(
    tx: &mut Tx,
    reader: &Reader,
    id: Uuid,
    only_open: bool,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Case>, Error> {
    let (time, case_id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT c.snapshot
         FROM drive_cases AS f
         JOIN cases AS c ON c.case_id = f.case_id
         JOIN case_reach AS r ON r.case_id = f.case_id AND r.unit_id = $2
         WHERE f.drive_id = $1
           AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = f.case_id AND a.who IN ($3, $4, $5, $6))
           AND ($7 = 0 OR c.door = 0)
           AND (c.propose_time, c.case_id) > ($8, $9)
         ORDER BY c.propose_time, c.case_id
         LIMIT $10",
        id,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        i64::from(only_open),
        time,
        case_id,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// The day by which all should be cleared, as a number: 20260630.
fn due_day(drive: &Drive) -> Result<i64, Error> {
    drive.opening.due.replace('-', "").parse().map_err(|_| Error::Corrupt("drives.due_day"))
}

fn snapshot(drive: &Drive) -> Result<String, Error> {
    serde_json::to_string(drive).map_err(|_| Error::Corrupt("drives.snapshot"))
}

fn parse(json: &str) -> Result<Drive, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("drives.snapshot"))
}
