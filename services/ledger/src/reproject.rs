//! Deadlines are worked out again when another edition of the calendar is in force, and each case says so in its history.

use std::time::Duration;

use sanben_bus::record;
use sanben_clock::{Projection, Ts};
use sanben_db::Tx;
use sanben_host::{App, Edition, Error};
use sanben_proto::ledger::ClockKind;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::case::{Case, Event, Projected, Reply, verdict};
use crate::store::clocks::{self, Running};
use crate::store::{Index, duties, index};
use crate::{calendars, drafts, on_intake, store, verb};

const CHUNK: i64 = 200;
const LOOK_SECS: u64 = 2;

/// Looks until the process stops for what was worked out with an earlier edition: when another is in force, and when a replica that had not
/// heard of it yet has kept a case since. Several replicas may do it at once: a case is worked out again once.
pub async fn follow(app: App, stop: CancellationToken) {
    loop {
        match look(&app).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "deadlines were worked out again"),
            Err(error) => tracing::warn!(?error, "deadlines wait to be worked out again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(LOOK_SECS)) => {}
        }
    }
}

async fn look(app: &App) -> Result<usize, Error> {
    let oldest = app.db.read(async |tx: &mut Tx| clocks::oldest_edition(tx).await).await?;
    if oldest.is_some_and(|oldest| oldest < app.editions.current().number) { run(app).await } else { Ok(0) }
}

/// Works out again whatever was worked out with an earlier edition; how many cases said so.
///
/// # Errors
/// When the store does not answer; what was done is done.
pub async fn run(app: &App) -> Result<usize, Error> {
    let (edition, mut after, mut count) = (app.editions.current().number, Uuid::nil(), 0);
    loop {
        let chunk = app.db.read(async |tx: &mut Tx| clocks::of_earlier_editions(tx, edition, after, CHUNK).await).await?;
        let Some(last) = chunk.last() else { return Ok(count) };
        after = *last;
        for case_id in chunk {
            match app.db.write(async |tx: &mut Tx| again(tx, app, case_id).await).await {
                Ok(said) => count += usize::from(said),
                Err(error @ (sanben_db::Error::Corrupt(_) | sanben_db::Error::Conflict)) => {
                    tracing::error!(%case_id, %error, "the days of a case cannot be worked out again now")
                }
                Err(error) => return Err(error.into()),
            }
            app.log.wake();
        }
    }
}

/// Whether anything of the case is other than it was.
async fn again(tx: &mut Tx, app: &App, case_id: Uuid) -> Result<bool, sanben_db::Error> {
    calendars::catch_up(tx, &app.editions).await?;
    store::take_turn(tx, case_id).await?;
    let Some(mut case) = store::find(tx, case_id).await? else { return Ok(false) };
    let (now, revision) = (app.clock.now(), case.revision);
    project(tx, app, &mut case, now).await?;
    drafts::lapse(tx, app, &mut case, now).await?;
    if case.revision == revision {
        index::set(tx, case_id, &case, &without_past(verb::index(app, &case), now)).await?;
        return Ok(false);
    }
    store::update(tx, &case, revision, &without_past(verb::index(app, &case), now)).await?;
    Ok(true)
}

/// Rights that are over, whatever notice is to come, are not worked out again each year.
fn without_past(found_by: Index, now: Ts) -> Index {
    let mut found_by = found_by;
    found_by.clocks.retain(|one| !one.is_past_right(now));
    found_by
}

/// The case as it is by the newest calendar, before anybody judges, reopens or strikes off by a window that is over by an earlier one only. Called
/// in its turn, before a verb is decided on; nothing happens unless the window moves. `asked`: when it must be open.
///
/// # Errors
/// When the store does not answer.
pub async fn catch_up(tx: &mut Tx, app: &App, case: &mut Case, asked: Ts) -> Result<(), sanben_db::Error> {
    if case.state.reply().is_none() {
        return Ok(());
    }
    calendars::catch_up(tx, &app.editions).await?;
    if verdict::moved(case, &app.calendar(), asked).is_none() { Ok(()) } else { project(tx, app, case, asked).await }
}

/// Days that are other ones now, recorded in its history. `asked`: a window that was over by then does not open again.
async fn project(tx: &mut Tx, app: &App, case: &mut Case, asked: Ts) -> Result<(), sanben_db::Error> {
    let Edition { number: edition, calendar } = app.editions.current();
    // What a replica with an older calendar has kept since is put right, and the history names each edition once.
    let mut days = match case.projected.is_some_and(|last| last >= edition) {
        true => Vec::new(),
        false => projected(&clocks::of_case(tx, case.id).await?, &verb::index(app, case).clocks),
    };
    if let Some((reply, window)) = case.state.reply().zip(verdict::moved(case, &calendar, asked)) {
        days.retain(|one| one.kind != ClockKind::Verdict);
        days.push(later(reply, &window));
        // What could be done when it was over can be done later now.
        duties::forget_since(tx, case.id, reply.over_from()).await?;
    }
    if !days.is_empty() {
        record::<Case>(tx, &app.clock, app.clock.now(), &on_intake::itself(), case, &[Event::Projected { edition, days }]).await?;
    }
    Ok(())
}

/// The window for a verdict ends later now.
fn later(reply: &Reply, window: &Projection) -> Projected {
    let (before, after) = (reply.verdict_deadline.date().to_string(), window.due.date().to_string());
    Projected { kind: ClockKind::Verdict, subject: String::new(), before, after, provisional: window.provisional }
}

/// Clocks whose day has moved, or is certain now.
fn projected(before: &[Running], after: &[Running]) -> Vec<Projected> {
    let same = |one: &Running, other: &Running| (one.kind, &one.subject, one.turn) == (other.kind, &other.subject, other.turn);
    let pairs = after.iter().filter_map(|now| before.iter().find(|was| same(was, now)).map(|was| (was, now)));
    let moved = pairs.filter(|(was, now)| was.due.date() != now.due.date() || was.provisional != now.provisional);
    moved
        .map(|(was, now)| Projected {
            kind: now.kind,
            subject: now.subject.clone(),
            before: was.due.date().to_string(),
            after: now.due.date().to_string(),
            provisional: now.provisional,
        })
        .collect()
}
