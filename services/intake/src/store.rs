//! SQL of intake, and nothing else. "Not found" is `Ok(None)`.

use sanben_clock::{Ts, Year};
use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use sanben_proto::kinds::{Channel, PublicStep};
use uuid::Uuid;

use crate::submission::{External, State, Submission};

/// A step that the person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: PublicStep,
    pub time: Ts,
}

/// Which submissions a list asks for, and what its reader may see.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The reader's unit and those above it, at most three; a submission about one of them is not there.
    pub units: Vec<String>,
    pub person: String,
    pub state: Option<State>,
    pub channel: Option<Channel>,
    /// Where the page before ended.
    pub before: Option<Key>,
    pub limit: i64,
}

/// Keeps a new submission.
pub async fn insert(tx: &mut Tx, submission: &Submission, receipt_hash: &[u8], root: &str, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO submissions (submission_id, revision, state, channel, receive_time, receipt_hash, snapshot)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        submission.id,
        submission.revision,
        state_number(submission.state),
        i64::from(submission.channel as i32),
        submission.received.micros(),
        receipt_hash,
        snapshot(submission)?,
    )?;
    sights(tx, submission, root, reach).await
}

/// Keeps a changed submission.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update(tx: &mut Tx, submission: &Submission, revision: i64, root: &str, reach: &[String]) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE submissions SET revision = $1, state = $2, snapshot = $3 WHERE submission_id = $4 AND revision = $5",
        submission.revision,
        state_number(submission.state),
        snapshot(submission)?,
        submission.id,
        revision,
    )?;
    if updated == 0 {
        return Err(Error::Conflict);
    }
    execute!(tx, "DELETE FROM submission_reach WHERE submission_id = $1", submission.id)?;
    execute!(tx, "DELETE FROM submission_accused WHERE submission_id = $1", submission.id)?;
    sights(tx, submission, root, reach).await
}

/// Who may find it, and who may not.
async fn sights(tx: &mut Tx, submission: &Submission, root: &str, reach: &[String]) -> Result<(), Error> {
    for unit in reach {
        execute!(tx, "INSERT INTO submission_reach (submission_id, unit_id) VALUES ($1, $2)", submission.id, unit.as_str())?;
    }
    let accused = submission.accused(root);
    let units = accused.units.iter().map(|unit| format!("u:{unit}"));
    let persons = accused.persons.iter().map(|person| format!("p:{person}"));
    for who in units.chain(persons) {
        execute!(
            tx,
            "INSERT INTO submission_accused (submission_id, who) VALUES ($1, $2) ON CONFLICT (submission_id, who) DO NOTHING",
            submission.id,
            who,
        )?;
    }
    Ok(())
}

/// Waits until nobody else is changing this submission; called before it is read to be changed. A row that is touched is locked until
/// the transaction ends.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE submissions SET revision = revision WHERE submission_id = $1", id)?;
    Ok(())
}

/// One submission.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Submission>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM submissions WHERE submission_id = $1", id)?;
    row.map(|(json,)| read(&json)).transpose()
}

/// The submission that a receipt code opens, by the hash of the code.
pub async fn find_by_receipt(tx: &mut Tx, receipt_hash: &[u8]) -> Result<Option<Submission>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM submissions WHERE receipt_hash = $1", receipt_hash)?;
    row.map(|(json,)| read(&json)).transpose()
}

/// Submissions that the reader may see, newest first.
pub async fn list(tx: &mut Tx, filter: &Filter) -> Result<Vec<Submission>, Error> {
    let unit = |n: usize| format!("u:{}", filter.units.get(n).map_or("", String::as_str));
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT s.snapshot
         FROM submissions AS s
         JOIN submission_reach AS r ON r.submission_id = s.submission_id AND r.unit_id = $1
         WHERE NOT EXISTS (SELECT 1 FROM submission_accused AS a
                           WHERE a.submission_id = s.submission_id AND a.who IN ($2, $3, $4, $5))
           AND ($6 = -1 OR s.state = $6)
           AND ($7 = 0 OR s.channel = $7)
           AND (s.receive_time, s.submission_id) < ($8, $9)
         ORDER BY s.receive_time DESC, s.submission_id DESC
         LIMIT $10",
        filter.units.first().map_or("", String::as_str),
        unit(0),
        unit(1),
        unit(2),
        format!("p:{}", filter.person),
        filter.state.map_or(-1, state_number),
        filter.channel.map_or(0, |channel| i64::from(channel as i32)),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// Submissions that wait for triage and that the reader may see, what waits longest first.
pub async fn list_to_do(tx: &mut Tx, filter: &Filter) -> Result<Vec<Submission>, Error> {
    let unit = |n: usize| format!("u:{}", filter.units.get(n).map_or("", String::as_str));
    let (time, id) = filter.before.unwrap_or((i64::MIN, Uuid::nil()));
    // The cross join has SQLite begin with what waits, in its order.
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT s.snapshot
         FROM submissions AS s
         CROSS JOIN submission_reach AS r
         WHERE r.submission_id = s.submission_id AND r.unit_id = $1
           AND NOT EXISTS (SELECT 1 FROM submission_accused AS a
                           WHERE a.submission_id = s.submission_id AND a.who IN ($2, $3, $4, $5))
           AND s.state = 1
           AND ($6 = -1 OR s.state = $6)
           AND ($7 = 0 OR s.channel = $7)
           AND (s.receive_time, s.submission_id) > ($8, $9)
         ORDER BY s.receive_time, s.submission_id
         LIMIT $10",
        filter.units.first().map_or("", String::as_str),
        unit(0),
        unit(1),
        unit(2),
        format!("p:{}", filter.person),
        filter.state.map_or(-1, state_number),
        filter.channel.map_or(0, |channel| i64::from(channel as i32)),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// Notes what another authority calls it.
///
/// # Errors
/// [`Error::Conflict`] when it handed over a matter of this number before.
pub async fn insert_external(tx: &mut Tx, external: &External, submission: Uuid) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO external_numbers (authority, number, submission_id) VALUES ($1, $2, $3)",
        external.authority.as_str(),
        external.number.as_str(),
        submission,
    )?;
    Ok(())
}

