//! The life of a case: which rule answers a command in which state, and what an event makes of the case.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{ClockKind, DraftState, ReviewStep};

use super::appeal::Decision;
use super::requirement::{Decided, only_the_handler, unaccused, wrong_state};
use super::{
    Appeal, Attempt, By, Case, CoHandling, Command, Event, Given, Issued, Moved, Objection, Owner, Passed, Reached, Referral,
    Refusal, Registration, Repeat, Reply, Report, State, Urging, appeal, assignment, checklist, clock, closing, co_handling, draft,
    joining, meanwhile, paper, pausing, registering, reviewing, rung, verdict,
};

/// Rounds before the present one, and appeals, that are kept at hand; the history has all of them.
pub const KEPT: usize = 20;

/// What happens if `by` gives `command` now, or the rule that is in the way.
pub fn decide(case: &Case, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Join(joined) => joining::join(case, joined),
        Command::Detach { submission } => joining::detach(case, submission),
        Command::Appeal { submission, round, deadline } => appeal::appeal(case, submission, round, deadline, now),
        Command::RecordHearing { hearing } => appeal::hear(case, hearing, by),
        Command::DecideAppeal { upheld, superior } => appeal::decide_appeal(case, upheld, superior, by, now),
        Command::ReplaceHandler { handler, reason } if case.state.handler().is_some() && case.state.door().is_none() => {
            replace_handler(case, handler, reason, by)
        }
        Command::AnswerCoHandling { number } => co_handling::answer(case, number, by),
        Command::RecordContact if case.state != State::Declined => pausing::contact(case, by, now),
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
            Command::Register { number, checklists } => registering::register(case, number, checklists, by, now),
            Command::Decline { reason } => registering::decline(case, reason, by, now),
            Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
            Command::AssignUrgently { lead, assisting } => assignment::assign_urgently(case, &lead, &assisting, by, now),
            other => wrong_state(case, &other),
        },
        State::Registered => match command {
            Command::Assign { lead, assisting, assist_due } => assignment::assign(case, &lead, &assisting, assist_due, by, now),
            Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
            Command::TakeOwnership { duty } => meanwhile::own(case, duty, by, now),
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
        State::Undertaken { .. } => match command {
            Command::ReportBack { outcome, opinion } => reviewing::report_back(case, outcome, opinion, by),
            Command::Pause { ground, authority, reason, due } => pausing::pause(case, ground, authority, &reason, due, by, now),
            // The unit has its five workdays, whoever of it was quicker to take the case on.
            Command::Object { reason, deadline } if case.round == 1 => assignment::object(case, &reason, deadline, by, now),
            Command::AddRecord { kind } => only_the_handler(case, by).map(|()| vec![Event::RecordAdded { kind }]),
            other => under_way(case, other, by, now),
        },
        State::Reported(report) => match command {
            Command::Review { approve, criteria_met, reason } => {
                reviewing::review(case, report, approve, criteria_met, reason, by, now)
            }
            other => under_way(case, other, by, now),
        },
        State::Approved(report) => match command {
            Command::Reply { verdict_deadline, opinion } => reviewing::reply(case, report, verdict_deadline, opinion, by, now),
            other => under_way(case, other, by, now),
        },
        State::Replied(reply) | State::Settled(reply) => answered(case, reply, command, by, now),
        State::StruckOff { reply, .. } => match command {
            Command::Archive => closing::archive(case),
            // Each keeps their verdict, also after another one's has closed it.
            Command::RecordVerdict { submission, round, verdict } => {
                verdict::judge(case, reply, Given { submission, round, verdict }, now)
            }
            Command::ReferToDiscipline => meanwhile::refer(case, by),
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

/// What can be asked for from assignment to reply, whatever the next step is.
fn under_way(case: &Case, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Register { number, checklists } if case.number.is_none() => {
            registering::register(case, number, checklists, by, now)
        }
        Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
        Command::Coordinate => meanwhile::coordinate(case, by),
        Command::Resume => pausing::resume(case, by, now),
        Command::Urge { unit, due, paper } => meanwhile::urge(case, unit, due, paper, by, now),
        Command::IssuePaper { content, number, corrects } => paper::issue(case, content, number, corrects, by, now),
        Command::Extend { days, reason, number, due } => paper::extend(case, days, &reason, number, due, by, now),
        Command::AnswerUrge { number } => meanwhile::answer_urge(case, number, by),
        Command::AskAuthority { authority, system, due } => co_handling::ask(case, authority, system, due, by),
        Command::Contribute => meanwhile::contribute(case, by),
        Command::TakeOwnership { duty } => meanwhile::own(case, duty, by, now),
        Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
        Command::ReferToDiscipline => meanwhile::refer(case, by),
        Command::AnswerReferral => meanwhile::answer_referral(case, by),
        other => wrong_state(case, &other),
    }
}

/// What can be asked for once there is a reply, before the case leaves the open book.
fn answered(case: &Case, reply: &Reply, command: Command, by: &By, now: Ts) -> Decided {
    match command {
        Command::Register { number, checklists } if case.number.is_none() => {
            registering::register(case, number, checklists, by, now)
        }
        Command::Reclassify { book, track, reason } => meanwhile::reclassify(case, book, track, reason, by),
        Command::RecordVerdict { submission, round, verdict } => {
            verdict::judge(case, reply, Given { submission, round, verdict }, now)
        }
        Command::AnswerUrge { number } => meanwhile::answer_urge(case, number, by),
        Command::IssuePaper { content, number, corrects } => paper::issue(case, content, number, corrects, by, now),
        Command::ReferToDiscipline => meanwhile::refer(case, by),
        Command::AnswerReferral => meanwhile::answer_referral(case, by),
        Command::RecordReturnVisit { submission, round, verdict } => {
            verdict::visit(case, reply, Given { submission, round, verdict }, by, now)
        }
        // What a checklist asks for is not lost because it was put on record late.
        Command::AddRecord { kind } => only_the_handler(case, by).map(|()| vec![Event::RecordAdded { kind }]),
        Command::RecordPublication { published } => Ok(vec![Event::PublicationRecorded { published }]),
        Command::ExamineAccountability { persons } => closing::examine(case, persons, by),
        Command::LinkRepeat { earlier } => joining::link_repeat(case, &earlier),
        Command::StrikeOff => closing::strike_off(case, reply, by, now),
        Command::StrikeOffByException { reason, superior } => closing::except(case, reply, reason, superior, by, now),
        Command::Reopen { submission, round } => verdict::reopen(case, reply, submission, round, now),
        other => wrong_state(case, &other),
    }
}

/// Who is ill or has left keeps nobody waiting. The new handler is none who is complained about, who signed or who reviewed (rules 2 and 4).
fn replace_handler(case: &Case, handler: String, reason: String, by: &By) -> Decided {
    unaccused(case, by)?;
    if by.units.first() != Some(&case.lead_unit) {
        return Err(Refusal::NotTheLeadUnit { unit: case.lead_unit.clone() });
    }
    if by.own.is_none() && !by.roles.contains(&Role::Office) {
        return Err(Refusal::NotTheChief { unit: case.lead_unit.clone() });
    }
    if case.state.handler() == Some(&handler) {
        return Err(Refusal::Unchanged { field: "handler_id" });
    }
    if case.accuses(&handler, &[]) {
        return Err(Refusal::HandlerIsAccused);
    }
    if handler == by.person || case.is_supervised_by(&handler) {
        return Err(Refusal::SignerIsHandler);
    }
    let reviews = case.state.report().map(|report| report.reviews.as_slice()).unwrap_or_default();
    if reviews.iter().any(|passed| passed.step != ReviewStep::Handler && passed.person == handler) {
        return Err(Refusal::ReviewerTwice);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(vec![Event::HandlerReplaced { handler, reason }])
}

/// Lets `event` have happened. Events were decided before they are applied, so one that does not fit the state changes only the count.
pub fn apply(case: &mut Case, event: &Event) {
    happen(case, event);
    draft::lapse(case);
}

fn happen(case: &mut Case, event: &Event) {
    case.revision += 1;
    checklist::notice(case, event);
    match event {
        Event::Proposed(_) => {}
        Event::Registered { number, by, at, checklists } => {
            case.number = Some(number.clone());
            case.checklists = checklists.clone();
            case.registered = Some(Registration { by: by.clone(), at: *at });
            // The signature that follows an urgent assignment changes nothing else.
            if case.state == State::Proposed {
                case.state = State::Registered;
            }
        }
        Event::Declined { at, .. } => (case.state, case.declined) = (State::Declined, *at),
        Event::Assigned { lead, assisting, by, at, assist_due, gate } => {
            assignment::assigned(case, lead, assisting, by, *at, assist_due);
            case.gate = gate.clone().or(case.gate.take());
        }
        Event::AssignedUrgently { lead, assisting, by, at, assist_due } => {
            assignment::assigned(case, lead, assisting, by, Some(*at), assist_due)
        }
        Event::Objected { unit, at, .. } => {
            case.let_handler_go();
            case.objection = Some(Objection { unit: unit.clone(), at: *at, upheld: None });
            case.state = State::Objected;
        }
        Event::ObjectionDecided { upheld, .. } => {
            case.objection = case.objection.take().map(|objection| Objection { upheld: Some(*upheld), ..objection });
            case.state = State::Assigned;
        }
        Event::HandlerReplaced { handler, .. } => hand_over(case, handler),
        Event::Reclassified { book, track, .. } => {
            // Another track has another clock, which has reached nothing yet.
            if *track != case.track() {
                case.rungs.retain(|reached| reached.kind != ClockKind::Finish);
            }
            case.moved = Some(Moved { book: *book, track: *track });
            if co_handling::stays_inside(case) {
                co_handling::withdraw(case);
            }
        }
        Event::Contributed { unit } => {
            if !case.contributed.contains(unit) {
                case.contributed.push(unit.clone());
            }
        }
        Event::Urged { unit, due, at } => {
            case.urgings.push(Urging { unit: unit.clone(), due: due.clone(), answered: false, lapsed: false, at: *at })
        }
        Event::UrgeAnswered { number } => {
            if let Some(urging) = number.checked_sub(1).and_then(|index| case.urgings.get_mut(index)) {
                urging.answered = true;
            }
        }
        Event::AuthorityAsked { authority, system, due } => {
            let (authority, system, due) = (authority.clone(), system.clone(), due.clone());
            case.co_handlings.push(CoHandling { authority, system, due, answered: false, withdrawn: false });
        }
        Event::AuthorityAnswered { number } => {
            if let Some(asked) = number.checked_sub(1).and_then(|index| case.co_handlings.get_mut(index)) {
                asked.answered = true;
            }
        }
        Event::Referred => case.referral = Some(Referral::Open),
        Event::ReferralAnswered => case.referral = Some(Referral::Answered),
        Event::Coordinated | Event::RecordAdded { .. } => {}
        Event::Undertaken { handler } => case.state = State::Undertaken { handler: handler.clone() },
        Event::ReportedBack { outcome, opinion } => {
            if let Some(handler) = case.state.handler() {
                let (handler, reviews) = (handler.to_owned(), Vec::new());
                case.state = State::Reported(Report { handler, outcome: *outcome, reviews, opinion: *opinion });
            }
        }
        // Each round has one, and it is never corrected.
        Event::PaperIssued { kind: PaperKind::HandlingOpinion, .. } => {}
        Event::PaperIssued { kind, number, version, path, submission, at } => {
            match case.papers.iter_mut().find(|paper| paper.number == *number) {
                Some(paper) => paper.version = *version,
                None => {
                    case.papers.push(Issued { kind: *kind, number: number.clone(), version: *version, submission: *submission })
                }
            }
            case.path = path.or(case.path);
            case.told = case.told.or(at.filter(|_| path.is_some()));
        }
        Event::Extended { days, signed, .. } => (case.extension_days, case.extension) = (*days, signed.clone()),
        Event::Paused(paused) => case.pauses.push(paused.clone()),
        Event::Resumed { at } => pausing::end(&mut case.pauses, *at),
        Event::Contacted { at } => case.contacted = Some(*at),
        Event::Projected { edition, days } => {
            case.projected = Some(*edition);
            let window = days.iter().find(|one| one.kind == ClockKind::Verdict).and_then(|one| clock::day(&one.after));
            window.into_iter().for_each(|day| case.state.open_until(day));
        }
        Event::RungReached { kind, subject, turn, rung, at, drafts } => {
            let (kind, subject, turn, rung, at) = (*kind, subject.clone(), *turn, *rung, *at);
            rung::reach(case, Reached { kind, subject, turn, rung, at }, drafts);
        }
        Event::DraftsRenewed { drafts } => case.drafts.extend(drafts.iter().cloned()),
        Event::DraftSigned { number } => draft::close(case, *number, DraftState::Signed),
        Event::DraftDropped { number, .. } => draft::close(case, *number, DraftState::Dropped),
        Event::DraftsLapsed { numbers } => numbers.iter().for_each(|number| draft::close(case, *number, DraftState::Lapsed)),
        Event::Reviewed { step, person, unit, at } => {
            reviewing::reviewed(case, Passed { step: *step, person: person.clone(), unit: unit.clone(), at: *at });
        }
        Event::SentBack { .. } => {
            if let Some(handler) = case.state.handler() {
                case.state = State::Undertaken { handler: handler.to_owned() };
            }
        }
        Event::Replied { at, verdict_deadline } => {
            co_handling::withdraw(case);
            pausing::end(&mut case.pauses, *at);
            if let Some(report) = case.state.report() {
                let (report, opinion) = (report.clone(), Some(report.opinion && paper::ends_with_opinion(case)));
                case.state = State::Replied(Reply { report, delivered: *at, verdict_deadline: *verdict_deadline, opinion });
            }
        }
        Event::VerdictRecorded { submission, verdict } => {
            case.verdicts.push(Given { submission: *submission, round: case.round, verdict: *verdict });
        }
        Event::Visited { submission, reached: false, at } => {
            case.attempts.push(Attempt { submission: *submission, round: case.round, at: *at });
        }
        Event::Visited { reached: true, .. } => {}
        Event::Settled => with_reply(case, State::Settled),
        Event::PublicationRecorded { .. } => case.published = true,
        Event::Examined => {
            case.examined = true;
            case.accounted.clear();
        }
        Event::ExaminedOf { persons } => {
            case.examined = true;
            case.accounted = persons.iter().map(|one| one.person.clone()).collect();
        }
        Event::Owned { person, duty, at } => {
            let owner = Owner { person: person.clone(), duty: *duty, since: *at };
            // Each once, however often they took it from each other.
            if let Some(before) = case.owner.replace(owner)
                && !case.earlier_owners.contains(&before.person)
            {
                case.earlier_owners.push(before.person);
            }
        }
        Event::RepeatLinked { earlier, number } => case.repeat_of = Some(Repeat { earlier: *earlier, number: *number }),
        Event::StruckOff { door, .. } => with_reply(case, |reply| State::StruckOff { reply, door: *door }),
        Event::Archived => {
            if let Some(door) = case.state.door() {
                with_reply(case, |reply| State::Archived { reply, door });
            }
        }
        Event::Reopened { at, .. } => verdict::reopened(case, *at),
        Event::Joined(joined) => case.joined.push(joined.clone()),
        Event::JoinRefused { .. } => {}
        Event::Appealed { step, submission, at } => {
            let (step, submission, round, asked) = (*step, *submission, case.round, *at);
            case.appeals.push(Appeal { step, submission, round, asked, hearing_days: 0, hearings: Vec::new(), decided: None });
            keep_last(&mut case.appeals);
        }
        Event::UnitsChanged { gate, signers } => {
            case.gate = Some(gate.clone());
            signers.iter().for_each(|(number, unit)| draft::hand_over(case, *number, unit));
        }
        Event::Heard { days, hearing } => match (case.appeals.last_mut(), hearing) {
            (Some(appeal), Some(hearing)) => appeal.hear(*hearing),
            (Some(appeal), None) => appeal.hearing_days = appeal.hearing_days.saturating_add(*days),
            (None, _) => {}
        },
        Event::AppealDecided { upheld, at, .. } => {
            if let Some(appeal) = case.appeals.last_mut() {
                appeal.decided = Some(Decision { upheld: *upheld, at: *at });
            }
        }
        Event::Detached { submission } => {
            case.joined.retain(|joined| joined.submission != *submission);
            if let State::Settled(reply) = &case.state
                && !case.confirmed()
            {
                case.state = State::Replied(reply.clone());
            }
        }
    }
}

/// Drops the oldest beyond [`KEPT`].
pub fn keep_last<T>(all: &mut Vec<T>) {
    all.drain(..all.len().saturating_sub(KEPT));
}

fn with_reply(case: &mut Case, next: impl FnOnce(Reply) -> State) {
    if let Some(reply) = case.state.reply().cloned() {
        case.state = next(reply);
    }
}

/// What was reported and reviewed stays.
fn hand_over(case: &mut Case, to: &str) {
    case.let_handler_go();
    match &mut case.state {
        State::Undertaken { handler } => to.clone_into(handler),
        State::Reported(report) | State::Approved(report) => to.clone_into(&mut report.handler),
        State::Replied(reply) | State::Settled(reply) => to.clone_into(&mut reply.report.handler),
        State::Proposed
        | State::Declined
        | State::Registered
        | State::Assigned
        | State::Objected
        | State::StruckOff { .. }
        | State::Archived { .. } => {}
    }
}
