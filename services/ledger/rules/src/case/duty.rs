//! Who must do what in a case, and by which clock: what a list of duties is made of.
//!
//! A duty is somebody's in person, or of everybody with a role in one unit. Rules that look at the person (the handler signs
//! nothing, the reviewers are three) are asked when the list is shown: [`super::is_open`].

use sanben_access::Role;
use sanben_clock::{Calendar, Projection, Ts};
use sanben_proto::kinds::Track;
use sanben_proto::ledger::{CaseVerb, ClockKind, ClockState, DutyKind, Evidence, ReviewStep};

use super::clock::{Clock, clocks, externals, presets};
use super::meanwhile::is_answered;
use super::presets::Chosen;
use super::requirement::complete;
use super::{Case, Draft, Referral, Reply, State, appeal, checklist};

/// Something that somebody must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub kind: DutyKind,
    /// The number of an urging, the unit that assists; else empty.
    pub subject: String,
    pub whom: Whom,
    /// By which clocks it is due, whichever ends first: kinds with their subjects.
    pub clocks: Vec<(ClockKind, String)>,
    /// From when on it can be done, which may be to come; nothing if nobody knows any more.
    pub from: Option<Ts>,
}

/// Whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    Person(String),
    /// Everybody with this role in this very unit.
    Role(Role, String),
}

/// The units whose chiefs decide on what a case may need of them, as far as there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Superiors {
    /// On the objection of the lead unit; empty if nobody is above it.
    pub over_lead: String,
    /// On an exception.
    pub exception: String,
    /// On the appeal that is open.
    pub appeal: String,
}

/// What does it; nothing for what is not done in a case.
pub fn verb(kind: DutyKind) -> Option<CaseVerb> {
    match kind {
        DutyKind::Register | DutyKind::SignAfterwards => Some(CaseVerb::Register),
        DutyKind::AssignUrgently => Some(CaseVerb::AssignUrgently),
        DutyKind::Assign => Some(CaseVerb::Assign),
        DutyKind::DecideObjection => Some(CaseVerb::DecideObjection),
        DutyKind::Undertake => Some(CaseVerb::Undertake),
        DutyKind::Contact => Some(CaseVerb::RecordContact),
        DutyKind::TellPath => Some(CaseVerb::IssuePaper),
        DutyKind::Contribute => Some(CaseVerb::Contribute),
        DutyKind::AnswerUrge => Some(CaseVerb::AnswerUrge),
        DutyKind::Resume => Some(CaseVerb::Resume),
        DutyKind::ReportBack => Some(CaseVerb::ReportBack),
        DutyKind::ReviewHandler | DutyKind::ReviewOffice | DutyKind::ReviewLeader => Some(CaseVerb::Review),
        DutyKind::Deliver => Some(CaseVerb::Reply),
        DutyKind::ReturnVisit => Some(CaseVerb::RecordReturnVisit),
        DutyKind::Publish => Some(CaseVerb::RecordPublication),
        DutyKind::Examine => Some(CaseVerb::ExamineAccountability),
        DutyKind::AddRecord => Some(CaseVerb::AddRecord),
        DutyKind::StrikeOff => Some(CaseVerb::StrikeOff),
        DutyKind::StrikeOffByException => Some(CaseVerb::StrikeOffByException),
        DutyKind::Archive => Some(CaseVerb::Archive),
        DutyKind::DecideAppeal => Some(CaseVerb::DecideAppeal),
        DutyKind::AnswerReferral => Some(CaseVerb::AnswerReferral),
        DutyKind::SignDraft => Some(CaseVerb::SignDraft),
        DutyKind::Unspecified
        | DutyKind::CloseDrive
        | DutyKind::AdoptMeasure
        | DutyKind::MeasureEffect
        | DutyKind::Triage
        | DutyKind::Visit
        | DutyKind::HoldMeeting
        | DutyKind::Deliberate
        | DutyKind::Resolve
        | DutyKind::AdoptPlan => None,
    }
}

