use sanben_clock::Ts;
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{ClockKind, DraftState};

use super::appeal::Decision;
use super::{
    Appeal, Attempt, Case, CoHandling, Event, Given, Issued, Moved, Objection, Owner, Passed, REVIEWS, Reached, Referral,
    Registration, Repeat, Reply, Report, Round, State, Urging, checklist, clock, co_handling, draft, paper, pausing, rung,
};

/// Rounds before the present one, and appeals, that are kept at hand; the history has all of them.
pub const KEPT: usize = 20;

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
            assign(case, lead, assisting, by, *at, assist_due);
            case.gate = gate.clone().or(case.gate.take());
        }
        Event::AssignedUrgently { lead, assisting, by, at, assist_due } => assign(case, lead, assisting, by, Some(*at), assist_due),
        Event::Objected { unit, at, .. } => {
            case.objection = Some(Objection { unit: unit.clone(), at: *at, upheld: None });
            case.state = State::Objected;
        }
        Event::ObjectionDecided { upheld, .. } => {
            case.objection = case.objection.take().map(|objection| Objection { upheld: Some(*upheld), ..objection });
            case.state = State::Assigned;
        }
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
            review(case, Passed { step: *step, person: person.clone(), unit: unit.clone(), at: *at });
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
        Event::Reopened { at, .. } => reopen(case, *at),
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

fn assign(case: &mut Case, lead: &str, assisting: &[String], by: &str, at: Option<Ts>, assist_due: &str) {
    case.earlier_assigners.extend(case.assigned_by.replace(by.to_owned()));
    lead.clone_into(&mut case.lead_unit);
    case.assisting_units = assisting.to_vec();
    case.assigned = at;
    assist_due.clone_into(&mut case.assist_due);
    case.assist_by_default = assist_due.is_empty() && at.is_some();
    case.contributed.retain(|unit| assisting.contains(unit));
    for urging in case.urgings.iter_mut().filter(|urging| !urging.answered) {
        urging.lapsed = urging.unit != lead && !assisting.contains(&urging.unit);
    }
    case.state = State::Assigned;
}

/// The round is kept whole, and what is counted per round begins anew. However often it happens, a case grows no further than [`KEPT`].
fn reopen(case: &mut Case, at: Option<Ts>) {
    let Some(reply) = case.state.reply().cloned() else { return };
    let handler = reply.report.handler.clone();
    let door = case.state.door();
    case.earlier.push(Round { number: case.round, reply, door, published: case.published, examined: case.examined });
    keep_last(&mut case.earlier);
    let first = case.earlier.first().map_or(case.round, |round| round.number);
    case.verdicts.retain(|given| given.round >= first);
    case.attempts.clear();
    case.round += 1;
    (case.published, case.examined) = (false, false);
    case.accounted.clear();
    case.evidence.clear();
    case.contributed.clear();
    case.assist_due.clear();
    case.assist_by_default = false;
    case.reopened = at.or(case.reopened);
    // One that is open stays so until it is answered.
    case.referral = case.referral.filter(|referral| *referral == Referral::Open);
    case.state = State::Undertaken { handler };
}

fn keep_last<T>(all: &mut Vec<T>) {
    all.drain(..all.len().saturating_sub(KEPT));
}

fn review(case: &mut Case, passed: Passed) {
    let Some(mut report) = case.state.report().cloned() else { return };
    report.reviews.push(passed);
    case.state = if report.reviews.len() < REVIEWS.len() { State::Reported(report) } else { State::Approved(report) };
}

fn with_reply(case: &mut Case, next: impl FnOnce(Reply) -> State) {
    if let Some(reply) = case.state.reply().cloned() {
        case.state = next(reply);
    }
}
