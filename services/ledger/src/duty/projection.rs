//! Keeps who must do what in a case.

use futures::future::BoxFuture;
use sanben_clock::Calendar;
use sanben_db::Tx;
use sanben_host::App;
use sanben_ledger_rules::case::{
    Case,
    duty::{self, Duty},
};

use super::store::{self, NEVER, Waiting};
use crate::case::approval_chain;
use crate::projection::Change;

/// What waits in it, found by whose it is. What could be done when a window was over can be done later when that moves.
pub fn project<'a>(tx: &'a mut Tx, app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        let case = change.case;
        let window = |case: &'a Case| case.state.reply().filter(|_| case.round == change.case.round);
        if let Some((was, is)) = change.before.and_then(window).zip(window(case))
            && was.verdict_deadline < is.verdict_deadline
        {
            store::forget_since(tx, case.id, was.over_from()).await?;
        }
        store::set(tx, case.id, &waiting(app, case, &app.calendar())).await
    })
}

/// What waits in a case, and for whom: what nobody knows the beginning of waits from now on.
fn waiting(app: &App, case: &Case, calendar: &Calendar) -> Vec<Waiting> {
    let now = app.clock.now();
    let running = duty::running(case, calendar, now);
    let waiting = |duty: Duty| {
        let due = duty::due_of(&duty, &running).map_or(NEVER, |(_, projected)| projected.due);
        Waiting { due, since: duty.from.unwrap_or(now), kind: duty.kind, subject: duty.subject, whom: duty.whom }
    };
    duty::duties(case, &approval_chain::superiors(app, case, now)).into_iter().map(waiting).collect()
}