/// Everything that is to be done in a case, in the order of its life.
pub fn duties(case: &Case, superiors: &Superiors) -> Vec<Duty> {
    let mut all = on_its_way(case, superiors);
    all.extend(urgings(case));
    all.extend(referral(case));
    all.extend(drafts(case));
    all.extend(appeal::open(case).map(|open| {
        let decide = one(DutyKind::DecideAppeal, chief(&superiors.appeal), Some(open.asked));
        due(decide, ClockKind::AppealDecision)
    }));
    all
}

/// By which clock it is due, and when; nothing if none of them runs.
pub fn due_of<'a>(duty: &Duty, running: &'a [(Clock, Projection)]) -> Option<&'a (Clock, Projection)> {
    let is_its = |clock: &Clock| duty.clocks.iter().any(|(kind, subject)| (*kind, subject) == (clock.kind, &clock.subject));
    running.iter().filter(|(clock, _)| is_its(clock)).min_by_key(|(_, projected)| projected.due)
}

/// Every clock that runs and does not stand still, rights among them.
pub fn running(case: &Case, calendar: &Calendar, now: Ts) -> Vec<(Clock, Projection)> {
    let run = clocks(case, calendar).into_iter().filter(|clock| clock.state() == ClockState::Running);
    let project = |clock: Clock| {
        let projected = clock.project(presets(case), calendar, now);
        (clock, projected)
    };
    run.map(project).collect()
}

/// What the state asks for.
fn on_its_way(case: &Case, superiors: &Superiors) -> Vec<Duty> {
    let gate = |kind, from| one(kind, chief(case.gate_unit()), from);
    match &case.state {
        State::Proposed => {
            let (proposed, duty_officer) = (Some(case.opening.proposed), role(Role::DutyOfficer, case.gate_unit()));
            let urgently = on_road(case, one(DutyKind::AssignUrgently, duty_officer, proposed));
            let register = on_road(case, gate(DutyKind::Register, proposed));
            [vec![register], when(case.track() == Track::Urgent, urgently), contact(case)].concat()
        }
        State::Registered => {
            let registered = case.registered.as_ref().map(|registered| registered.at);
            let assign = on_road(case, gate(DutyKind::Assign, registered));
            [vec![assign], contact(case), tell_path(case), resume(case)].concat()
        }
        State::Assigned => {
            let undertake = on_road(case, one(DutyKind::Undertake, role(Role::Handler, &case.lead_unit), case.assigned));
            [vec![undertake], sign_afterwards(case), contact(case), tell_path(case), contribute(case), resume(case)].concat()
        }
        State::Objected => {
            let objected = case.objection.as_ref().map(|objection| objection.at);
            let decide = on_road(case, one(DutyKind::DecideObjection, chief(&superiors.over_lead), objected));
            [vec![decide], contact(case), resume(case)].concat()
        }
        State::Undertaken { handler } => {
            let since = case.reopened.filter(|_| case.round > 1);
            let report = on_road(case, one(DutyKind::ReportBack, Whom::Person(handler.clone()), since));
            let own = [when(!case.is_paused(), report), sign_afterwards(case), contact(case), tell_path(case)].concat();
            [own, contribute(case), resume(case)].concat()
        }
        State::Reported(report) => {
            let since = report.reviews.last().map(|passed| passed.at);
            let reviews = match report.due() {
                ReviewStep::Office => at_gate(case, DutyKind::ReviewOffice, Role::Office, since),
                ReviewStep::Leader => at_gate(case, DutyKind::ReviewLeader, Role::LeaderInCharge, since),
                ReviewStep::Handler | ReviewStep::Unspecified => {
                    vec![one(DutyKind::ReviewHandler, role(Role::Handler, &case.lead_unit), since)]
                }
            };
            let reviews = reviews.into_iter().map(|review| on_road(case, review)).collect();
            [reviews, sign_afterwards(case), contact(case), contribute(case), resume(case)].concat()
        }
        State::Approved(report) => {
            let since = report.reviews.last().map(|passed| passed.at);
            let deliver = on_road(case, one(DutyKind::Deliver, Whom::Person(report.handler.clone()), since));
            [vec![deliver], sign_afterwards(case), contact(case), contribute(case), resume(case)].concat()
        }
        State::Replied(reply) | State::Settled(reply) => [sign_afterwards(case), answered(case, reply, superiors)].concat(),
        State::StruckOff { .. } => {
            let waits = appeal::open(case).is_some() || case.referral == Some(Referral::Open);
            if waits { Vec::new() } else { at_gate(case, DutyKind::Archive, Role::Office, None) }
        }
        State::Declined | State::Archived { .. } => Vec::new(),
    }
}

