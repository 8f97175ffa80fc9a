//! Who is told what: pure, from what happened and what is known of it.
//!
//! Units complained about are told nothing, and neither is anybody below them. By the ledger's rules they are never gate, lead or
//! assisting unit, and only those are told of a case; they are left out here all the same, so that no mistake elsewhere leaks. A person
//! complained about may have a role in a unit that is told: for them, the notice is not there.

use sanben_access::{Org, Role};
use sanben_proto::kinds::{PublicStep, Verdict};
use sanben_proto::ledger::{CaseState, ReviewStep};
use sanben_proto::liaison::VoiceFate;
use sanben_proto::notification::NoticeKind;
use uuid::Uuid;

use crate::case_step::{CaseStep, public_step};
use crate::facts::{Accused, CaseFacts, SubmissionFacts};
use crate::notice::{About, Arguments, Draft, Recipient, SEALED};

/// What a case is called before its number.
const UNNUMBERED: &str = "—";

/// Of a step of a submission: its person, and the desks when triage is due. `authority` is where it was passed to, if it was.
pub fn of_submission(step: PublicStep, authority: &str, facts: &SubmissionFacts, org: &Org) -> Vec<Draft> {
    let arguments = [("authority".to_owned(), authority.to_owned())].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let duty = match step {
        PublicStep::Received => Some("duty-triage"),
        PublicStep::BackToTriage => Some("duty-triage-again"),
        PublicStep::Detached => Some("duty-triage-detached"),
        PublicStep::Reopened if !facts.is_case => Some("duty-triage-reopened"),
        PublicStep::Unspecified
        | PublicStep::Answered
        | PublicStep::Passed
        | PublicStep::Refused
        | PublicStep::Proposed
        | PublicStep::Registered
        | PublicStep::Assigned
        | PublicStep::Undertaken
        | PublicStep::Replied
        | PublicStep::Settled
        | PublicStep::StruckOff
        | PublicStep::Archived
        | PublicStep::Reopened
        | PublicStep::Acknowledged
        | PublicStep::Split
        | PublicStep::Joined
        | PublicStep::Appealed
        | PublicStep::AppealDecided
        | PublicStep::PaperIssued
        | PublicStep::Paused
        | PublicStep::Resumed => None,
    };
    let about = About { submission: Some(facts.id), ..About::default() };
    let desks = duty.into_iter().flat_map(|key| {
        desks(facts, org)
            .into_iter()
            .map(move |unit| Draft::to_staff(Recipient::Role(Role::DeskOfficer, unit), NoticeKind::Duty, key))
    });
    let told = sparing(&facts.accused, org, desks.map(|draft| Draft { about, ..draft }));
    // That the parts were received is said by the step of the whole that was split into them.
    let citizen = citizen(step, facts, facts.is_secret(), None, arguments);
    let spoken = citizen.filter(|_| facts.part_of.is_none() || step != PublicStep::Received);
    spoken.into_iter().chain(told).collect()
}

/// The units whose desks triage it: the one it was addressed to and all above it. A complaint addressed to a unit is one about it, so
/// its desk is left out and those above look at it.
fn desks(facts: &SubmissionFacts, org: &Org) -> Vec<String> {
    let root = &org.root().id;
    let addressed = if org.unit(&facts.unit).is_some() { &facts.unit } else { root };
    let own = facts.sealed && addressed != root;
    org.chain(addressed).into_iter().skip(usize::from(own)).map(|unit| unit.id.clone()).collect()
}

/// Of a step of a case: the persons behind its submissions, and whoever has to go on with it.
pub fn of_case(step: CaseStep, facts: &CaseFacts, org: &Org) -> Vec<Draft> {
    let accused = facts.accused();
    let secret = facts.sealed || accused.is_anybody();
    let number = [("number".to_owned(), if facts.number.is_empty() { UNNUMBERED.to_owned() } else { facts.number.clone() })];
    let unit = [("unit".to_owned(), facts.lead_unit.clone())];
    let citizens = public_step(step).into_iter().flat_map(|step| {
        let arguments: Arguments = number.iter().chain(&unit).cloned().collect();
        // Whoever asked for something is told at once, by intake.
        facts.submissions.iter().filter(|submission| facts.asker != Some(submission.id)).filter_map(move |submission| {
            let draft = citizen(step, submission, secret || submission.is_secret(), Some(facts.id), arguments.clone())?;
            let asked_by_another = step == PublicStep::Reopened && draft.key != SEALED;
            Some(if asked_by_another { Draft { key: "step-reopened-together", ..draft } } else { draft })
        })
    });
    let about = About { case: Some(facts.id), ..About::default() };
    let duties =
        duties(step, facts, org).into_iter().map(|draft| Draft { about, arguments: number.iter().cloned().collect(), ..draft });
    citizens.chain(sparing(&accused, org, duties)).collect()
}

