//! Clocks.

pub mod projection;
pub mod store;
pub mod view;

use sanben_clock::{Projection, Ts};
use sanben_host::App;
use sanben_ledger_rules::case::{
    Case, State,
    clock::{self, Clock},
    rung, verdict,
};
use sanben_proto::ledger::{ClockKind, ClockState};

use self::store::Running;

/// The duties and rights that run in a case now, as they are kept.
pub fn running(app: &App, case: &Case) -> Vec<Running> {
    let edition = app.editions.current();
    let last = Ts::from_micros(i64::MAX);
    // What has to move yet is found as of an earlier edition.
    let moves = verdict::moved(case, &edition.calendar, app.clock.now()).is_some();
    let running = |(clock, projected): (Clock, Projection)| Running {
        edition: if moves && clock.kind == ClockKind::Verdict { edition.number - 1 } else { edition.number },
        rung: rung::next(case, &clock, &projected, &edition.calendar).unwrap_or(last),
        paused: clock.state() == ClockState::Paused,
        kind: clock.kind,
        subject: clock.subject,
        turn: clock.turn,
        due: projected.due,
        warn: projected.warn,
        over: projected.over,
        provisional: projected.provisional,
    };
    let all = clock::running(case, &edition.calendar).into_iter().chain(clock::rights(case, &edition.calendar));
    // Nobody touches an archived case again, so what is over in it is not worked out again each year.
    let (now, done) = (app.clock.now(), matches!(case.state, State::Archived { .. }) && !moves);
    all.map(running).filter(|one| !done || !one.is_past_right(now)).collect()
}
