//! What follows for a case by itself when its clocks are moved: days that are other ones, drafts that have lost their ground.

use sanben_bus::{Actor, record};
use sanben_clock::{Projection, Ts};
use sanben_db::Tx;
use sanben_host::{App, Edition};
use sanben_ledger_rules::case::{Case, Event, Projected, Reply, draft::groundless, verdict};
use sanben_proto::ledger::ClockKind;

use crate::catalogue::calendar;
use crate::clock::{
    self,
    store::{self as rows, Running},
};

/// The case as it is by the newest calendar, before anybody judges, reopens or strikes off by a window that is over by an earlier one only. Called
/// in its turn, before a verb is decided on; nothing happens unless the window moves. `asked`: when it must be open.
///
/// # Errors
/// When the store does not answer.
pub async fn catch_up(tx: &mut Tx, app: &App, case: &mut Case, asked: Ts) -> Result<(), sanben_db::Error> {
    if case.state.reply().is_none() {
        return Ok(());
    }
    calendar::catch_up(tx, &app.editions).await?;
    if verdict::moved(case, &app.calendar(), asked).is_none() { Ok(()) } else { project(tx, app, case, asked).await }
}

/// Days that are other ones now, recorded in its history. `asked`: a window that was over by then does not open again.
pub async fn project(tx: &mut Tx, app: &App, case: &mut Case, asked: Ts) -> Result<(), sanben_db::Error> {
    let Edition { number: edition, calendar } = app.editions.current();
    // What a replica with an older calendar has kept since is put right, and the history names each edition once.
    let mut days = match case.projected.is_some_and(|last| last >= edition) {
        true => Vec::new(),
        false => projected(&rows::of_case(tx, case.id).await?, &clock::running(app, case)),
    };
    if let Some((reply, window)) = case.state.reply().zip(verdict::moved(case, &calendar, asked)) {
        days.retain(|one| one.kind != ClockKind::Verdict);
        days.push(later(reply, &window));
    }
    if !days.is_empty() {
        record::<Case>(tx, &app.clock, app.clock.now(), &itself(), case, &[Event::Projected { edition, days }]).await?;
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

/// Lets lapse what has lost its ground, because a clock of the case was moved. Called before the case is kept; whether anything did.
pub async fn lapse(tx: &mut Tx, app: &App, case: &mut Case, now: Ts) -> Result<bool, sanben_db::Error> {
    if groundless(case, &app.calendar(), now).is_empty() {
        return Ok(false);
    }
    // By no calendar that another replica has replaced.
    calendar::catch_up(tx, &app.editions).await?;
    let numbers = groundless(case, &app.calendar(), now);
    let lapsed = !numbers.is_empty();
    if lapsed {
        record::<Case>(tx, &app.clock, now, &itself(), case, &[Event::DraftsLapsed { numbers }]).await?;
    }
    Ok(lapsed)
}

/// The service, as the history names it.
pub fn itself() -> Actor {
    Actor { person: "service:ledger".to_owned(), role: "service".to_owned(), ..Actor::default() }
}
