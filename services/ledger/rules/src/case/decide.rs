use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Outcome, PaperKind};
use sanben_proto::ledger::{Door, ReviewStep};

use super::{
    Accounted, By, Case, Checklist, Command, Event, Given, Referral, Refusal, Reply, Report, State, appeal, assignment, checklist,
    co_handling, draft, joining, meanwhile, paper, pausing, verdict,
};

/// What happens, or the rule that is in the way.
pub type Decided = Result<Vec<Event>, Refusal>;

/// What happens if `by` gives `command` now, or the rule that is in the way.
pub fn decide(case: &Case, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Join(joined) => joining::join(case, joined),
        Command::Detach { submission } => joining::detach(case, submission),
        Command::Appeal { submission, round, deadline } => appeal::appeal(case, submission, round, deadline, now),
        Command::Hear { hearing } => appeal::hear(case, hearing, by),
        Command::DecideAppeal { upheld, superior } => appeal::decide_appeal(case, upheld, superior, by, now),
        Command::AnswerCoHandling { number } => co_handling::answer(case, number, by),
        Command::Contact if case.state != State::Declined => pausing::contact(case, by, now),
        Command::SignDraft { number, due, paper } => draft::sign(case, number, due, paper, by, now),
        Command::DropDraft { number, reason } => draft::drop(case, number, reason, by),
        // What was drafted by a clock may be signed wherever the case is, and then it is answered wherever that is.
        Command::AnswerUrge { number } if meanwhile::is_answered(case) => meanwhile::answer_urge(case, number, by),
        Command::AnswerReferral if case.referral == Some(Referral::Open) => meanwhile::answer_referral(case, by),
        other => on_its_way(case, other, by, now),
    }
}

/// The verbs that depend on the state before anything else.
fn on_its_way(case: &Case, command: Command, by: &By, now: Ts) -> Decided {
    match &case.state {
        State::Proposed => match command {
            Command::Register { number, checklists } => register(case, number, checklists, by, now),
            Command::Decline { reason } => decline(case, reason, by, now),
            Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
            Command::AssignUrgently { lead, assisting } => assignment::assign_urgently(case, &lead, &assisting, by, now),
            other => wrong_state(case, &other),
        },
        State::Registered => match command {
            Command::Assign { lead, assisting, assist_due } => assignment::assign(case, &lead, &assisting, assist_due, by, now),
            Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
            Command::Own { duty } => meanwhile::own(case, duty, by, now),
            Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
            Command::IssuePaper { content, number, corrects } => paper::issue(case, content, number, corrects, by, now),
            Command::Extend { days, reason, number, due } => paper::extend(case, days, &reason, number, due, by, now),
            Command::Pause { ground, authority, reason, due } => pausing::pause(case, ground, authority, &reason, due, by, now),
            Command::Resume => pausing::resume(case, by, now),
            other => wrong_state(case, &other),
        },
        State::Assigned => match command {
            Command::Undertake => assignment::undertake(case, by),
            Command::Pause { ground, authority, reason, due } => pausing::pause(case, ground, authority, &reason, due, by, now),
            Command::Object { reason, deadline } => assignment::object(case, &reason, deadline, by, now),
            other => under_way(case, other, by, now),
        },
        State::Objected => match command {
            Command::DecideObjection { lead, reason } => assignment::decide_objection(case, lead.as_ref(), reason, by, now),
            Command::AnswerUrge { number } => meanwhile::answer_urge(case, number, by),
            Command::Resume => pausing::resume(case, by, now),
            other => wrong_state(case, &other),
        },
        State::Undertaken { handler } => match command {
            Command::ReportBack { outcome, opinion } => report_back(case, handler, outcome, opinion, by),
            Command::Pause { ground, authority, reason, due } => pausing::pause(case, ground, authority, &reason, due, by, now),
            // The unit has its five workdays, whoever of it was quicker to take the case on.
            Command::Object { reason, deadline } if case.round == 1 => assignment::object(case, &reason, deadline, by, now),
            Command::AddRecord { kind } => only_the_handler(handler, by).map(|()| vec![Event::RecordAdded { kind }]),
            other => under_way(case, other, by, now),
        },
        State::Reported(report) => match command {
            Command::Review { approve, criteria_met, reason } => review(case, report, approve, criteria_met, reason, by, now),
            other => under_way(case, other, by, now),
        },
        State::Approved(report) => match command {
            Command::Reply { verdict_deadline, opinion } => reply(report, verdict_deadline, opinion, by, now),
            other => under_way(case, other, by, now),
        },
        State::Replied(reply) | State::Settled(reply) => answered(case, reply, command, by, now),
        State::StruckOff { reply, .. } => match command {
            Command::Archive => archive(case),
            // Each keeps their verdict, also after another one's has closed it.
            Command::RecordVerdict { submission, round, verdict } => {
                verdict::judge(case, reply, Given { submission, round, verdict }, now)
            }
            Command::Refer => meanwhile::refer(case, by),
            Command::AnswerReferral => meanwhile::answer_referral(case, by),
            Command::Reopen { submission, round } => verdict::reopen(case, reply, submission, round, now),
            other => wrong_state(case, &other),
        },
        State::Archived { reply, .. } => match command {
            Command::RecordVerdict { submission, round, verdict } => {
                verdict::judge(case, reply, Given { submission, round, verdict }, now)
            }
            Command::Reopen { submission, round } => verdict::reopen(case, reply, submission, round, now),
            other => wrong_state(case, &other),
        },
        State::Declined => wrong_state(case, &command),
    }
}

