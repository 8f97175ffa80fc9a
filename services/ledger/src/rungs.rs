//! Clocks that have come so far: what follows is drafted in working hours, once for as far as they have come, whichever replica is the first to see it.

use std::time::Duration;

use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Error};
use sanben_proto::ledger::{DraftKind, DraftState};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::case::clock::presets;
use crate::case::draft::next_number;
use crate::case::rung::{self, Due};
use crate::case::{Case, Draft};
use crate::store::clocks;
use crate::{calendars, ladder, on_intake, store, verb};

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
pub async fn follow(app: App, stop: CancellationToken) {
    let mut held: Option<Held> = None;
    loop {
        let now = app.clock.now();
        held = held.filter(|held| now < held.until && held.looks < LOOKS_HELD_MAX);
        let from = held.as_ref().map_or(Ts::from_micros(i64::MIN), |held| held.up_to);
        match sweep(&app, from).await {
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
pub async fn sweep(app: &App, from: Ts) -> Result<Swept, Error> {
    let (now, mut swept, mut after) = (app.clock.now(), Swept::default(), (from.micros(), Uuid::max()));
    loop {
        let chunk = app.db.read(async |tx: &mut Tx| clocks::with_rungs_due(tx, now, after, CHUNK).await).await?;
        let Some(last) = chunk.last() else { return Ok(swept) };
        after = *last;
        for (_, case_id) in chunk {
            match app.db.write(async |tx: &mut Tx| turn(tx, app, case_id).await).await {
                Ok(Turn::Nothing) => {}
                Ok(Turn::Reached(count)) => {
                    swept.reached += count;
                    app.log.wake();
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
async fn turn(tx: &mut Tx, app: &App, case_id: Uuid) -> Result<Turn, Error> {
    // A rung cannot be taken back, so it is reached by no calendar that another replica has replaced.
    calendars::catch_up(tx, &app.editions).await?;
    store::take_turn(tx, case_id).await?;
    let Some(mut case) = store::find(tx, case_id).await? else { return Ok(Turn::Nothing) };
    let (now, edition) = (app.clock.now(), app.editions.current());
    let due = rung::due(&case, &edition.calendar, now);
    if due.is_empty() {
        let open = edition.calendar.next_open(&presets(&case).hours, now);
        // What another edition has moved is worked out again elsewhere, which says so in the history.
        let known = clocks::of_case(tx, case_id).await?.iter().all(|row| row.edition == edition.number);
        if known {
            clocks::set(tx, case_id, &verb::index(app, &case).clocks).await?;
        }
        return Ok(if open > now { Turn::Held(open) } else { Turn::Nothing });
    }
    let (revision, count) = (case.revision, due.iter().filter(|one| !one.again).count());
    for one in due {
        let event = rung::reached(&one, now, drafts(app, &case, &one, now));
        record(tx, &app.clock, now, &on_intake::itself(), &mut case, &[event]).await?;
    }
    store::update(tx, &case, revision, &verb::index(app, &case)).await?;
    Ok(Turn::Reached(count))
}

/// What is drafted, for whom.
fn drafts(app: &App, case: &Case, of: &Due, at: Ts) -> Vec<Draft> {
    let Due { clock, rung, due, .. } = of;
    let to = ladder::addressed(app, case, clock.kind, &clock.subject, at);
    let draft = |(number, kind): (i32, DraftKind)| Draft {
        id: app.clock.id(),
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
