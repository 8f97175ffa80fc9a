//! SQL of the duties and rights that run in cases, for whatever has to find them by their time. They are worked out again from
//! the case each time it is kept.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_one};
use sanben_host::Key;
use sanben_proto::ledger::ClockKind;
use uuid::Uuid;

use sanben_ledger_rules::case::clock::is_right;

/// A clock that runs or stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub kind: ClockKind,
    pub subject: String,
    pub turn: i64,
    pub due: Ts,
    pub warn: Ts,
    pub over: Ts,
    pub paused: bool,
    pub provisional: bool,
    /// The edition of the calendar it was worked out with.
    pub edition: i64,
    /// When its next rung falls due; the last instant there is if it has none before it.
    pub rung: Ts,
}

impl Running {
    /// A right that is over, whatever notice is to come.
    pub fn is_past_right(&self, now: Ts) -> bool {
        is_right(self.kind) && !self.provisional && self.due < now
    }
}

type Row = (i64, String, i64, i64, i64, i64, i64, i64, i64, i64);

/// What runs in a case now; rows are touched only if something of it has changed.
pub async fn set(tx: &mut Tx, case_id: Uuid, running: &[Running]) -> Result<(), Error> {
    let before = of_case(tx, case_id).await?;
    for gone in before.iter().filter(|one| !running.contains(one)) {
        execute!(
            tx,
            "DELETE FROM clocks WHERE case_id = $1 AND kind = $2 AND subject = $3 AND turn = $4",
            case_id,
            i64::from(gone.kind as i32),
            gone.subject.as_str(),
            gone.turn,
        )?;
    }
    for new in running.iter().filter(|one| !before.contains(one)) {
        execute!(
            tx,
            "INSERT INTO clocks (case_id, kind, subject, turn, due_time, warn_time, over_time, paused, provisional, edition, rung_time)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            case_id,
            i64::from(new.kind as i32),
            new.subject.as_str(),
            new.turn,
            new.due.micros(),
            new.warn.micros(),
            new.over.micros(),
            i64::from(new.paused),
            i64::from(new.provisional),
            new.edition,
            new.rung.micros(),
        )?;
    }
    Ok(())
}

/// What runs in a case, in no order that matters.
pub async fn of_case(tx: &mut Tx, case_id: Uuid) -> Result<Vec<Running>, Error> {
    let rows = fetch_all!(
        tx,
        Row,
        "SELECT kind, subject, turn, due_time, warn_time, over_time, paused, provisional, edition, rung_time
         FROM clocks
         WHERE case_id = $1
         ORDER BY kind, subject, turn",
        case_id,
    )?;
    rows.into_iter().map(running).collect()
}

/// The earliest edition that something was worked out with; nothing if nothing runs.
pub async fn oldest_edition(tx: &mut Tx) -> Result<Option<i64>, Error> {
    Ok(fetch_one!(tx, (Option<i64>,), "SELECT MIN(edition) FROM clocks")?.0)
}

/// Cases with a clock that was worked out with an earlier edition, in the order of their ids, after `after`.
pub async fn of_earlier_editions(tx: &mut Tx, edition: i64, after: Uuid, limit: i64) -> Result<Vec<Uuid>, Error> {
    let rows = fetch_all!(
        tx,
        (Uuid,),
        "SELECT DISTINCT case_id FROM clocks WHERE edition < $1 AND case_id > $2 ORDER BY case_id LIMIT $3",
        edition,
        after,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Cases with a rung that is due at `now`, in the order in which they are, each once with its first one, after `after`.
pub async fn with_rungs_due(tx: &mut Tx, now: Ts, after: Key, limit: i64) -> Result<Vec<Key>, Error> {
    let (time, id) = after;
    fetch_all!(
        tx,
        (i64, Uuid),
        "SELECT c.rung_time, c.case_id
         FROM clocks AS c
         WHERE c.rung_time <= $1 AND (c.rung_time, c.case_id) > ($2, $3)
           AND NOT EXISTS (SELECT 1 FROM clocks AS earlier WHERE earlier.case_id = c.case_id AND earlier.rung_time < c.rung_time)
         GROUP BY c.rung_time, c.case_id
         ORDER BY c.rung_time, c.case_id
         LIMIT $4",
        now.micros(),
        time,
        id,
        limit,
    )
}

fn running((kind, subject, turn, due, warn, over, paused, provisional, edition, rung): Row) -> Result<Running, Error> {
    let kind = i32::try_from(kind).ok().and_then(|kind| ClockKind::try_from(kind).ok()).ok_or(Error::Corrupt("clocks.kind"))?;
    let (due, warn, over, rung) = (Ts::from_micros(due), Ts::from_micros(warn), Ts::from_micros(over), Ts::from_micros(rung));
    Ok(Running { kind, subject, turn, due, warn, over, paused: paused == 1, provisional: provisional == 1, edition, rung })
}