/// Who has to go on with a case.
fn duties(step: CaseStep, facts: &CaseFacts, org: &Org) -> Vec<Draft> {
    let at_gate = |role, key| Draft::to_staff(Recipient::Role(role, facts.gate_unit.clone()), NoticeKind::Duty, key);
    let handlers = |unit: &String, key| Draft::to_staff(Recipient::Role(Role::Handler, unit.clone()), NoticeKind::Duty, key);
    let handler = |kind, key| Draft::to_staff(Recipient::Person(facts.handler.clone()), kind, key);
    match step {
        CaseStep::Proposed => std::iter::once(at_gate(Role::Chief, "duty-register"))
            .chain(facts.urgent.then(|| at_gate(Role::DutyOfficer, "duty-assign-urgently")))
            .collect(),
        // The signature that follows an urgent assignment leaves nothing to assign; it may be all that was missing.
        CaseStep::Registered if facts.urgent && facts.state != CaseState::Registered => closing(facts),
        CaseStep::Registered => vec![at_gate(Role::Chief, "duty-assign")],
        CaseStep::Assigned => std::iter::once(handlers(&facts.lead_unit, "duty-undertake"))
            .chain(facts.assisting_units.iter().map(|unit| handlers(unit, "duty-assist")))
            .chain(facts.number.is_empty().then(|| at_gate(Role::Chief, "duty-sign-urgent")))
            .collect(),
        CaseStep::Objected => {
            vec![Draft::to_staff(
                Recipient::Role(Role::Chief, facts.objection_unit.clone()),
                NoticeKind::Duty,
                "duty-decide-objection",
            )]
        }
        // If it is upheld, the new lead unit is told of its assignment.
        CaseStep::ObjectionDecided { upheld: true } => Vec::new(),
        CaseStep::ObjectionDecided { upheld: false } => vec![handlers(&facts.lead_unit, "duty-undertake-after-objection")],
        CaseStep::Extended => vec![handler(NoticeKind::Result, "result-extended")],
        CaseStep::Paused => vec![handler(NoticeKind::Result, "result-paused")],
        CaseStep::Resumed => vec![handler(NoticeKind::Result, "result-resumed")],
        CaseStep::Reclassified => vec![handler(NoticeKind::Result, "result-reclassified")],
        CaseStep::Appealed => {
            let to = Recipient::Role(Role::Chief, facts.appeal_unit.clone());
            vec![Draft::to_staff(to, NoticeKind::Duty, "duty-decide-appeal"), handler(NoticeKind::Result, "result-appealed")]
        }
        CaseStep::AppealDecided => {
            vec![handler(NoticeKind::Result, "result-appeal-decided"), result(facts, "result-appeal-decided")]
        }
        CaseStep::Owned => vec![handler(NoticeKind::Result, "result-owned")],
        CaseStep::RepeatLinked => vec![result(facts, "result-repeat")],
        CaseStep::Joined => vec![handler(NoticeKind::Result, "result-joined")],
        CaseStep::Detached => std::iter::once(handler(NoticeKind::Result, "result-detached"))
            .chain(facts.is_ready_to_strike_off().then(|| strike_off(facts)))
            .collect(),
        CaseStep::Contributed => vec![handler(NoticeKind::Result, "result-contribution")],
        CaseStep::AuthorityAnswered => vec![handler(NoticeKind::Result, "result-co-handling")],
        CaseStep::Urged => vec![handlers(&facts.urged_unit, "duty-answer-urge")],
        CaseStep::Drafted => signers(facts),
        // Its handlers are told to answer it; its chief cannot overlook that it is late.
        CaseStep::DraftSigned => {
            vec![Draft::to_staff(
                Recipient::Role(Role::Chief, facts.letter_unit.clone()),
                NoticeKind::Result,
                "result-draft-signed",
            )]
        }
        CaseStep::Referred => not_of_a_station(Role::Supervisor, "duty-answer-referral", facts, org),
        CaseStep::ReferralAnswered => vec![result(facts, "result-referral-answered")],
        CaseStep::UrgeAnswered => vec![result(facts, "result-urge-answered")],
        CaseStep::ReportedBack => vec![handlers(&facts.lead_unit, "duty-review-handler")],
        CaseStep::Reviewed(ReviewStep::Handler) => not_of_a_station(Role::Office, "duty-review-office", facts, org),
        CaseStep::Reviewed(ReviewStep::Office) => not_of_a_station(Role::LeaderInCharge, "duty-review-leader", facts, org),
        CaseStep::Reviewed(ReviewStep::Leader) => vec![handler(NoticeKind::Duty, "duty-deliver")],
        CaseStep::SentBack => vec![handler(NoticeKind::Duty, "duty-rework")],
        CaseStep::VerdictRecorded => std::iter::once(handler(NoticeKind::Result, "result-verdict"))
            .chain(
                [result(facts, "result-dissatisfied"), owner(facts, "result-owner-dissatisfied")]
                    .into_iter()
                    .filter(|_| facts.verdict == Verdict::Dissatisfied)
                    .map(|draft| once_a_round(facts, draft)),
            )
            .chain(facts.needs_exception().then(|| exception(facts)))
            .collect(),
        CaseStep::PublicationRecorded | CaseStep::AccountabilityExamined | CaseStep::Evidenced => closing(facts),
        CaseStep::Reopened => {
            vec![
                handler(NoticeKind::Duty, "duty-reopened"),
                result(facts, "result-reopened"),
                owner(facts, "result-owner-reopened"),
            ]
        }
        CaseStep::Settled if facts.is_ready_to_strike_off() => vec![strike_off(facts)],
        CaseStep::Settled if !facts.complete => not_of_a_station(Role::Office, "duty-complete", facts, org)
            .into_iter()
            .chain(facts.record_missing.then(|| handler(NoticeKind::Duty, "duty-complete")))
            .collect(),
        CaseStep::StruckOff => not_of_a_station(Role::Office, "duty-archive", facts, org),
        CaseStep::Reviewed(ReviewStep::Unspecified)
        | CaseStep::Undertaken
        | CaseStep::Replied
        | CaseStep::Settled
        | CaseStep::PaperIssued
        | CaseStep::Archived => Vec::new(),
    }
}

