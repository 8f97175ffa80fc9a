//! SQL of liaison, and nothing else. "Not found" is `Ok(None)`.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use sanben_proto::liaison::VisitState;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::pair::Pair;
use crate::visit::Visit;
use crate::voice::Carried;

const UNCLAIMED: &str = "unclaimed_submissions.snapshot";

/// Which pairs a list asks for.
#[derive(Clone, Debug, Default)]
pub struct PairFilter {
    /// The reader's unit: they see its pairs and those of the units below.
    pub unit: String,
    /// Only this officer's; empty for all.
    pub officer: String,
    pub before: Option<Key>,
    pub limit: i64,
}

/// Which visits a list asks for.
#[derive(Clone, Debug, Default)]
pub struct VisitFilter {
    /// The reader's unit: they see its visits and those of the units below.
    pub unit: String,
    pub pair_id: Option<Uuid>,
    pub state: Option<VisitState>,
    /// Where the page before ended.
    pub before: Option<Key>,
    pub limit: i64,
}

/// Keeps a new pair, to be found by the units of `reach`.
pub async fn insert_pair(tx: &mut Tx, pair: &Pair, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO pairs (pair_id, revision, officer_id, create_time, snapshot) VALUES ($1, $2, $3, $4, $5)",
        pair.id,
        pair.revision,
        pair.officer.as_str(),
        pair.created.micros(),
        write(pair, "pairs.snapshot")?,
    )?;
    let time = pair.created.micros();
    for unit in reach {
        execute!(tx, "INSERT INTO pair_reach (unit_id, create_time, pair_id) VALUES ($1, $2, $3)", unit.as_str(), time, pair.id)?;
    }
    Ok(())
}

/// Waits until nobody else is changing this pair or planning a visit to it; called before it is read for that.
pub async fn take_turn_on_pair(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE pairs SET revision = revision WHERE pair_id = $1", id)?;
    Ok(())
}

/// Keeps a changed pair.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update_pair(tx: &mut Tx, pair: &Pair, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE pairs SET revision = $1, officer_id = $2, snapshot = $3 WHERE pair_id = $4 AND revision = $5",
        pair.revision,
        pair.officer.as_str(),
        write(pair, "pairs.snapshot")?,
        pair.id,
        revision,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// One pair.
pub async fn find_pair(tx: &mut Tx, id: Uuid) -> Result<Option<Pair>, Error> {
    let row = fetch_optional!(
        tx,
        (String, Option<i64>),
        "SELECT p.snapshot, (SELECT MAX(v.made_time) FROM visits AS v WHERE v.pair_id = p.pair_id)
         FROM pairs AS p
         WHERE p.pair_id = $1",
        id,
    )?;
    row.map(|(json, last_made)| pair_of(&json, last_made)).transpose()
}

/// Pairs that the reader may see, newest first.
pub async fn list_pairs(tx: &mut Tx, filter: &PairFilter) -> Result<Vec<Pair>, Error> {
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String, Option<i64>),
        "SELECT p.snapshot, (SELECT MAX(v.made_time) FROM visits AS v WHERE v.pair_id = p.pair_id)
         FROM pair_reach AS r
         JOIN pairs AS p ON p.pair_id = r.pair_id
         WHERE r.unit_id = $1
           AND ($2 = '' OR p.officer_id = $2)
           AND (r.create_time, r.pair_id) < ($3, $4)
         ORDER BY r.create_time DESC, r.pair_id DESC
         LIMIT $5",
        filter.unit.as_str(),
        filter.officer.as_str(),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json, last_made)| pair_of(json, *last_made)).collect()
}

/// Keeps a new visit, to be found by the units of `reach`.
///
/// # Errors
/// [`Error::Conflict`] when the pair has a planned visit already.
pub async fn insert_visit(tx: &mut Tx, visit: &Visit, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO visits (visit_id, pair_id, revision, state, made_time, officer_id, plan_day, snapshot)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        visit.id,
        visit.pair_id,
        visit.revision,
        state_number(visit.state.named()),
        visit.made().map(Ts::micros),
        visit.officer.as_str(),
        plan_day(visit),
        write(visit, "visits.snapshot")?,
    )?;
    let time = visit.created.micros();
    for unit in reach {
        execute!(
            tx,
            "INSERT INTO visit_reach (unit_id, create_time, visit_id) VALUES ($1, $2, $3)",
            unit.as_str(),
            time,
            visit.id
        )?;
    }
    Ok(())
}

/// Waits until nobody else is changing this visit; called before it is read to be changed. A row that is touched is locked until
/// the transaction ends.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE visits SET revision = revision WHERE visit_id = $1", id)?;
    Ok(())
}

/// Keeps a changed visit.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update_visit(tx: &mut Tx, visit: &Visit, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE visits SET revision = $1, officer_id = $2, state = $3, made_time = $4, snapshot = $5
         WHERE visit_id = $6 AND revision = $7",
        visit.revision,
        visit.officer.as_str(),
        state_number(visit.state.named()),
        visit.made().map(Ts::micros),
        write(visit, "visits.snapshot")?,
        visit.id,
        revision,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// One visit.
pub async fn find_visit(tx: &mut Tx, id: Uuid) -> Result<Option<Visit>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM visits WHERE visit_id = $1", id)?;
    row.map(|(json,)| read(&json, "visits.snapshot")).transpose()
}