pub fn wrong_state(case: &Case, command: &Command) -> Decided {
    Err(Refusal::WrongState { state: case.state.named(), verb: command.verb() })
}

/// What can be asked for from assignment to reply, whatever the next step is.
fn under_way(case: &Case, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Register { number, checklists } if case.number.is_none() => register(case, number, checklists, by, now),
        Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
        Command::Coordinate => meanwhile::coordinate(case, by),
        Command::Resume => pausing::resume(case, by, now),
        Command::Urge { unit, due, paper } => meanwhile::urge(case, unit, due, paper, by, now),
        Command::IssuePaper { content, number, corrects } => paper::issue(case, content, number, corrects, by, now),
        Command::Extend { days, reason, number, due } => paper::extend(case, days, &reason, number, due, by, now),
        Command::AnswerUrge { number } => meanwhile::answer_urge(case, number, by),
        Command::AskAuthority { authority, system, due } => co_handling::ask(case, authority, system, due, by),
        Command::Contribute => meanwhile::contribute(case, by),
        Command::Own { duty } => meanwhile::own(case, duty, by, now),
        Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
        Command::Refer => meanwhile::refer(case, by),
        Command::AnswerReferral => meanwhile::answer_referral(case, by),
        other => wrong_state(case, &other),
    }
}

/// What can be asked for once there is a reply, before the case leaves the open book.
fn answered(case: &Case, reply: &Reply, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Register { number, checklists } if case.number.is_none() => register(case, number, checklists, by, now),
        Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
        Command::RecordVerdict { submission, round, verdict } => {
            verdict::judge(case, reply, Given { submission, round, verdict }, now)
        }
        Command::AnswerUrge { number } => meanwhile::answer_urge(case, number, by),
        Command::IssuePaper { content, number, corrects } => paper::issue(case, content, number, corrects, by, now),
        Command::Refer => meanwhile::refer(case, by),
        Command::AnswerReferral => meanwhile::answer_referral(case, by),
        Command::ReturnVisit { submission, round, verdict } => {
            verdict::visit(case, reply, Given { submission, round, verdict }, by, now)
        }
        // What a checklist asks for is not lost because it was put on record late.
        Command::AddRecord { kind } => only_the_handler(&reply.report.handler, by).map(|()| vec![Event::RecordAdded { kind }]),
        Command::RecordPublication { published } => Ok(vec![Event::PublicationRecorded { published }]),
        Command::Examine { persons } => examine(case, &reply.report, persons, by),
        Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
        Command::StrikeOff => strike_off(case, reply, by, now),
        Command::StrikeOffByException { reason, superior } => except(case, reply, reason, superior, by, now),
        Command::Reopen { submission, round } => verdict::reopen(case, reply, submission, round, now),
        other => wrong_state(case, &other),
    }
}

