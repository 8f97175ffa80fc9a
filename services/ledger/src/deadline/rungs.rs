//! Clocks that have come so far: what follows is drafted in working hours, once for as far as they have come, whichever replica
//! is the first to see it.

use std::time::Duration;

use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::Error;
use sanben_proto::ledger::{DraftKind, DraftState};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use sanben_ledger_rules::case::{
    Case, Draft,
    clock::presets,
    draft::next_number,
    rung::{self, Due},
};

use crate::case::{approval_chain, ledger::Ledger, reproject::itself, store};
use crate::catalogue::calendar;
use crate::clock::{self, store as rows};

const CHUNK: i64 = 200;
const LOOK_SECS: u64 = 1;
/// After so many looks, what was held is tried again whatever it waits for: a case that could not be read, another calendar.
const LOOKS_HELD_MAX: u32 = 60;

/// What came of a sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// So many rungs were reached.
    pub reached: usize,
    /// Whether something is left that could not be looked at.
    pub failed: bool,
    /// What is due after hours is due again then.
    pub held_until: Option<Ts>,
}

/// What became of a case.
enum Turn {
    Nothing,
    /// So many rungs; what is drafted again reaches none.
    Reached(usize),
    /// The offices are closed until then.
    Held(Ts),
}

/// What was due up to an instant, and has to wait.
struct Held {
    up_to: Ts,
    until: Ts,
    looks: u32,
}

/// Follows the clocks until the process stops. Several replicas may do it at once: each rung is reached once.
pub async fn follow(ledger: Ledger, stop: CancellationToken) {
    let mut held: Option<Held> = None;
    loop {
        let now = ledger.clock.now();
        held = held.filter(|held| now < held.until && held.looks < LOOKS_HELD_MAX);
        let from = held.as_ref().map_or(Ts::from_micros(i64::MIN), |held| held.up_to);
        match sweep(&ledger, from).await {
            Ok(swept) if swept.failed || swept.held_until.is_some() => {
                let until = swept.held_until.unwrap_or(Ts::from_micros(i64::MAX));
                let (until, looks) = held.map_or((until, 0), |held| (held.until.min(until), held.looks));
                held = Some(Held { up_to: now, until, looks });
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(?error, "what is due waits to be looked at"),
        }
        held = held.map(|held| Held { looks: held.looks + 1, ..held });
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(LOOK_SECS)) => {}
        }
    }
}

/// Lets every clock reach what it is due to reach now, if that was due after `from`; each case in a transaction of its own.
///
/// # Errors
/// When the store does not answer; what was done is done. A case that cannot be read is left out.
pub async fn sweep(ledger: &Ledger, from: Ts) -> Result<Swept, Error> {
    let (now, mut swept, mut after) = (ledger.clock.now(), Swept::default(), (from.micros(), Uuid::max()));
    loop {
        let chunk = ledger.db.read(async |tx: &mut Tx| rows::with_rungs_due(tx, now, after, CHUNK).await).await?;
        let Some(last) = chunk.last() else { return Ok(swept) };
        after = *last;
        for (_, case_id) in chunk {
            match ledger.db.write(async |tx: &mut Tx| turn(tx, ledger, case_id).await).await {
                Ok(Turn::Nothing) => {}
                Ok(Turn::Reached(count)) => {
                    swept.reached += count;
                    ledger.log.wake();
                }
                Ok(Turn::Held(until)) => swept.held_until = Some(swept.held_until.map_or(until, |one| one.min(until))),
                Err(error) => {
                    tracing::error!(%case_id, ?error, "what is due of a case cannot be looked at");
                    swept.failed = true;
                }
            }
        }
    }
}

/// Looks at a case as it is in its turn, with the present calendar, whatever its rows say.
async fn turn(tx: &mut Tx, ledger: &Ledger, case_id: Uuid) -> Result<Turn, Error> {
    // A rung cannot be taken back, so it is reached by no calendar that another replica has replaced.
    calendar::catch_up(tx, &ledger.editions).await?;
    store::take_turn(tx, case_id).await?;
    let Some(before) = store::find(tx, case_id).await? else { return Ok(Turn::Nothing) };
    let mut case = before.clone();
    let (now, edition) = (ledger.clock.now(), ledger.editions.current());
    let due = rung::due(&case, &edition.calendar, now);
    if due.is_empty() {
        let open = edition.calendar.next_open(&presets(&case).hours, now);
        // What another edition has moved is worked out again elsewhere, which says so in the history.
        let known = rows::of_case(tx, case_id).await?.iter().all(|row| row.edition == edition.number);
        if known {
            rows::set(tx, case_id, &clock::running(ledger, &case)).await?;
        }
        return Ok(if open > now { Turn::Held(open) } else { Turn::Nothing });
    }
    let count = due.iter().filter(|one| !one.again).count();
    for one in due {
        let event = rung::reached(&one, now, drafts(ledger, &case, &one, now));
        record(tx, &ledger.clock, now, &itself(), &mut case, &[event]).await?;
    }
    ledger.keep(tx, &before, &case).await?;
    Ok(Turn::Reached(count))
}

/// What is drafted, for whom.
fn drafts(ledger: &Ledger, case: &Case, of: &Due, at: Ts) -> Vec<Draft> {
    let Due { clock, rung, due, .. } = of;
    let to = approval_chain::addressed(ledger, case, clock.kind, &clock.subject, at);
    let draft = |(number, kind): (i32, DraftKind)| Draft {
        id: ledger.clock.id(),
        number,
        kind,
        state: DraftState::Open,
        clock: clock.kind,
        subject: clock.subject.clone(),
        turn: clock.turn,
        rung: *rung,
        unit: to.unit.clone(),
        signer: to.signer(kind).to_owned(),
        at,
        due: *due,
    };
    (next_number(case)..).zip(rung::drafted(case, clock, *rung)).map(draft).collect()
}