/// The visit to a pair that was planned and not made yet.
pub async fn find_open_visit(tx: &mut Tx, pair_id: Uuid) -> Result<Option<Uuid>, Error> {
    let planned = state_number(VisitState::Planned);
    let row = fetch_optional!(tx, (Uuid,), "SELECT visit_id FROM visits WHERE pair_id = $1 AND state = $2", pair_id, planned)?;
    Ok(row.map(|(id,)| id))
}

/// Visits that the reader may see, newest first.
pub async fn list_visits(tx: &mut Tx, filter: &VisitFilter) -> Result<Vec<Visit>, Error> {
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT v.snapshot
         FROM visit_reach AS r
         JOIN visits AS v ON v.visit_id = r.visit_id
         WHERE r.unit_id = $1
           AND ($2 = 0 OR v.pair_id = $3)
           AND ($4 = 0 OR v.state = $4)
           AND (r.create_time, r.visit_id) < ($5, $6)
         ORDER BY r.create_time DESC, r.visit_id DESC
         LIMIT $7",
        filter.unit.as_str(),
        i64::from(filter.pair_id.is_some()),
        filter.pair_id.unwrap_or_default(),
        filter.state.map_or(0, state_number),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json, "visits.snapshot")).collect()
}

/// Visits that `officer` has planned and not made yet, as far as the reader may see them, by the day and the order of planning.
pub async fn list_visits_to_do(tx: &mut Tx, officer: &str, filter: &VisitFilter) -> Result<Vec<Visit>, Error> {
    let (day, id) = filter.before.unwrap_or((i64::MIN, Uuid::nil()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT v.snapshot
         FROM visits AS v
         WHERE v.officer_id = $1
           AND v.state = 1
           AND EXISTS (SELECT 1 FROM visit_reach AS r WHERE r.visit_id = v.visit_id AND r.unit_id = $2)
           AND ($3 = 0 OR v.pair_id = $4)
           AND ($5 = 0 OR v.state = $5)
           AND (v.plan_day, v.visit_id) > ($6, $7)
         ORDER BY v.plan_day, v.visit_id
         LIMIT $8",
        officer,
        filter.unit.as_str(),
        i64::from(filter.pair_id.is_some()),
        filter.pair_id.unwrap_or_default(),
        filter.state.map_or(0, state_number),
        day,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json, "visits.snapshot")).collect()
}

/// Notes on which visit a submission was heard.
pub async fn insert_voice(tx: &mut Tx, submission_id: Uuid, visit_id: Uuid) -> Result<(), Error> {
    execute!(tx, "INSERT INTO voice_submissions (submission_id, visit_id) VALUES ($1, $2)", submission_id, visit_id)?;
    Ok(())
}

/// The visit on which a submission was heard.
pub async fn find_by_submission(tx: &mut Tx, submission_id: Uuid) -> Result<Option<Visit>, Error> {
    let row = fetch_optional!(
        tx,
        (String,),
        "SELECT v.snapshot
         FROM voice_submissions AS s
         JOIN visits AS v ON v.visit_id = s.visit_id
         WHERE s.submission_id = $1",
        submission_id,
    )?;
    row.map(|(json,)| read(&json, "visits.snapshot")).transpose()
}

/// Keeps a submission that no visit shows yet; one that is kept already stays as it is.
pub async fn insert_unclaimed(tx: &mut Tx, carried: &Carried) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO unclaimed_submissions (submission_id, snapshot) VALUES ($1, $2) ON CONFLICT (submission_id) DO NOTHING",
        carried.submission_id,
        write(carried, UNCLAIMED)?,
    )?;
    Ok(())
}

/// What is known of a submission that no visit shows yet.
pub async fn find_unclaimed(tx: &mut Tx, submission_id: Uuid) -> Result<Option<Carried>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM unclaimed_submissions WHERE submission_id = $1", submission_id)?;
    row.map(|(json,)| read(&json, UNCLAIMED)).transpose()
}

/// Keeps what is now known of a submission that no visit shows yet.
///
/// # Errors
/// [`Error::Conflict`] when a visit has begun to show it.
pub async fn update_unclaimed(tx: &mut Tx, carried: &Carried) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE unclaimed_submissions SET snapshot = $1 WHERE submission_id = $2",
        write(carried, UNCLAIMED)?,
        carried.submission_id,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// Takes out what is known of a submission that no visit showed, to be shown from now on.
pub async fn take_unclaimed(tx: &mut Tx, submission_id: Uuid) -> Result<Option<Carried>, Error> {
    let delete = "DELETE FROM unclaimed_submissions WHERE submission_id = $1 RETURNING snapshot";
    let row = fetch_optional!(tx, (String,), delete, submission_id)?;
    row.map(|(json,)| read(&json, UNCLAIMED)).transpose()
}

fn pair_of(json: &str, last_made: Option<i64>) -> Result<Pair, Error> {
    let pair: Pair = read(json, "pairs.snapshot")?;
    Ok(Pair { last_made: last_made.map(Ts::from_micros), ..pair })
}

/// The day that a visit is planned for, as a number: 20260302.
pub fn plan_day(visit: &Visit) -> i64 {
    let day = visit.plan_date;
    i64::from(day.year()) * 10_000 + i64::from(u8::from(day.month())) * 100 + i64::from(day.day())
}

fn state_number(state: VisitState) -> i64 {
    i64::from(state as i32)
}

fn write(value: &impl Serialize, place: &'static str) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Corrupt(place))
}

fn read<T: DeserializeOwned>(json: &str, place: &'static str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt(place))
}
