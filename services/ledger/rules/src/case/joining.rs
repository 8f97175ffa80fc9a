//! Several submissions that say the same (rule 9), and a matter that is brought again: linked, never merged.

use uuid::Uuid;

use super::requirement::{Decided, wrong_state};
use super::verdict::settled_if_confirmed;
use super::{Case, Command, Event, Joined, Refusal, State};

/// So many submissions at most.
pub const SUBMISSIONS_MAX: usize = 200;

/// Until it is first reported back on: nobody is given a reply that was written before they were heard.
pub fn join(case: &Case, joined: Joined) -> Decided {
    let takes_more = case.submissions().count() < SUBMISSIONS_MAX && case.earlier.is_empty();
    match case.state {
        State::Proposed | State::Registered | State::Assigned | State::Objected | State::Undertaken { .. } if takes_more => {
            let known = case.answers(joined.submission);
            Ok(if known { Vec::new() } else { vec![Event::Joined(joined)] })
        }
        _ => wrong_state(case, &Command::Join(joined)),
    }
}

/// At any time. What it was opened with stays: that would leave a case that answers nobody. If those who remain have confirmed, it is settled.
pub fn detach(case: &Case, submission: Uuid) -> Decided {
    if case.state == State::Declined {
        return wrong_state(case, &Command::Detach { submission });
    }
    if case.joined.iter().all(|joined| joined.submission != submission) {
        return Err(Refusal::NotOfThisCase);
    }
    Ok(settled_if_confirmed(case, vec![Event::Detached { submission }]))
}

/// 重复事项: of a case that was received before and has been replied to, so that links never make a circle; and kept from everybody that the
/// earlier one is kept from, so that the link does not show that it exists.
pub fn link_repeat(case: &Case, earlier: &Case) -> Decided {
    if case.repeat_of.is_some() {
        return Err(Refusal::RepeatLinked);
    }
    let replied = earlier.state.reply().is_some() || !earlier.earlier.is_empty();
    // What a joined submission brings along moves the clocks, not the order.
    if !replied || earlier.opening.received >= case.opening.received {
        return Err(Refusal::NotEarlier);
    }
    let (own, other) = (&case.opening, &earlier.opening);
    let units = other.accused_units.iter().all(|unit| own.accused_units.contains(unit));
    let persons = other.accused_persons.iter().all(|person| own.accused_persons.contains(person));
    if !units || !persons || (earlier.sealed() && !case.sealed()) {
        return Err(Refusal::RepeatLessSealed);
    }
    Ok(vec![Event::RepeatLinked { earlier: earlier.id, number: earlier.repeat_number().saturating_add(1) }])
}
