//! Duties, as the contract has them.

use sanben_access::Role;
use sanben_clock::{Projection, Ts};
use sanben_host::{App, Call, parse_time, timestamp};
use sanben_proto::ledger as pb;
use sanben_proto::ledger::{CaseVerb, Colour, DutyKind, DutyReason};

use sanben_ledger_rules::case::{
    Case,
    clock::{self, Clock},
    duty::{Duty, Whom},
};

use crate::clock::view::deadline;
use crate::duty::store::NEVER;

/// A duty of a case that is the caller's.
pub struct Mine<'a> {
    pub duty: &'a Duty,
    pub verb: CaseVerb,
    pub since: Ts,
    pub due: Option<&'a (Clock, Projection)>,
    pub reason: DutyReason,
}

pub fn of_case(app: &App, call: &Call, case: &Case, mine: &Mine<'_>) -> pb::Duty {
    let (role, unit_id) = match &mine.duty.whom {
        Whom::Person(_) => (None, ""),
        Whom::Role(role, unit) => (Some(*role), unit.as_str()),
    };
    pb::Duty {
        case_id: case.id.to_string(),
        case_number: case.number.clone().unwrap_or_default(),
        title: case.opening.title.clone(),
        book: case.book() as i32,
        case_state: case.state.named() as i32,
        lead_unit_id: case.lead_unit.clone(),
        verb: mine.verb as i32,
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
pub fn theirs(app: &App, call: &Call, kind: DutyKind, reason: DutyReason, role: Option<Role>, unit_id: &str) -> pb::Duty {
    let say = |key: &str, arguments: &[(&str, String)]| app.catalog.text(call.lang, key, arguments);
    let unit = app.org.unit(unit_id).map_or(unit_id, |unit| call.lang.name_of(unit)).to_owned();
    let role_name = role.map(|role| say(name_of(role), &[])).unwrap_or_default();
    pb::Duty {
        kind: kind as i32,
        reason: reason as i32,
        role: role.map(Role::name).unwrap_or_default().to_owned(),
        unit_id: unit_id.to_owned(),
        what: say(what(kind), &[]),
        why: say(why(reason), &[("unit", unit), ("role", role_name)]),
        ..pb::Duty::default()
    }
}

/// Due on a day that somebody has set, `YYYY-MM-DD`, and yellow on it.
pub fn on_day(call: &Call, day: &str, duty: pb::Duty) -> pb::Duty {
    let Some(date) = clock::day(day) else { return duty };
    let due = Ts::end_of(date);
    pb::Duty {
        due: Some(pb::Deadline { date: day.to_owned(), provisional: false }),
        due_time: Some(timestamp(due)),
        colour: colour(Ts::start_of(date), due, call.now) as i32,
        ..duty
    }
}

/// Of what is near from `warn` on.
pub fn colour(warn: Ts, due: Ts, now: Ts) -> Colour {
    match () {
        () if now > due => Colour::Red,
        () if now >= warn => Colour::Yellow,
        () => Colour::Green,
    }
}

/// Where it stands in the list: what nobody knows a day of last.
pub fn place(duty: &pb::Duty) -> (Ts, Ts, String) {
    let (due, since) = (duty.due_time.as_ref().map(parse_time), duty.since_time.as_ref().map(parse_time));
    (due.unwrap_or(NEVER), since.unwrap_or(NEVER), duty.item_id.clone())
}

fn what(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::Unspecified | DutyKind::Register => "duty-what-register",
        DutyKind::AssignUrgently => "duty-what-assign-urgently",
        DutyKind::SignAfterwards => "duty-what-sign-afterwards",
        DutyKind::Assign => "duty-what-assign",
        DutyKind::DecideObjection => "duty-what-decide-objection",
        DutyKind::Undertake => "duty-what-undertake",
        DutyKind::Contact => "duty-what-contact",
        DutyKind::TellPath => "duty-what-tell-path",
        DutyKind::Contribute => "duty-what-contribute",
        DutyKind::AnswerUrge => "duty-what-answer-urge",
        DutyKind::Resume => "duty-what-resume",
        DutyKind::ReportBack => "duty-what-report-back",
        DutyKind::ReviewHandler => "duty-what-review-handler",
        DutyKind::ReviewOffice => "duty-what-review-office",
        DutyKind::ReviewLeader => "duty-what-review-leader",
        DutyKind::Deliver => "duty-what-deliver",
        DutyKind::ReturnVisit => "duty-what-return-visit",
        DutyKind::Publish => "duty-what-publish",
        DutyKind::Examine => "duty-what-examine",
        DutyKind::AddRecord => "duty-what-add-record",
        DutyKind::StrikeOff => "duty-what-strike-off",
        DutyKind::StrikeOffByException => "duty-what-strike-off-by-exception",
        DutyKind::Archive => "duty-what-archive",
        DutyKind::DecideAppeal => "duty-what-decide-appeal",
        DutyKind::AnswerReferral => "duty-what-answer-referral",
        DutyKind::SignDraft => "duty-what-sign-draft",
        DutyKind::CloseDrive => "duty-what-close-drive",
        DutyKind::AdoptMeasure => "duty-what-adopt-measure",
        DutyKind::MeasureEffect => "duty-what-measure-effect",
        DutyKind::Triage => "duty-what-triage",
        DutyKind::Visit => "duty-what-visit",
        DutyKind::HoldMeeting => "duty-what-hold-meeting",
        DutyKind::Deliberate => "duty-what-deliberate",
        DutyKind::Resolve => "duty-what-resolve",
        DutyKind::AdoptPlan => "duty-what-adopt-plan",
    }
}

fn why(reason: DutyReason) -> &'static str {
    match reason {
        DutyReason::Unspecified | DutyReason::Role => "duty-why-role",
        DutyReason::Handler => "duty-why-handler",
        DutyReason::Chief => "duty-why-chief",
        DutyReason::Deputy => "duty-why-deputy",
        DutyReason::Owner => "duty-why-owner",
        DutyReason::Planned => "duty-why-planned",
    }
}

/// Of those who have duties by it.
fn name_of(role: Role) -> &'static str {
    match role {
        Role::Chief => "duty-role-chief",
        Role::DutyOfficer => "duty-role-duty-officer",
        Role::DeskOfficer => "duty-role-desk-officer",
        Role::Office => "duty-role-office",
        Role::LeaderInCharge => "duty-role-leader-in-charge",
        Role::Supervisor => "duty-role-supervisor",
        Role::LiaisonOfficer => "duty-role-liaison-officer",
        Role::MeetingSecretary => "duty-role-meeting-secretary",
        _ => "duty-role-handler",
    }
}
