//! SQL of cases and their documents, and nothing else. "Not found" is `Ok(None)`.

pub mod accountability;

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use sanben_proto::ledger::{CaseState, DocumentKind, Door};
use uuid::Uuid;

use sanben_ledger_rules::case::Case;

/// A text of the file of a case. Official papers are in [`papers`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: Uuid,
    pub kind: DocumentKind,
    pub round: i32,
    pub text: String,
    pub created: Ts,
    /// In whose name it was written; empty for old ones, and for those of an authority outside the bureau.
    pub unit: String,
    /// The authority outside the bureau that is asked, or that wrote it; empty for all others.
    pub authority: String,
}

type DocumentRow = (Uuid, i64, i64, String, i64, String, String);

/// Keeps a new case.
pub async fn insert(tx: &mut Tx, case: &Case) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO cases (case_id, revision, book, state, propose_time, snapshot) VALUES ($1, $2, $3, $4, $5, $6)",
        case.id,
        case.revision,
        i64::from(case.book() as i32),
        state_number(case.state.named()),
        case.opening.proposed.micros(),
        snapshot(case)?,
    )?;
    let units = case.opening.accused_units.iter().map(|unit| format!("u:{unit}"));
    let persons = case.opening.accused_persons.iter().map(|person| format!("p:{person}"));
    for who in units.chain(persons) {
        execute!(
            tx,
            "INSERT INTO case_accused (case_id, who) VALUES ($1, $2) ON CONFLICT (case_id, who) DO NOTHING",
            case.id,
            who,
        )?;
    }
    Ok(())
}

/// Keeps a changed case.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more, or its number is taken.
pub async fn update(tx: &mut Tx, case: &Case, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE cases
         SET revision = $1, number = $2, state = $3, door = $4, snapshot = $5, book = $6, owner = $7, owner_duty = $8, own_time = $9
         WHERE case_id = $10 AND revision = $11",
        case.revision,
        case.number.as_deref(),
        state_number(case.state.named()),
        case.state.door().map_or(0, door_number),
        snapshot(case)?,
        i64::from(case.book() as i32),
        case.owner.as_ref().map(|owner| owner.person.as_str()),
        case.owner.as_ref().map_or(0, |owner| i64::from(owner.duty as i32)),
        case.owner.as_ref().map_or(0, |owner| owner.since.micros()),
        case.id,
        revision,
    )?;
    if updated == 0 {
        return Err(Error::Conflict);
    }
    Ok(())
}

/// Waits until nobody else is changing this case; called before it is read to be changed. A row that is touched is locked until
/// the transaction ends.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE cases SET revision = revision WHERE case_id = $1", id)?;
    Ok(())
}

/// One case.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Case>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM cases WHERE case_id = $1", id)?;
    row.map(|(json,)| read(&json)).transpose()
}

/// Whether a number is given out.
pub async fn number_taken(tx: &mut Tx, number: &str) -> Result<bool, Error> {
    Ok(fetch_optional!(tx, (Uuid,), "SELECT case_id FROM cases WHERE number = $1", number)?.is_some())
}

/// Adds a text.
pub async fn insert_document(tx: &mut Tx, case_id: Uuid, document: &Document) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO documents (document_id, case_id, round, kind, text, create_time, unit_id, authority)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        document.id,
        case_id,
        i64::from(document.round),
        i64::from(document.kind as i32),
        document.text.as_str(),
        document.created.micros(),
        document.unit.as_str(),
        document.authority.as_str(),
    )?;
    Ok(())
}

/// The texts of a case after `after`, oldest first.
pub async fn documents(tx: &mut Tx, case_id: Uuid, after: Option<Key>, limit: i64) -> Result<Vec<Document>, Error> {
    let (time, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let rows = fetch_all!(
        tx,
        DocumentRow,
        "SELECT document_id, kind, round, text, create_time, unit_id, authority
         FROM documents
         WHERE case_id = $1 AND (create_time, document_id) > ($2, $3)
         ORDER BY create_time, document_id
         LIMIT $4",
        case_id,
        time,
        id,
        limit,
    )?;
    rows.into_iter().map(document).collect()
}

/// The texts of a kind, oldest first; the last 50.
pub async fn documents_of(tx: &mut Tx, case_id: Uuid, kind: DocumentKind) -> Result<Vec<Document>, Error> {
    let rows = fetch_all!(
        tx,
        DocumentRow,
        "SELECT document_id, kind, round, text, create_time, unit_id, authority
         FROM documents
         WHERE case_id = $1 AND kind = $2
         ORDER BY create_time DESC, document_id DESC
         LIMIT 50",
        case_id,
        i64::from(kind as i32),
    )?;
    rows.into_iter().rev().map(document).collect()
}

/// The last text of a kind in each round, the newest round first; at most 50.
pub async fn last_of_each_round(tx: &mut Tx, case_id: Uuid, kind: DocumentKind) -> Result<Vec<Document>, Error> {
    let rows = fetch_all!(
        tx,
        DocumentRow,
        "SELECT document_id, kind, round, text, create_time, unit_id, authority
         FROM documents AS d
         WHERE case_id = $1 AND kind = $2
           AND NOT EXISTS (SELECT 1 FROM documents AS later
                           WHERE later.case_id = d.case_id AND later.kind = d.kind AND later.round = d.round
                             AND (later.create_time, later.document_id) > (d.create_time, d.document_id))
         ORDER BY round DESC
         LIMIT 50",
        case_id,
        i64::from(kind as i32),
    )?;
    rows.into_iter().map(document).collect()
}

fn document((id, kind, round, text, created, unit, authority): DocumentRow) -> Result<Document, Error> {
    let kind =
        i32::try_from(kind).ok().and_then(|kind| DocumentKind::try_from(kind).ok()).ok_or(Error::Corrupt("documents.kind"))?;
    let round = i32::try_from(round).map_err(|_| Error::Corrupt("documents.round"))?;
    Ok(Document { id, kind, round, text, created: Ts::from_micros(created), unit, authority })
}

fn state_number(state: CaseState) -> i64 {
    i64::from(state as i32)
}

fn door_number(door: Door) -> i64 {
    i64::from(door as i32)
}

fn snapshot(case: &Case) -> Result<String, Error> {
    serde_json::to_string(case).map_err(|_| Error::Corrupt("cases.snapshot"))
}

/// A case as it was kept.
///
/// # Errors
/// [`Error::Corrupt`] for what is none.
pub fn read(json: &str) -> Result<Case, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("cases.snapshot"))
}
