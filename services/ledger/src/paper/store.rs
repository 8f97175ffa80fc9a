//! The official papers of a case.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_one, fetch_optional};
use sanben_host::Key;
use sanben_proto::kinds::PaperKind;
use uuid::Uuid;

/// So many the person is shown.
const SHOWN_MAX: i64 = 20;

/// One version of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub id: Uuid,
    pub kind: PaperKind,
    /// None for a draft.
    pub number: Option<String>,
    pub version: i32,
    pub round: i32,
    pub unit: String,
    /// Whose person reads it, if not everybody's.
    pub submission: Option<Uuid>,
    pub created: Ts,
    /// None for a draft.
    pub issued: Option<Ts>,
    /// What it says, encoded.
    pub content: Vec<u8>,
}

type Row = (Uuid, i64, Option<String>, i64, i64, String, Option<Uuid>, i64, Option<i64>, Vec<u8>);

/// Adds one.
pub async fn insert(tx: &mut Tx, case_id: Uuid, paper: &Paper) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO papers
             (paper_id, case_id, kind, number, version, round, unit_id, submission_id, create_time, issue_time, content)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        paper.id,
        case_id,
        i64::from(paper.kind as i32),
        paper.number.as_deref(),
        i64::from(paper.version),
        i64::from(paper.round),
        paper.unit.as_str(),
        paper.submission,
        paper.created.micros(),
        paper.issued.map(Ts::micros),
        paper.content.as_slice(),
    )?;
    Ok(())
}

/// How many drafts of a kind a round has.
pub async fn drafts(tx: &mut Tx, case_id: Uuid, round: i32, kind: PaperKind) -> Result<i64, Error> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM papers WHERE case_id = $1 AND round = $2 AND kind = $3",
        case_id,
        i64::from(round),
        i64::from(kind as i32),
    )?;
    Ok(count)
}

/// Issues the last draft of a kind in a round: the first version of its number.
///
/// # Errors
/// [`Error::Conflict`] when there is none.
pub async fn issue_draft(tx: &mut Tx, case_id: Uuid, round: i32, kind: PaperKind, number: &str, at: Ts) -> Result<(), Error> {
    let issued = execute!(
        tx,
        "UPDATE papers
         SET number = $1, issue_time = $2, version = 1
         WHERE number IS NULL
           AND paper_id = (SELECT p.paper_id FROM papers AS p
                           WHERE p.case_id = $3 AND p.round = $4 AND p.kind = $5
                           ORDER BY p.create_time DESC, p.paper_id DESC
                           LIMIT 1)",
        number,
        at.micros(),
        case_id,
        i64::from(round),
        i64::from(kind as i32),
    )?;
    if issued == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Whether a number is given out.
pub async fn number_taken(tx: &mut Tx, number: &str) -> Result<bool, Error> {
    Ok(fetch_optional!(tx, (Uuid,), "SELECT paper_id FROM papers WHERE number = $1 LIMIT 1", number)?.is_some())
}

/// The papers of a case after `after`, drafts among them, oldest first.
pub async fn list(tx: &mut Tx, case_id: Uuid, after: Option<Key>, limit: i64) -> Result<Vec<Paper>, Error> {
    let (time, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let rows = fetch_all!(
        tx,
        Row,
        "SELECT paper_id, kind, number, version, round, unit_id, submission_id, create_time, issue_time, content
         FROM papers
         WHERE case_id = $1 AND (create_time, paper_id) > ($2, $3)
         ORDER BY create_time, paper_id
         LIMIT $4",
        case_id,
        time,
        id,
        limit,
    )?;
    rows.into_iter().map(paper).collect()
}

/// What the person behind a submission reads, oldest first: the newest version of the last 20 numbers that are not the bureau's own.
pub async fn for_person(tx: &mut Tx, case_id: Uuid, submission: Uuid) -> Result<Vec<Paper>, Error> {
    let rows = fetch_all!(
        tx,
        Row,
        "SELECT paper_id, kind, number, version, round, unit_id, submission_id, create_time, issue_time, content
         FROM papers AS p
         WHERE case_id = $1 AND issue_time IS NOT NULL AND kind IN ($2, $3, $4, $5)
           AND (submission_id IS NULL OR submission_id = $6)
           AND NOT EXISTS (SELECT 1 FROM papers AS later WHERE later.number = p.number AND later.version > p.version)
         ORDER BY issue_time DESC, paper_id DESC
         LIMIT $7",
        case_id,
        i64::from(PaperKind::PathNotice as i32),
        i64::from(PaperKind::HandlingOpinion as i32),
        i64::from(PaperKind::ExtensionNotice as i32),
        i64::from(PaperKind::SettlementAgreement as i32),
        submission,
        SHOWN_MAX,
    )?;
    rows.into_iter().rev().map(paper).collect()
}

fn paper(row: Row) -> Result<Paper, Error> {
    let (id, kind, number, version, round, unit, submission, created, issued, content) = row;
    let kind = i32::try_from(kind).ok().and_then(|kind| PaperKind::try_from(kind).ok()).ok_or(Error::Corrupt("papers.kind"))?;
    let small = |of: i64| i32::try_from(of).map_err(|_| Error::Corrupt("papers.version"));
    let (version, round) = (small(version)?, small(round)?);
    let (created, issued) = (Ts::from_micros(created), issued.map(Ts::from_micros));
    Ok(Paper { id, kind, number, version, round, unit, submission, created, issued, content })
}