/// The submission that another authority handed over under a number.
pub async fn find_external(tx: &mut Tx, external: &External) -> Result<Option<Uuid>, Error> {
    let sql = "SELECT submission_id FROM external_numbers WHERE authority = $1 AND number = $2";
    let row = fetch_optional!(tx, (Uuid,), sql, external.authority.as_str(), external.number.as_str())?;
    Ok(row.map(|(submission,)| submission))
}

/// Notes a step that the person sees.
pub async fn add_step(tx: &mut Tx, step_id: Uuid, submission: Uuid, step: Step) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO receipt_steps (step_id, submission_id, step, step_time) VALUES ($1, $2, $3, $4)",
        step_id,
        submission,
        i64::from(step.step as i32),
        step.time.micros(),
    )?;
    Ok(())
}

/// The steps that the person sees, oldest first; the last 200.
pub async fn steps(tx: &mut Tx, submission: Uuid) -> Result<Vec<Step>, Error> {
    let rows = fetch_all!(
        tx,
        (i64, i64),
        "SELECT step, step_time FROM receipt_steps WHERE submission_id = $1 ORDER BY step_time DESC, step_id DESC LIMIT 200",
        submission,
    )?;
    rows.into_iter()
        .rev()
        .map(|(step, time)| {
            let step = i32::try_from(step).ok().and_then(|step| PublicStep::try_from(step).ok());
            Ok(Step { step: step.ok_or(Error::Corrupt("receipt_steps.step"))?, time: Ts::from_micros(time) })
        })
        .collect()
}

/// Keeps what the desk wrote to the person.
pub async fn insert_answer(tx: &mut Tx, submission: Uuid, text: &str, at: Ts) -> Result<(), Error> {
    execute!(tx, "INSERT INTO answers (submission_id, text, answer_time) VALUES ($1, $2, $3)", submission, text, at.micros())?;
    Ok(())
}

/// What the desk wrote to the person, and when, the newest first; at most 20.
pub async fn answers(tx: &mut Tx, submission: Uuid) -> Result<Vec<(String, Ts)>, Error> {
    let rows = fetch_all!(
        tx,
        (String, i64),
        "SELECT text, answer_time FROM answers WHERE submission_id = $1 ORDER BY answer_time DESC LIMIT 20",
        submission,
    )?;
    Ok(rows.into_iter().map(|(text, at)| (text, Ts::from_micros(at))).collect())
}

fn state_number(state: State) -> i64 {
    i64::from(state.named() as i32)
}

fn snapshot(submission: &Submission) -> Result<String, Error> {
    serde_json::to_string(submission).map_err(|_| Error::Corrupt("submissions.snapshot"))
}

fn read(json: &str) -> Result<Submission, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("submissions.snapshot"))
}

/// Notes which unit entered a person into the vault.
pub async fn insert_party(tx: &mut Tx, party_ref: Uuid, unit: &str) -> Result<(), Error> {
    execute!(tx, "INSERT INTO parties (party_ref, unit_id) VALUES ($1, $2)", party_ref, unit)?;
    Ok(())
}

/// The unit that entered a person.
pub async fn party_unit(tx: &mut Tx, party_ref: Uuid) -> Result<Option<String>, Error> {
    Ok(fetch_optional!(tx, (String,), "SELECT unit_id FROM parties WHERE party_ref = $1", party_ref)?.map(|(unit,)| unit))
}

/// How many events something has seen.
pub async fn revision_of(tx: &mut Tx, aggregate_id: Uuid) -> Result<Option<i64>, Error> {
    Ok(fetch_optional!(tx, (Option<i64>,), "SELECT MAX(revision) FROM events WHERE aggregate_id = $1", aggregate_id)?
        .and_then(|(revision,)| revision))
}

/// Keeps what the ledger said of the calendar; what is there already stays.
pub async fn keep_calendar(tx: &mut Tx, edition: i64, year: &Year) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO calendar_editions (edition, csv) VALUES ($1, $2) ON CONFLICT (edition) DO NOTHING",
        edition,
        year.to_string(),
    )?;
    Ok(())
}

/// The editions of the calendar after `edition`, oldest first.
pub async fn calendar_after(tx: &mut Tx, edition: i64, limit: i64) -> Result<Vec<(i64, Year)>, Error> {
    let rows = fetch_all!(
        tx,
        (i64, String),
        "SELECT edition, csv FROM calendar_editions WHERE edition > $1 ORDER BY edition LIMIT $2",
        edition,
        limit,
    )?;
    let read = |(edition, csv): (i64, String)| Year::try_from(csv).map(|year| (edition, year));
    rows.into_iter().map(read).collect::<Result<_, _>>().map_err(|_| Error::Corrupt("calendar_editions.csv"))
}
