//! Clocks: what runs in a case, until when, and what it is found by. A day that is due is never kept as a fact.
//! `services/ledger/rules/src/case/clock.rs` works the clocks out of what has happened to the case and the presets by which it was
//! opened, and `libs/clock/src/term.rs` when each ends: a budget in calendar days, workdays or work hours, which never convert, and
//! a ledger of pauses. The rows of this room are worked out anew whenever the case is kept, so that it is found by its time.
//!
//! Which clocks there are:
//!
//! * 办结 (finish) runs from receipt. Of a petition it runs from when its person was told of the path (受理), at the latest from the
//!   last day for telling, so nobody gains time by telling late. It stops with the reply and begins anew when the matter is taken
//!   up again.
//! * Beside it run 告知 (telling the path), 首次联系 (first contact), 补签 (the chief's signature that follows), 协办 (each assisting unit),
//!   the due day of another authority, an urging's answer, and a superior's decision.
//! * 异议 (objection) and 评价 (verdict) are rights: they end without anybody being late.
//!
//! How a clock stands still: a chief stops 办结 with a ground and an authority (`PauseCase`), chief or handler let it run again
//! (`ResumeCase`), and the person is told of both. Nothing that was used is forgotten: a day counts if the clock runs at its last
//! instant. What stands still is neither yellow nor red unless it was before. The colour of a case follows from its clocks and
//! needs nobody.
//!
//! One day is kept, because somebody was told it: until when a person may judge a reply and have the matter taken up again. It
//! moves later with the calendar (`moved` in `services/ledger/rules/src/case/verdict.rs`), whatever became of the case since, and
//! never earlier. Everybody else asks for it.
//!
//! Says and hears nothing itself; `deadline` acts on these rows.

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