/// Rules 1 and 2: no number without the signature of the right chief, who is never the one complained about, and never the handler of a
/// case that was assigned urgently.
fn register(case: &Case, number: String, checklists: Vec<Checklist>, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    Ok(vec![Event::Registered { number, by: by.person.clone(), at: now, checklists: Some(checklists) }])
}

/// Rule 1: a refusal needs the same signature, and a reason.
fn decline(case: &Case, reason: String, by: &By, now: Ts) -> Decided {
    signed(case, by)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(vec![Event::Declined { reason, at: Some(now) }])
}

fn only_the_handler(handler: &str, by: &By) -> Result<(), Refusal> {
    if handler == by.person { Ok(()) } else { Err(Refusal::NotTheHandler) }
}

/// 信访工作条例 32: a petition is reported back on with the written opinion, so that those who review it read it.
fn report_back(case: &Case, handler: &str, outcome: Outcome, opinion: bool, by: &By) -> Decided {
    only_the_handler(handler, by)?;
    if case.is_paused() {
        return Err(Refusal::ClockPaused);
    }
    if paper::ends_with_opinion(case) && !opinion {
        return Err(Refusal::OpinionMissing);
    }
    Ok(vec![Event::ReportedBack { outcome, opinion }])
}

/// The written opinion is issued with the reply.
fn reply(report: &Report, verdict_deadline: Ts, opinion: String, by: &By, now: Ts) -> Decided {
    only_the_handler(&report.handler, by)?;
    let replied = Event::Replied { at: now, verdict_deadline };
    let issued = report.opinion.then(|| paper::with(PaperKind::HandlingOpinion, opinion, now));
    Ok(std::iter::once(replied).chain(issued).collect())
}

/// Rule 4: three reviews in order, by three people, on three criteria; sent back, it starts again at the first.
fn review(case: &Case, report: &Report, approve: bool, criteria_met: bool, reason: String, by: &By, now: Ts) -> Decided {
    let step = report.due();
    if !may_review(case, step, by) {
        return Err(Refusal::WrongReviewRole { step });
    }
    let twice = report.reviews.iter().any(|passed| passed.person == by.person);
    let own = step != ReviewStep::Handler && report.handler == by.person;
    if twice || own {
        return Err(Refusal::ReviewerTwice);
    }
    if !approve {
        return if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(vec![Event::SentBack { step, reason }]) };
    }
    if !criteria_met {
        return Err(Refusal::CriteriaNotMet);
    }
    let unit = by.units.first().cloned().unwrap_or_default();
    Ok(vec![Event::Reviewed { step, person: by.person.clone(), unit, at: now }])
}

/// The handler's review is made in the lead unit, the others in the unit that signs for the case or above it, where a station has no
/// office of its own.
fn may_review(case: &Case, step: ReviewStep, by: &By) -> bool {
    let own = by.units.first();
    let (role, in_place) = match step {
        ReviewStep::Handler => (Role::Handler, own == Some(&case.lead_unit)),
        ReviewStep::Office => (Role::Office, own.is_some_and(|unit| case.gate_chain().contains(unit))),
        ReviewStep::Leader => (Role::LeaderInCharge, own.is_some_and(|unit| case.gate_chain().contains(unit))),
        ReviewStep::Unspecified => return false,
    };
    by.roles.contains(&role) && in_place && !case.accuses(&by.person, &by.units)
}