/// Of those with a role in the gate unit and, since a station has no office, leader or supervisor of its own, in the sub-bureau above it, as the
/// ledger's duties are. The city bureau is told only of what has its own gate.
fn not_of_a_station(role: Role, key: &'static str, facts: &CaseFacts, org: &Org) -> Vec<Draft> {
    let sub_bureau = org.parent(&facts.gate_unit).filter(|unit| unit.id != org.root().id);
    let told = |unit: &String| Draft::to_staff(Recipient::Role(role, unit.clone()), NoticeKind::Duty, key);
    std::iter::once(&facts.gate_unit).chain(sub_bureau.map(|unit| &unit.id)).map(told).collect()
}

/// The chiefs of the units whose signature a draft waits for, each once.
fn signers(facts: &CaseFacts) -> Vec<Draft> {
    let mut units: Vec<&String> = facts.waiting_drafts.iter().map(|(_, unit)| unit).collect();
    units.sort();
    units.dedup();
    let chief = |unit: &String| Draft::to_staff(Recipient::Role(Role::Chief, unit.clone()), NoticeKind::Duty, "duty-sign-draft");
    units.into_iter().map(chief).collect()
}

/// Whichever way of striking it off is due now, if one is.
fn closing(facts: &CaseFacts) -> Vec<Draft> {
    let (by_exception, confirmed) = (facts.needs_exception(), facts.is_ready_to_strike_off());
    by_exception.then(|| exception(facts)).or_else(|| confirmed.then(|| strike_off(facts))).into_iter().collect()
}

/// For the chief, who cannot overlook it.
fn result(facts: &CaseFacts, key: &'static str) -> Draft {
    Draft::to_staff(Recipient::Role(Role::Chief, facts.gate_unit.clone()), NoticeKind::Result, key)
}

/// Whoever speaks after one who is dissatisfied does not make it news again.
fn once_a_round(facts: &CaseFacts, draft: Draft) -> Draft {
    let once = Some(format!("{} {} {}", draft.key, facts.id, facts.round));
    Draft { once, ..draft }
}

/// For the leader who answers for it in person, if there is one.
fn owner(facts: &CaseFacts, key: &'static str) -> Draft {
    Draft::to_staff(Recipient::Person(facts.owner.clone()), NoticeKind::Result, key)
}

/// Whichever of the verdict and what the checklists ask for came last, and more than one may be heard after it: the chief is told once in a round.
fn strike_off(facts: &CaseFacts) -> Draft {
    let once = Some(format!("strike-off {} {}", facts.id, facts.round));
    let to = Recipient::Role(Role::Chief, facts.gate_unit.clone());
    Draft { once, ..Draft::to_staff(to, NoticeKind::Duty, "duty-strike-off") }
}

/// Once in a round, whichever of the verdict and what the checklists ask for came last.
fn exception(facts: &CaseFacts) -> Draft {
    let once = Some(format!("exception {} {}", facts.id, facts.round));
    let to = Recipient::Role(Role::Chief, facts.exception_unit.clone());
    Draft { once, ..Draft::to_staff(to, NoticeKind::Duty, "duty-exception") }
}

/// Of praise: the chief of the unit.
pub fn of_praise(submission: Uuid, unit: &str) -> Draft {
    let about = About { submission: Some(submission), ..About::default() };
    Draft { about, ..Draft::to_staff(Recipient::Role(Role::Chief, unit.to_owned()), NoticeKind::Result, "result-praise") }
}

