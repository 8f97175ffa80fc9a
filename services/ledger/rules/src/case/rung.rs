//! How far clocks have come: near their end, overdue, long over. Each rung is reached once by each clock, in that order, while
//! the clock runs and the offices are open.

use std::time::Duration;

use sanben_clock::{Calendar, Projection, Ts};
use sanben_proto::ledger::{ClockKind, ClockState, DraftKind, Rung};
use serde::{Deserialize, Serialize};

use super::clock::{self, Clock, presets};
use super::{Case, Draft, Event, draft};

/// A rung that a clock has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub kind: ClockKind,
    pub subject: String,
    pub turn: i64,
    pub rung: Rung,
    pub at: Ts,
}

/// A rung that a clock is to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub clock: Clock,
    pub rung: Rung,
    /// The first instant at which it may: the offices are open.
    pub time: Ts,
    /// When the clock is or was due.
    pub due: Ts,
    /// The rung was reached before. The letter or the order that it drafted has lapsed, since the clock stood still, was moved, or was another
    /// unit's to answer for; now it has come as far again.
    pub again: bool,
}

/// Rights have none, and neither has the answer to an urging: whoever has urged sees to it. Of what several authorities wait for, which is the same
/// reply, the first day has them.
fn has_rungs(case: &Case, clock: &Clock) -> bool {
    match clock.kind {
        ClockKind::Finish
        | ClockKind::PathNotice
        | ClockKind::FirstContact
        | ClockKind::Signature
        | ClockKind::Assistance
        | ClockKind::AppealDecision => true,
        ClockKind::External => {
            let days = clock::externals(case).into_iter().filter_map(|(name, _, one)| clock::day(&one.due).map(|day| (day, name)));
            days.min().is_some_and(|(_, first)| first == clock.subject)
        }
        ClockKind::Unspecified | ClockKind::UrgingAnswer | ClockKind::Objection | ClockKind::Verdict => false,
    }
}

/// When a clock comes so far.
pub fn instant(rung: Rung, projected: &Projection) -> Ts {
    match rung {
        Rung::Warn => projected.warn,
        Rung::Due | Rung::Unspecified => projected.due.plus(Duration::from_micros(1)),
        Rung::Over => projected.over,
    }
}

/// The rungs that a clock has before it, and the one that drafts again. What stands still, or has stopped, reaches none; what has no time to use up
/// is never near its end.
fn ahead(case: &Case, clock: &Clock, projected: &Projection, calendar: &Calendar) -> impl Iterator<Item = Due> {
    let same = |one: &&Reached| (one.kind, &one.subject, one.turn) == (clock.kind, &clock.subject, clock.turn);
    let last = case.rungs.iter().filter(same).map(|one| one.rung as i32).max().unwrap_or_default();
    let runs = has_rungs(case, clock) && clock.state() == ClockState::Running;
    let lapsed = draft::lapsed(case, clock, last);
    let all = [Rung::Warn, Rung::Due, Rung::Over].map(|rung| (rung, instant(rung, projected)));
    let (start, due, hours) = (clock.start, projected.due, &presets(case).hours);
    all.into_iter()
        .filter(move |(rung, at)| runs && (*rung as i32 > last || Some(*rung) == lapsed) && (*rung != Rung::Warn || *at > start))
        .map(move |(rung, at)| {
            let (time, again) = (calendar.next_open(hours, at), rung as i32 <= last);
            Due { clock: clock.clone(), rung, time, due, again }
        })
}

/// When a clock reaches its next rung, if it goes on running; nothing if it has none before it.
pub fn next(case: &Case, clock: &Clock, projected: &Projection, calendar: &Calendar) -> Option<Ts> {
    ahead(case, clock, projected, calendar).map(|due| due.time).next()
}

/// The rungs that the clocks of a case are to reach now, in the order in which they should have; none while the offices are closed.
pub fn due(case: &Case, calendar: &Calendar, now: Ts) -> Vec<Due> {
    if calendar.next_open(&presets(case).hours, now) != now {
        return Vec::new();
    }
    let running = clock::running(case, calendar);
    let ahead = running.iter().flat_map(|(clock, projected)| ahead(case, clock, projected, calendar));
    let mut all: Vec<Due> = ahead.filter(|due| due.time <= now).collect();
    // For what has come further nobody is reminded any more; an order stands beside what follows it.
    let further: Vec<Clock> = all.iter().filter(|due| !due.again).map(|due| due.clock.clone()).collect();
    all.retain(|due| !due.again || due.rung == Rung::Due || !further.contains(&due.clock));
    all.sort_by(|one, other| {
        let order = |due: &Due| (due.time, due.rung as i32, due.clock.kind as i32);
        order(one).cmp(&order(other)).then_with(|| one.clock.subject.cmp(&other.clock.subject))
    });
    all
}

/// What a rung has a person sign, but for what waits to be signed already, such as a bulletin from before the case was moved to another track.
pub fn drafted(case: &Case, clock: &Clock, rung: Rung) -> impl Iterator<Item = DraftKind> {
    let all: &[DraftKind] = match rung {
        Rung::Unspecified => &[],
        Rung::Warn => &[DraftKind::Letter],
        Rung::Due => &[DraftKind::Order],
        // It is with discipline already.
        Rung::Over if case.referral.is_some() => &[DraftKind::Bulletin],
        Rung::Over => &[DraftKind::Bulletin, DraftKind::Referral],
    };
    all.iter().copied().filter(|kind| !case.drafts.iter().any(|one| one.is_open() && one.kind == *kind && one.is_of(clock)))
}

/// That a clock has come so far, or as far again, with what that has drafted.
pub fn reached(of: &Due, at: Ts, drafts: Vec<Draft>) -> Event {
    let Due { clock, rung, again, .. } = of;
    match again {
        true => Event::DraftsRenewed { drafts },
        false => Event::RungReached { kind: clock.kind, subject: clock.subject.clone(), turn: clock.turn, rung: *rung, at, drafts },
    }
}

/// Lets a rung have been reached. What an earlier turn of the same kind has reached can never come again.
pub fn reach(case: &mut Case, reached: Reached, drafts: &[Draft]) {
    case.rungs.retain(|one| one.kind != reached.kind || one.turn == reached.turn);
    case.rungs.push(reached);
    case.drafts.extend(drafts.iter().cloned());
}