/// What is asked for once there is a reply, before the case leaves the open book.
fn answered(case: &Case, reply: &Reply, superiors: &Superiors) -> Vec<Duty> {
    let office = |is_there: bool, kind| {
        if is_there { at_gate(case, kind, Role::Office, Some(reply.delivered)) } else { Vec::new() }
    };
    let liaison = role(Role::LiaisonOfficer, case.gate_unit());
    let visit = due(one(DutyKind::ReturnVisit, liaison, Some(reply.delivered)), ClockKind::Verdict);
    let record = one(DutyKind::AddRecord, Whom::Person(reply.report.handler.clone()), Some(reply.delivered));
    // Those who have not spoken keep it open as long as they may.
    let from = (!case.is_heard()).then(|| reply.over_from());
    let strike_off = if case.confirmed() {
        one(DutyKind::StrikeOff, chief(case.gate_unit()), from)
    } else {
        one(DutyKind::StrikeOffByException, chief(&superiors.exception), from)
    };
    [
        when(!case.is_heard(), visit),
        office(!case.published, DutyKind::Publish),
        office(!case.examined, DutyKind::Examine),
        when(record_is_missing(case), record),
        when(complete(case).is_ok(), strike_off),
    ]
    .concat()
}

/// A required checklist asks for something that the handler puts on record.
fn record_is_missing(case: &Case) -> bool {
    let is_record =
        |evidence| matches!(evidence, Evidence::Consultation | Evidence::SiteSurvey | Evidence::Measure | Evidence::Mediation);
    let mut items = checklist::of(case).iter().filter(|list| list.required).flat_map(|list| &list.items);
    items.any(|item| is_record(item.evidence) && !checklist::has(case, item.evidence))
}

/// Rule 1: the signature follows.
fn sign_afterwards(case: &Case) -> Vec<Duty> {
    let sign = one(DutyKind::SignAfterwards, chief(case.gate_unit()), case.assigned);
    when(case.number.is_none(), due(sign, ClockKind::Signature))
}

/// As long as nobody has spoken to the person: whoever has the matter in hand, before it is handed out the desks of the gate unit and above.
fn contact(case: &Case) -> Vec<Duty> {
    if case.round > 1 || case.contacted.is_some() || case.told.is_some() || case.opening.presets == Chosen::BeforePresets {
        return Vec::new();
    }
    let whom = match &case.state {
        State::Proposed | State::Registered | State::Objected => {
            case.gate_chain().iter().map(|unit| role(Role::DeskOfficer, unit)).collect()
        }
        State::Assigned => vec![role(Role::Handler, &case.lead_unit)],
        state => state.handler().map(|handler| Whom::Person(handler.to_owned())).into_iter().collect::<Vec<_>>(),
    };
    let contact = |whom| due(one(DutyKind::Contact, whom, Some(case.received())), ClockKind::FirstContact);
    whom.into_iter().map(contact).collect()
}

fn tell_path(case: &Case) -> Vec<Duty> {
    let is_open = case.track() == Track::Petition && case.round == 1 && case.told.is_none() && case.number.is_some();
    let whom = in_hand(case);
    let tell = due(one(DutyKind::TellPath, whom, Some(case.received())), ClockKind::PathNotice);
    when(is_open && case.opening.presets != Chosen::BeforePresets, tell)
}