/// Of a visit: the officer who is to make it.
pub fn of_planned_visit(visit: Uuid, officer: &str, date: &str) -> Draft {
    let about = About { subject: Some(visit), ..About::default() };
    let draft = Draft::to_staff(Recipient::Person(officer.to_owned()), NoticeKind::Duty, "duty-visit");
    Draft { about, ..draft.with("date", date) }
}

/// Of what became of something heard on a visit: the officer who heard it.
pub fn of_voice(visit: Uuid, officer: &str, fate: VoiceFate) -> Option<Draft> {
    let key = match fate {
        VoiceFate::Unspecified => return None,
        VoiceFate::SolvedOnTheSpot => "result-voice-solved",
        VoiceFate::Carried => "result-voice-carried",
        VoiceFate::Registered => "result-voice-registered",
        VoiceFate::Settled => "result-voice-settled",
        VoiceFate::Archived => "result-voice-archived",
        VoiceFate::EndedAtDesk => "result-voice-ended-at-desk",
    };
    let about = About { subject: Some(visit), ..About::default() };
    Some(Draft { about, ..Draft::to_staff(Recipient::Person(officer.to_owned()), NoticeKind::Result, key) })
}

/// Of a suggestion made in the meeting of `unit`: its secretaries. `submission` holds the words, unless nothing may lead to it.
pub fn of_new_suggestion(meeting: Uuid, unit: &str, submission: Option<Uuid>) -> Draft {
    let about = About { submission, subject: Some(meeting), case: None };
    Draft { about, ..Draft::to_staff(secretaries(unit), NoticeKind::Duty, "duty-deliberate") }
}

/// Of a suggestion whose case is struck off: the secretaries of the unit that held the meeting.
/// Names the meeting only: from there the secretary walks to the case, if it is theirs to see.
pub fn of_implemented_suggestion(meeting: Uuid, unit: &str) -> Draft {
    let about = About { case: None, subject: Some(meeting), submission: None };
    Draft { about, ..Draft::to_staff(secretaries(unit), NoticeKind::Result, "result-suggestion") }
}

fn secretaries(unit: &str) -> Recipient {
    Recipient::Role(Role::MeetingSecretary, unit.to_owned())
}

/// Somebody may look at the phone: of a secret matter it says only that there is something to look up.
fn citizen(step: PublicStep, to: &SubmissionFacts, secret: bool, case: Option<Uuid>, arguments: Arguments) -> Option<Draft> {
    let key = step_key(step)?;
    let (key, case, arguments) = if secret { (SEALED, None, Arguments::new()) } else { (key, case, arguments) };
    Some(Draft {
        to: Recipient::Submission(to.part_of.unwrap_or(to.id)),
        kind: NoticeKind::PublicStep,
        key,
        arguments,
        about: About { submission: Some(to.id), case, subject: None },
        hidden_from: Vec::new(),
        once: None,
    })
}

fn step_key(step: PublicStep) -> Option<&'static str> {
    Some(match step {
        PublicStep::Unspecified => return None,
        PublicStep::Received => "step-received",
        PublicStep::Answered => "step-answered",
        PublicStep::Passed => "step-passed",
        PublicStep::Refused => "step-refused",
        PublicStep::Proposed => "step-proposed",
        PublicStep::BackToTriage => "step-returned",
        PublicStep::Registered => "step-registered",
        PublicStep::Assigned => "step-assigned",
        PublicStep::Undertaken => "step-undertaken",
        PublicStep::Replied => "step-replied",
        PublicStep::Settled => "step-settled",
        PublicStep::StruckOff => "step-struck-off",
        PublicStep::Archived => "step-archived",
        PublicStep::Reopened => "step-reopened",
        PublicStep::Acknowledged => "step-acknowledged",
        PublicStep::Split => "step-split",
        PublicStep::Appealed => "step-appealed",
        PublicStep::AppealDecided => "step-appeal-decided",
        PublicStep::PaperIssued => "step-paper-issued",
        PublicStep::Paused => "step-paused",
        PublicStep::Resumed => "step-resumed",
        PublicStep::Joined => "step-joined",
        PublicStep::Detached => "step-detached",
    })
}

/// Leaves out whoever is complained about, and whoever is not there: a handler before the case was undertaken.
fn sparing(accused: &Accused, org: &Org, drafts: impl Iterator<Item = Draft>) -> impl Iterator<Item = Draft> {
    drafts
        .filter(|draft| match &draft.to {
            Recipient::Submission(_) => true,
            Recipient::Person(person) => !person.is_empty() && !accused.persons.contains(person),
            Recipient::Role(_, unit) => !unit.is_empty() && !accused.covers(org, unit),
        })
        .map(|draft| Draft { hidden_from: accused.persons.clone(), ..draft })
}
