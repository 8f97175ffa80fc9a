//! Drafts that wait, found by the unit whose chief signs them. Worked out again from the case each time it is kept.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all};
use sanben_host::Key;
use uuid::Uuid;

use crate::case::store::read;

use sanben_ledger_rules::case::Case;

use crate::case::reader::Reader;

/// One that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: Uuid,
    /// Which one of the case, from 1.
    pub number: i32,
    pub signer: String,
    pub at: Ts,
}

/// What waits in a case now; rows are touched only if something of it has changed.
pub async fn set(tx: &mut Tx, case_id: Uuid, waiting: &[Waiting]) -> Result<(), Error> {
    let before = fetch_all!(tx, (Uuid, String), "SELECT draft_id, signer_unit FROM drafts WHERE case_id = $1", case_id)?;
    let same = |one: &Waiting, (id, signer): &(Uuid, String)| (one.id, &one.signer) == (*id, signer);
    for gone in before.iter().filter(|kept| !waiting.iter().any(|one| same(one, kept))) {
        execute!(tx, "DELETE FROM drafts WHERE draft_id = $1", gone.0)?;
    }
    for new in waiting.iter().filter(|one| !before.iter().any(|kept| same(one, kept))) {
        execute!(
            tx,
            "INSERT INTO drafts (draft_id, case_id, number, signer_unit, create_time) VALUES ($1, $2, $3, $4, $5)",
            new.id,
            case_id,
            i64::from(new.number),
            new.signer.as_str(),
            new.at.micros(),
        )?;
    }
    Ok(())
}

/// Those that wait for the reader's unit after `after`, oldest first: each with its case and which one of it.
pub async fn waiting(tx: &mut Tx, reader: &Reader, after: Option<Key>, limit: i64) -> Result<Vec<(Waiting, Case)>, Error> {
    let (time, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (Uuid, i64, String, i64, String),
        "SELECT d.draft_id, d.number, d.signer_unit, d.create_time, c.snapshot
         FROM drafts AS d
         JOIN cases AS c ON c.case_id = d.case_id
         WHERE d.signer_unit = $1
           AND EXISTS (SELECT 1 FROM case_reach AS r WHERE r.case_id = d.case_id AND r.unit_id = $1)
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = d.case_id AND x.who IN ($2, $3, $4, $5))
           AND (d.create_time, d.draft_id) > ($6, $7)
         ORDER BY d.create_time, d.draft_id
         LIMIT $8",
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        time,
        id,
        limit,
    )?;
    rows.into_iter()
        .map(|(id, number, signer, at, snapshot)| {
            let number = i32::try_from(number).map_err(|_| Error::Corrupt("drafts.number"))?;
            Ok((Waiting { id, number, signer, at: Ts::from_micros(at) }, read(&snapshot)?))
        })
        .collect()
}
