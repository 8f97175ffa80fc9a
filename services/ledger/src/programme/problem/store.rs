//! Common problems and the cases that are linked to them.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_one, fetch_optional};
use sanben_host::Key;
use sanben_proto::ledger::ProblemState;
use uuid::Uuid;

use sanben_ledger_rules::case::Case;
use sanben_ledger_rules::problem::Problem;

use crate::case::{reader::Reader, store::read};

/// Keeps a new problem. `reach`: its unit and all above it.
pub async fn insert(tx: &mut Tx, problem: &Problem, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO problems (problem_id, revision, unit_id, state, open_time, wait_time, snapshot) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        problem.id,
        problem.revision,
        problem.opening.unit.as_str(),
        i64::from(problem.state() as i32),
        problem.opening.signed.at.micros(),
        wait_time(problem),
        snapshot(problem)?,
    )?;
    for unit in reach {
        execute!(tx, "INSERT INTO problem_reach (problem_id, unit_id) VALUES ($1, $2)", problem.id, unit.as_str())?;
    }
    Ok(())
}

/// Keeps a changed problem. Once it is closed or ended, other problems may have its cases.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update(tx: &mut Tx, problem: &Problem, revision: i64) -> Result<(), Error> {
    let state = problem.state();
    let updated = execute!(
        tx,
        "UPDATE problems SET revision = $1, state = $2, wait_time = $3, snapshot = $4 WHERE problem_id = $5 AND revision = $6",
        problem.revision,
        i64::from(state as i32),
        wait_time(problem),
        snapshot(problem)?,
        problem.id,
        revision,
    )?;
    if updated == 0 {
        return Err(Error::Conflict);
    }
    if matches!(state, ProblemState::Closed | ProblemState::Ended) {
        execute!(tx, "UPDATE problem_cases SET closed = 1 WHERE problem_id = $1", problem.id)?;
    }
    Ok(())
}

/// Waits until nobody else is changing this problem; called before it is read to be changed.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE problems SET revision = revision WHERE problem_id = $1", id)?;
    Ok(())
}

/// One problem.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Problem>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM problems WHERE problem_id = $1", id)?;
    row.map(|(json,)| parse(&json)).transpose()
}

/// Links a case.
///
/// # Errors
/// [`Error::Conflict`] when a problem that is not closed has it.
pub async fn link(tx: &mut Tx, id: Uuid, case_id: Uuid) -> Result<(), Error> {
    execute!(tx, "INSERT INTO problem_cases (problem_id, case_id) VALUES ($1, $2)", id, case_id)?;
    Ok(())
}

/// Whether a problem that is not closed has this case.
pub async fn taken(tx: &mut Tx, case_id: Uuid) -> Result<bool, Error> {
    let sql = "SELECT case_id FROM problem_cases WHERE case_id = $1 AND closed = 0";
    Ok(fetch_optional!(tx, (Uuid,), sql, case_id)?.is_some())
}

/// How many cases are linked, whoever may see them.
pub async fn count_linked(tx: &mut Tx, id: Uuid) -> Result<i64, Error> {
    let (count,) = fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM problem_cases WHERE problem_id = $1", id)?;
    Ok(count)
}

/// All linked cases by id, whoever may see them, after `after`.
pub async fn linked(tx: &mut Tx, id: Uuid, after: Uuid, limit: i64) -> Result<Vec<Case>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT c.snapshot
         FROM problem_cases AS p
         JOIN cases AS c ON c.case_id = p.case_id
         WHERE p.problem_id = $1 AND p.case_id > $2
         ORDER BY p.case_id
         LIMIT $3",
        id,
        after,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// How many linked cases the reader may see.
pub async fn count_seen(tx: &mut Tx, reader: &Reader, id: Uuid) -> Result<i64, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*)
         FROM problem_cases AS p
         JOIN case_reach AS r ON r.case_id = p.case_id AND r.unit_id = $2
         WHERE p.problem_id = $1
           AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = p.case_id AND a.who IN ($3, $4, $5, $6))",
        id,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
    )?;
    Ok(count)
}

/// Problems of the reader's unit, of those above it and of those below it, newest first. `state`: only those in it.
pub async fn list(
    tx: &mut Tx,
    reader: &Reader,
    state: Option<ProblemState>,
    before: Option<Key>,
    limit: i64,
) -> Result<Vec<Problem>, Error> {
    let (time, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT d.snapshot
         FROM problems AS d
         WHERE (d.unit_id IN ($1, $2, $3)
                OR EXISTS (SELECT 1 FROM problem_reach AS r WHERE r.problem_id = d.problem_id AND r.unit_id = $1))
           AND ($4 = 0 OR d.state = $4)
           AND (d.open_time, d.problem_id) < ($5, $6)
         ORDER BY d.open_time DESC, d.problem_id DESC
         LIMIT $7",
        reader.unit(0),
        reader.unit(1),
        reader.unit(2),
        state.map_or(0, |state| i64::from(state as i32)),
        time,
        id,
        limit,
    )?;
    rows.iter().map(|(json,)| parse(json)).collect()
}

/// Problems of a unit that are in `state` and wait for somebody by `now`, those that have waited longest first.
pub async fn waiting(tx: &mut Tx, unit: &str, state: ProblemState, now: Ts, limit: i64) -> Result<Vec<Problem>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT snapshot
         FROM problems
         WHERE unit_id = $1 AND state = $2 AND wait_time <= $3
         ORDER BY wait_time, problem_id
         LIMIT $4",
        unit,
        i64::from(state as i32),
        now.micros(),
        limit,
    )?;
    rows.iter().map(|(json,)| parse(json)).collect()
}

/// The linked cases that the reader may see, from the one that came to the gate last on.
pub async fn cases(tx: &mut Tx, reader: &Reader, id: Uuid, before: Option<Key>, limit: i64) -> Result<Vec<Case>, Error> {
    let (time, case_id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT c.snapshot
         FROM problem_cases AS p
         JOIN cases AS c ON c.case_id = p.case_id
         JOIN case_reach AS r ON r.case_id = p.case_id AND r.unit_id = $2
         WHERE p.problem_id = $1
           AND NOT EXISTS (SELECT 1 FROM case_accused AS a WHERE a.case_id = p.case_id AND a.who IN ($3, $4, $5, $6))
           AND (c.propose_time, c.case_id) < ($7, $8)
         ORDER BY c.propose_time DESC, c.case_id DESC
         LIMIT $9",
        id,
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        time,
        case_id,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

fn wait_time(problem: &Problem) -> i64 {
    problem.waits_from().unwrap_or(Ts::from_micros(i64::MAX)).micros()
}

fn snapshot(problem: &Problem) -> Result<String, Error> {
    serde_json::to_string(problem).map_err(|_| Error::Corrupt("problems.snapshot"))
}

fn parse(json: &str) -> Result<Problem, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("problems.snapshot"))
}
