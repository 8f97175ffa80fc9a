//! What the person says of a reply, over their own channel or on a return visit, and what comes of it.

use sanben_clock::{Calendar, Projection, Ts};
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::PresetKind;
use uuid::Uuid;

use super::clock::{presets, until};
use super::lifecycle::keep_last;
use super::requirement::{Decided, unaccused, wrong_state};
use super::{By, Case, Command, Event, Given, Referral, Refusal, Reply, Round, State, apply};

/// Not reached on so many different days counts as unreachable.
pub const ATTEMPTS: usize = 3;

/// When the window ends by this calendar, if that is later than the person was told and not over by now. Whoever was told a day keeps at
/// least that, so it is never brought forward.
pub fn moved(case: &Case, calendar: &Calendar, now: Ts) -> Option<Projection> {
    let reply = case.state.reply()?;
    let window = until(presets(case), PresetKind::Verdict, calendar, reply.delivered);
    (window.due > reply.verdict_deadline && window.due >= now).then_some(window)
}

/// The last instant of the window by this calendar.
pub fn open_until(case: &Case, reply: &Reply, calendar: &Calendar, now: Ts) -> Ts {
    moved(case, calendar, now).map_or(reply.verdict_deadline, |window| window.due)
}

/// What the person says of a reply counts when it is of this case, about this round, and in time.
fn in_time(case: &Case, reply: &Reply, submission: Uuid, round: i32, now: Ts) -> Result<(), Refusal> {
    if !case.answers(submission) {
        return Err(Refusal::NotOfThisCase);
    }
    if round != case.round {
        return Err(Refusal::WrongRound { round: case.round });
    }
    if now > reply.verdict_deadline {
        return Err(Refusal::VerdictTooLate { deadline: reply.verdict_deadline });
    }
    Ok(())
}

/// Rule 8: within the window, the person has it taken up again, whatever became of it since, unless it is final.
pub fn reopen(case: &Case, reply: &Reply, submission: Uuid, round: i32, now: Ts) -> Decided {
    if case.is_final() {
        return wrong_state(case, &Command::Reopen { submission, round });
    }
    in_time(case, reply, submission, round, now).map(|()| vec![Event::Reopened { submission, at: Some(now) }])
}

/// Rule 6: the verdict of a submission of this case, on this round, in time, once.
pub fn judge(case: &Case, reply: &Reply, given: Given, now: Ts) -> Decided {
    in_time(case, reply, given.submission, given.round, now)?;
    if case.is_judged(given.submission) {
        return Err(Refusal::VerdictTwice);
    }
    Ok(settled_if_confirmed(case, vec![Event::VerdictRecorded { submission: given.submission, verdict: given.verdict }]))
}

/// Rule 6: by somebody who neither handled nor supervised it; not reached on three different days counts as unreachable.
pub fn visit(case: &Case, reply: &Reply, given: Given, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    if is_involved(case, reply, &by.person) {
        return Err(Refusal::VisitorInvolved);
    }
    let submission = given.submission;
    let reached = given.verdict != Verdict::Unreachable;
    let judged = judge(case, reply, given, now)?;
    let visited = Event::Visited { submission, reached, at: now };
    if reached {
        return Ok([vec![visited], judged].concat());
    }
    let before = || case.attempts.iter().filter(|attempt| attempt.submission == submission && attempt.round == case.round);
    if before().any(|attempt| attempt.at.date() == now.date()) {
        return Err(Refusal::VisitedToday);
    }
    let last = before().count() + 1 >= ATTEMPTS;
    Ok(std::iter::once(visited).chain(judged.into_iter().filter(|_| last)).collect())
}

/// Whether the person handled, reviewed, signed or assigned the case, or answers for it.
fn is_involved(case: &Case, reply: &Reply, person: &str) -> bool {
    let reviewed = reply.report.reviews.iter().any(|passed| passed.person == person);
    case.is_supervised_by(person) || case.is_handled_by(person) || reviewed
}

/// What confirms a case that was replied to settles it.
pub fn settled_if_confirmed(case: &Case, mut events: Vec<Event>) -> Vec<Event> {
    let mut after = case.clone();
    events.iter().for_each(|event| apply(&mut after, event));
    if after.confirmed() && matches!(after.state, State::Replied(_)) {
        events.push(Event::Settled);
    }
    events
}

/// The round is kept whole, and what is counted per round begins anew. However often it happens, a case grows no further than [`KEPT`].
pub fn reopened(case: &mut Case, at: Option<Ts>) {
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
