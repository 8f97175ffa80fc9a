//! What the caller must do of backlog drives and common problems, which are of the ledger and of no case.

use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, permission_of, timestamp};
use sanben_proto::ledger::{Duty, DutyKind, DutyReason, ProblemState, drive_service_server, problem_service_server};

use sanben_ledger_rules::problem::Problem;

use crate::case::{act, reader};
use crate::duty::{
    elsewhere::Found,
    view::{on_day, place, theirs},
};
use crate::programme::{drive::store as drives, problem::store as problems, standing};

/// So many of each kind are shown.
const SHOWN_MAX: usize = 50;
/// So many are read of each unit: one more, to know whether there are.
const READ_MAX: i64 = 51;

/// Those of one kind, and whether there may be more.
#[derive(Default)]
struct List {
    duties: Vec<Duty>,
    is_cut: bool,
}

impl List {
    /// What was read of one unit, and what of it the caller must do.
    fn add<T>(&mut self, read: Vec<T>, duty: impl FnMut(T) -> Option<Duty>) {
        self.is_cut |= read.len() > SHOWN_MAX;
        self.duties.extend(read.into_iter().filter_map(duty));
    }
}

/// Each kind in its order, and cut by itself.
pub async fn all(app: &App, call: &Call) -> Result<Found, Error> {
    let work = async |tx: &mut Tx| {
        let lists = [to_close(tx, app, call).await?, to_measure(tx, app, call).await?, to_judge(tx, app, call).await?];
        Ok::<_, Error>(lists)
    };
    let mut found = Found::default();
    for mut list in app.db.read(work).await? {
        list.duties.sort_by_key(place);
        list.is_cut |= list.duties.len() > SHOWN_MAX;
        list.duties.truncate(SHOWN_MAX);
        let name = || app.service.to_owned();
        if list.is_cut && found.incomplete.is_empty() {
            found.incomplete.push(name());
        }
        found.duties.extend(list.duties.into_iter().map(|duty| Duty { service: name(), ..duty }));
    }
    Ok(found)
}

/// Drives of the units that the caller signs for, as far as they see anything of them.
async fn to_close(tx: &mut Tx, app: &App, call: &Call) -> Result<List, Error> {
    let (reader, mut list) = (reader::reader(app, call), List::default());
    for (unit, reason) in signed_for(app, call, &permission_of(drive_service_server::SERVICE_NAME, "CloseDrive")) {
        let close = theirs(app, call, DutyKind::CloseDrive, reason, Some(Role::Chief), unit);
        list.add(drives::to_close(tx, &reader, unit, READ_MAX).await?, |drive| {
            let (item_id, since_time) = (drive.id.to_string(), Some(timestamp(drive.opening.signed.at)));
            let dated = on_day(call, &drive.opening.due, close.clone());
            drive.is_open().then_some(Duty { item_id, title: drive.opening.title, since_time, ..dated })
        });
    }
    Ok(list)
}

/// Problems of these units that wait for a measure.
async fn to_measure(tx: &mut Tx, app: &App, call: &Call) -> Result<List, Error> {
    let mut list = List::default();
    for (unit, reason) in signed_for(app, call, &permission_of(problem_service_server::SERVICE_NAME, "AdoptMeasure")) {
        let adopt = theirs(app, call, DutyKind::AdoptMeasure, reason, Some(Role::Chief), unit);
        let open = problems::waiting(tx, unit, ProblemState::Open, call.now, READ_MAX).await?;
        list.add(open, |problem| of_problem(call, problem, &adopt));
    }
    Ok(list)
}

/// Problems whose measure the caller's office judges, which is that of the stations below it, too. The city bureau may do it for all below it, but
/// it is not theirs to do. Who has signed a measure does not judge it.
async fn to_judge(tx: &mut Tx, app: &App, call: &Call) -> Result<List, Error> {
    let (own, root) = (call.caller.unit.as_str(), app.org.root().id.as_str());
    let is_theirs = |unit: &&str| *unit == own || (own != root && app.org.is_within(unit, own));
    let units = app.org.units().map(|unit| unit.id.as_str()).filter(is_theirs);
    let judge = theirs(app, call, DutyKind::MeasureEffect, DutyReason::Role, Some(Role::Office), own);
    let permission = permission_of(problem_service_server::SERVICE_NAME, "MeasureEffect");
    let mut list = List::default();
    for unit in units.filter(|unit| may(app, call, &permission, unit)) {
        let measured = problems::waiting(tx, unit, ProblemState::Measured, call.now, READ_MAX).await?;
        let is_own = |problem: &Problem| problem.is_signed_by(&call.caller.person);
        list.add(measured, |problem| if is_own(&problem) { None } else { of_problem(call, problem, &judge) });
    }
    Ok(list)
}

/// The units whose chief or deputy the caller is, by a tenure in force, and where they may do that.
fn signed_for<'a>(app: &'a App, call: &Call, permission: &str) -> Vec<(&'a str, DutyReason)> {
    let signed = |unit: &'a str| {
        let signature = act::signature(app, call, unit)?;
        Some((unit, if signature.deputy { DutyReason::Deputy } else { DutyReason::Chief }))
    };
    let units = app.org.units().filter_map(|unit| signed(&unit.id));
    units.filter(|(unit, _)| may(app, call, permission, unit)).collect()
}

fn may(app: &App, call: &Call, permission: &str, unit: &str) -> bool {
    app.access.may_touch(&app.org, &call.caller, permission, &standing::around(app, call, unit))
}

/// What was kept by an older version says itself from when on it waits, if it does.
fn of_problem(call: &Call, problem: Problem, duty: &Duty) -> Option<Duty> {
    let since = problem.waits_from().filter(|from| *from <= call.now)?;
    let (item_id, since_time) = (problem.id.to_string(), Some(timestamp(since)));
    Some(Duty { item_id, title: problem.opening.title, since_time, ..duty.clone() })
}
