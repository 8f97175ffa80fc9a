//! What authorities outside the bureau are asked for, found by the system that may answer.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use uuid::Uuid;

use crate::case::store::read;

use sanben_ledger_rules::case::Case;

use crate::case::reader::Reader;

/// One of them, with the case as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: Uuid,
    pub case: Case,
    /// From 1.
    pub number: usize,
    pub request: String,
    pub at: Ts,
}

type Row = (Uuid, String, i64, String, i64);

/// Keeps what `system` is asked for. `document_id`: the paper that says it.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    case_id: Uuid,
    number: usize,
    system: &str,
    document_id: Uuid,
    at: Ts,
) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO co_handlings (row_id, case_id, number, system_id, document_id, ask_time, waits) VALUES ($1, $2, $3, $4, $5, $6, 1)",
        id,
        case_id,
        position(number),
        system,
        document_id,
        at.micros(),
    )?;
    Ok(())
}

/// It waits for no answer any more.
pub async fn answered(tx: &mut Tx, case_id: Uuid, number: usize) -> Result<(), Error> {
    execute!(tx, "UPDATE co_handlings SET waits = 0 WHERE case_id = $1 AND number = $2", case_id, position(number))?;
    Ok(())
}

/// None of the case does.
pub async fn withdrawn(tx: &mut Tx, case_id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE co_handlings SET waits = 0 WHERE case_id = $1 AND waits = 1", case_id)?;
    Ok(())
}

/// One of a case.
pub async fn find(tx: &mut Tx, case_id: Uuid, number: usize) -> Result<Option<Asked>, Error> {
    let row = fetch_optional!(
        tx,
        Row,
        "SELECT h.row_id, c.snapshot, h.number, d.text, h.ask_time
         FROM co_handlings AS h
         JOIN cases AS c ON c.case_id = h.case_id
         JOIN documents AS d ON d.document_id = h.document_id
         WHERE h.case_id = $1 AND h.number = $2",
        case_id,
        position(number),
    )?;
    row.map(asked).transpose()
}

/// What the reader's system is asked for, newest first. `open`: only what waits for an answer.
pub async fn list(tx: &mut Tx, reader: &Reader, open: bool, before: Option<Key>, limit: i64) -> Result<Vec<Asked>, Error> {
    let (time, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        Row,
        "SELECT h.row_id, c.snapshot, h.number, d.text, h.ask_time
         FROM co_handlings AS h
         JOIN cases AS c ON c.case_id = h.case_id
         JOIN documents AS d ON d.document_id = h.document_id
         WHERE h.system_id = $1
           AND ($2 = 0 OR h.waits = 1)
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = h.case_id AND x.who IN ($3, $4, $5, $6))
           AND (h.ask_time, h.row_id) < ($7, $8)
         ORDER BY h.ask_time DESC, h.row_id DESC
         LIMIT $9",
        reader.person.as_str(),
        i64::from(open),
        own,
        above,
        top,
        themselves,
        time,
        id,
        limit,
    )?;
    rows.into_iter().map(asked).collect()
}

fn asked((id, snapshot, number, request, at): Row) -> Result<Asked, Error> {
    let number = usize::try_from(number).map_err(|_| Error::Corrupt("co_handlings.number"))?;
    Ok(Asked { id, case: read(&snapshot)?, number, request, at: Ts::from_micros(at) })
}

fn position(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
