//! From the report to the reply: reviewed by three people on the way.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Outcome, PaperKind};
use sanben_proto::ledger::ReviewStep;

use super::requirement::{Decided, only_the_handler};
use super::{By, Case, Event, Passed, REVIEWS, Refusal, Report, State, paper};

/// 信访工作条例 32: a petition is reported back on with the written opinion, so that those who review it read it.
pub fn report_back(case: &Case, outcome: Outcome, opinion: bool, by: &By) -> Decided {
    only_the_handler(case, by)?;
    if case.is_paused() {
        return Err(Refusal::ClockPaused);
    }
    if paper::ends_with_opinion(case) && !opinion {
        return Err(Refusal::OpinionMissing);
    }
    Ok(vec![Event::ReportedBack { outcome, opinion }])
}

/// The written opinion is issued with the reply.
pub fn reply(case: &Case, report: &Report, verdict_deadline: Ts, opinion: String, by: &By, now: Ts) -> Decided {
    only_the_handler(case, by)?;
    let replied = Event::Replied { at: now, verdict_deadline };
    let issued = report.opinion.then(|| paper::with(PaperKind::HandlingOpinion, opinion, now));
    Ok(std::iter::once(replied).chain(issued).collect())
}

/// Rule 4: three reviews in order, by three people, on three criteria; sent back, it starts again at the first.
pub fn review(case: &Case, report: &Report, approve: bool, criteria_met: bool, reason: String, by: &By, now: Ts) -> Decided {
    let step = report.due();
    if !may_review(case, step, by) {
        return Err(Refusal::WrongReviewRole { step });
    }
    let twice = report.reviews.iter().any(|passed| passed.person == by.person);
    let own = step != ReviewStep::Handler && case.is_handled_by(&by.person);
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

/// Lets a review be passed; the last one approves the report.
pub fn reviewed(case: &mut Case, passed: Passed) {
    let Some(mut report) = case.state.report().cloned() else { return };
    report.reviews.push(passed);
    case.state = if report.reviews.len() < REVIEWS.len() { State::Reported(report) } else { State::Approved(report) };
}