fn resume(case: &Case) -> Vec<Duty> {
    let since = case.pauses.last().map(|pause| pause.from);
    when(case.is_paused(), one(DutyKind::Resume, in_hand(case), since))
}

/// The handler once there is one, before that its chief.
fn in_hand(case: &Case) -> Whom {
    case.state.handler().map_or_else(|| chief(case.gate_unit()), |handler| Whom::Person(handler.to_owned()))
}

/// Units that were given a day, and have not brought what is theirs.
fn contribute(case: &Case) -> Vec<Duty> {
    if case.assist_due.is_empty() && !case.assist_by_default {
        return Vec::new();
    }
    let waited_for = case.assisting_units.iter().filter(|unit| !case.contributed.contains(unit));
    let contribute = |unit: &String| Duty {
        subject: unit.clone(),
        clocks: vec![(ClockKind::Assistance, unit.clone())],
        ..one(DutyKind::Contribute, role(Role::Handler, unit), case.assigned)
    };
    waited_for.map(contribute).collect()
}

fn urgings(case: &Case) -> Vec<Duty> {
    let waiting = (1..).zip(&case.urgings).filter(|(_, urging)| is_answered(case) && !urging.answered && !urging.lapsed);
    let answer = |(number, urging): (usize, &super::Urging)| Duty {
        subject: number.to_string(),
        clocks: vec![(ClockKind::UrgingAnswer, number.to_string())],
        ..one(DutyKind::AnswerUrge, role(Role::Handler, &urging.unit), urging.at)
    };
    waiting.map(answer).collect()
}

/// It goes its own way.
fn referral(case: &Case) -> Vec<Duty> {
    if case.referral != Some(Referral::Open) {
        return Vec::new();
    }
    at_gate(case, DutyKind::AnswerReferral, Role::Supervisor, None)
}

/// What a clock has drafted waits for a chief.
fn drafts(case: &Case) -> Vec<Duty> {
    let sign = |draft: &Draft| Duty {
        subject: draft.number.to_string(),
        clocks: vec![(draft.clock, draft.subject.clone())],
        ..one(DutyKind::SignDraft, chief(&draft.signer), Some(draft.at))
    };
    case.drafts.iter().filter(|draft| draft.is_open()).map(sign).collect()
}

/// Of those with a role in the gate unit and, since a station has no office, leader or supervisor of its own, in the sub-bureau above it. The
/// city bureau may do it too, but it is not theirs to do for all below.
fn at_gate(case: &Case, kind: DutyKind, of: Role, from: Option<Ts>) -> Vec<Duty> {
    let below_the_city = case.gate_chain().len().saturating_sub(1).max(1);
    case.gate_chain().iter().take(below_the_city).map(|unit| one(kind, role(of, unit), from)).collect()
}

fn one(kind: DutyKind, whom: Whom, from: Option<Ts>) -> Duty {
    Duty { kind, subject: String::new(), whom, clocks: Vec::new(), from }
}

fn due(duty: Duty, kind: ClockKind) -> Duty {
    Duty { clocks: vec![(kind, String::new())], ..duty }
}

/// What comes before the reply is due with it.
fn on_road(case: &Case, duty: Duty) -> Duty {
    let external = externals(case).into_iter().map(|(subject, ..)| (ClockKind::External, subject));
    Duty { clocks: [(ClockKind::Finish, String::new())].into_iter().chain(external).collect(), ..duty }
}

fn when(is_there: bool, duty: Duty) -> Vec<Duty> {
    if is_there { vec![duty] } else { Vec::new() }
}

fn chief(unit: &str) -> Whom {
    role(Role::Chief, unit)
}

fn role(role: Role, unit: &str) -> Whom {
    Whom::Role(role, unit.to_owned())
}
