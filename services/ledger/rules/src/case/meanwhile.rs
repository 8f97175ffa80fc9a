//! What goes on beside a case's way from assignment to reply: it is reclassified, coordinated, urged, assisted, put on record,
//! referred to discipline, taken on by a leader in person.

use sanben_clock::Ts;
use sanben_proto::kinds::{Book, PaperKind, Track};
use sanben_proto::ledger::{PersonalDuty, ReviewStep};

use super::requirement::{Decided, signed_by_another, unaccused, wrong_state};
use super::{By, Case, Command, Event, Moved, Referral, Refusal, State, appeal, paper};

/// A case is urged so often at most.
pub const URGINGS_MAX: usize = 50;

/// 换账: an event with a reason, never an overwrite. The number stays, and the case is counted once, in the book where it is. Who is
/// complained about is named in triage only, so nothing becomes a complaint here.
pub fn reclassify(case: &Case, book: Book, track: Track, reason: String, by: &By) -> Decided {
    signed_by_another(case, by)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    if (book, track) == (case.book(), case.track()) {
        return Err(Refusal::AlreadyInBook);
    }
    if track == Track::Urgent && case.is_paused() {
        return Err(Refusal::ClockPaused);
    }
    if book == Book::Complaint && case.book() != Book::Complaint {
        return Err(Refusal::ComplaintThroughTriage);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let mut moved = case.clone();
    moved.moved = Some(Moved { book, track });
    let reclassified = Event::Reclassified { book, track, reason: reason.clone() };
    // What became a petition is written an opinion on (信访工作条例 32), and reviewed with it.
    let step = match &case.state {
        State::Reported(report) if paper::ends_with_opinion(&moved) && !report.opinion => report.due(),
        State::Approved(report) if paper::ends_with_opinion(&moved) && !report.opinion => ReviewStep::Leader,
        State::Replied(reply) | State::Settled(reply) if paper::ends_with_opinion(&moved) && !reply.report.opinion => {
            return wrong_state(case, &Command::Reclassify { book, track, reason });
        }
        _ => return Ok(vec![reclassified]),
    };
    Ok(vec![reclassified, Event::SentBack { step, reason }])
}

/// Rule 3: each assisting unit brings what is its own.
pub fn contribute(case: &Case, by: &By) -> Decided {
    if case.accuses(&by.person, &by.units) {
        return Err(Refusal::HandlerIsAccused);
    }
    match by.units.first() {
        Some(unit) if case.assisting_units.contains(unit) => Ok(vec![Event::Contributed { unit: unit.clone() }]),
        _ => Err(Refusal::NotAssisting),
    }
}

/// 协调处理, the second of the chief's three duties.
pub fn coordinate(case: &Case, by: &By) -> Decided {
    signed_by_another(case, by)?;
    Ok(vec![Event::Coordinated])
}

/// 督促回复, the third of the chief's three duties.
pub fn urge(case: &Case, unit: String, due: String, paper: Option<(PaperKind, String)>, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    if unit != case.lead_unit && !case.assisting_units.contains(&unit) {
        return Err(Refusal::NotInvolved { unit });
    }
    if paper.is_some() && case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    urged(case, unit, due, paper, now)
}

/// What an urging is, whoever may sign it.
pub fn urged(case: &Case, unit: String, due: String, paper: Option<(PaperKind, String)>, now: Ts) -> Decided {
    if case.urgings.len() >= URGINGS_MAX {
        return Err(Refusal::TooManyUrgings);
    }
    let urged = Event::Urged { unit, due, at: Some(now) };
    let Some((kind, number)) = paper else { return Ok(vec![urged]) };
    paper::room(case)?;
    Ok(vec![urged, paper::with(kind, number, now)])
}

/// Whether urgings are still answered: while the case is open, or superiors look at it.
pub fn is_answered(case: &Case) -> bool {
    let open = case.state != State::Declined && case.state.door().is_none();
    open || appeal::open(case).is_some()
}

/// The answer comes from the unit that was urged.
pub fn answer_urge(case: &Case, number: usize, by: &By) -> Decided {
    let unknown = || Refusal::UrgingUnknown { last: case.urgings.len() };
    let urging = number.checked_sub(1).and_then(|index| case.urgings.get(index)).ok_or_else(unknown)?;
    if by.units.first() != Some(&urging.unit) {
        return Err(Refusal::NotInvolved { unit: urging.unit.clone() });
    }
    if urging.answered {
        return Err(Refusal::UrgingAnswered);
    }
    Ok(vec![Event::UrgeAnswered { number }])
}

/// 包案: a chief of the gate unit or one level above it answers for the case in person. Whoever handles it does not: somebody must look on.
pub fn own(case: &Case, duty: PersonalDuty, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    if by.signature.is_none() && by.above.signature.is_none() {
        return Err(Refusal::NotTheChief { unit: case.gate_unit().to_owned() });
    }
    if case.is_handled_by(&by.person) {
        return Err(Refusal::SignerIsHandler);
    }
    if case.owner.as_ref().is_some_and(|owner| owner.person == by.person && owner.duty == duty) {
        return Err(Refusal::OwnedAlready);
    }
    Ok(vec![Event::Owned { person: by.person.clone(), duty, at: now }])
}

/// 移交纪检督察: once a round; the case goes its way meanwhile.
pub fn refer(case: &Case, by: &By) -> Decided {
    signed_by_another(case, by)?;
    referred(case)
}

/// What a referral is, whoever may sign it.
pub fn referred(case: &Case) -> Decided {
    if case.referral.is_some() { Err(Refusal::ReferredAlready) } else { Ok(vec![Event::Referred]) }
}

/// The answer of a supervisor, who is neither complained about nor had to do with the case.
pub fn answer_referral(case: &Case, by: &By) -> Decided {
    unaccused(case, by)?;
    if case.is_handled_by(&by.person) || case.is_supervised_by(&by.person) {
        return Err(Refusal::AnswererInvolved);
    }
    if case.referral != Some(Referral::Open) {
        return Err(Refusal::NoOpenReferral);
    }
    Ok(vec![Event::ReferralAnswered])
}
