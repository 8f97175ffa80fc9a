//! Duties, as the contract has them.

use sanben_clock::{Projection, Ts};
use sanben_host::{App, Call, timestamp};
use sanben_proto::ledger as pb;
use sanben_proto::ledger::{DutyKind, DutyReason};

use super::case_verb;
use super::clocks::deadline;
use crate::case::clock::Clock;
use crate::case::duty::{Duty, Whom};
use crate::case::{Case, Verb};
use crate::deadline_words::key;

/// A duty of a case that is the caller's.
pub struct Mine<'a> {
    pub duty: &'a Duty,
    pub verb: Verb,
    pub since: Ts,
    pub due: Option<&'a (Clock, Projection)>,
    pub reason: DutyReason,
}

pub fn of_case(app: &App, call: &Call, case: &Case, mine: &Mine<'_>) -> pb::Duty {
    let (role, unit_id) = match &mine.duty.whom {
        Whom::Person(_) => ("", ""),
        Whom::Role(role, unit) => (role.name(), unit.as_str()),
    };
    pb::Duty {
        case_id: case.id.to_string(),
        case_number: case.number.clone().unwrap_or_default(),
        title: case.opening.title.clone(),
        book: case.book() as i32,
        case_state: case.state.named() as i32,
        lead_unit_id: case.lead_unit.clone(),
        verb: case_verb(mine.verb) as i32,
        subject: mine.duty.subject.clone(),
        clock: mine.due.map_or(0, |(clock, _)| clock.kind as i32),
        due: mine.due.map(|(_, projected)| deadline(projected)),
        due_time: mine.due.map(|(_, projected)| timestamp(projected.due)),
        colour: mine.due.map_or(0, |(clock, projected)| clock.colour(projected, call.now) as i32),
        since_time: Some(timestamp(mine.since)),
        ..theirs(app, call, mine.duty.kind, mine.reason, role, unit_id)
    }
}

/// What it is, and why it is the caller's.
pub fn theirs(app: &App, call: &Call, kind: DutyKind, reason: DutyReason, role: &str, unit_id: &str) -> pb::Duty {
    let say = |key: &str, arguments: &[(&str, String)]| app.catalog.text(call.lang, key, arguments);
    let unit = app.org.unit(unit_id).map_or(unit_id, |unit| call.lang.name_of(unit)).to_owned();
    let role_name = if role.is_empty() { String::new() } else { say(&format!("duty-role-{role}"), &[]) };
    pb::Duty {
        kind: kind as i32,
        reason: reason as i32,
        role: role.to_owned(),
        unit_id: unit_id.to_owned(),
        what: say(&format!("duty-what-{}", key(kind.as_str_name(), "DUTY_KIND_")), &[]),
        why: say(&format!("duty-why-{}", key(reason.as_str_name(), "DUTY_REASON_")), &[("unit", unit), ("role", role_name)]),
        ..pb::Duty::default()
    }
}