/// 一事一问责: examined by somebody else than the handler, and than those whose part is, or was before.
fn examine(case: &Case, report: &Report, persons: Vec<Accounted>, by: &By) -> Decided {
    if report.handler == by.person {
        return Err(Refusal::ExaminerIsHandler);
    }
    if case.accounted.contains(&by.person) || persons.iter().any(|one| one.person == by.person) {
        return Err(Refusal::ExaminerIsExamined);
    }
    Ok(vec![if persons.is_empty() { Event::Examined } else { Event::ExaminedOf { persons } }])
}

/// Rule 7, door A: confirmed, everybody heard, its required checklists complete, signed by the chief, who did not handle it.
fn strike_off(case: &Case, reply: &Reply, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    if !case.confirmed() {
        return Err(Refusal::NotConfirmed);
    }
    heard(case, reply, now)?;
    complete(case)?;
    Ok(vec![Event::StruckOff { door: Door::Confirmed, reason: String::new() }])
}

/// Rule 7, door B: the person did not confirm, but has spoken or let the time pass; its required checklists complete; with reasons,
/// signed one level above the gate, where there is none with the decision of a superior outside the bureau.
fn except(case: &Case, reply: &Reply, reason: String, superior: bool, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    if by.above.signature.is_none() {
        return Err(Refusal::NotOneLevelUp { unit: by.above.unit.clone() });
    }
    if reply.report.handler == by.person {
        return Err(Refusal::SignerIsHandler);
    }
    if case.confirmed() {
        return Err(Refusal::Confirmed);
    }
    heard(case, reply, now)?;
    if by.above.superior_needed && !superior {
        return Err(Refusal::SuperiorMissing);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    complete(case)?;
    Ok(vec![Event::StruckOff { door: Door::Exception, reason }])
}

/// Rules 6 and 9: everybody who speaks in it has judged the reply, or the time for that is over.
fn heard(case: &Case, reply: &Reply, now: Ts) -> Result<(), Refusal> {
    if case.is_heard() || now > reply.verdict_deadline {
        return Ok(());
    }
    Err(Refusal::PersonNotHeard { deadline: reply.verdict_deadline })
}

fn no_appeal_waits(case: &Case) -> Result<(), Refusal> {
    if appeal::open(case).is_some() { Err(Refusal::AppealOpen) } else { Ok(()) }
}

/// The file is sealed with everything that belongs to it.
fn archive(case: &Case) -> Decided {
    no_appeal_waits(case)?;
    if case.referral == Some(Referral::Open) { Err(Refusal::ReferralOpen) } else { Ok(vec![Event::Archived]) }
}

/// Rule 7: its required checklists, such as the three ones; rule 1 again, for a case that was assigned urgently; and no appeal waits.
pub fn complete(case: &Case) -> Result<(), Refusal> {
    no_appeal_waits(case)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    let missing = checklist::missing(case);
    if missing.is_empty() { Ok(()) } else { Err(Refusal::ThreeOnesIncomplete { missing }) }
}

/// The signature of the chief of the gate unit, or of a deputy in office, who is not the one complained about.
pub fn signed(case: &Case, by: &By) -> Result<(), Refusal> {
    unaccused(case, by)?;
    if by.signature.is_none() {
        return Err(Refusal::NotTheChief { unit: case.gate_unit().to_owned() });
    }
    Ok(())
}

/// Rule 2: as [`signed`], and the signer is never the handler.
pub fn signed_by_another(case: &Case, by: &By) -> Result<(), Refusal> {
    signed(case, by)?;
    if case.state.handler() == Some(&by.person) { Err(Refusal::SignerIsHandler) } else { Ok(()) }
}

/// Rule 2: whoever is complained about, or belongs to them, signs nothing.
pub fn unaccused(case: &Case, by: &By) -> Result<(), Refusal> {
    if case.accuses(&by.person, &by.units) { Err(Refusal::SignerIsAccused) } else { Ok(()) }
}
