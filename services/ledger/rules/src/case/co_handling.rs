//! 外单位会办: an authority outside the bureau is asked, and its own system answers.

use sanben_proto::kinds::{Book, Track};
use serde::{Deserialize, Serialize};

use super::requirement::{Decided, signed_by_another};
use super::{By, Case, Event, Refusal};

/// Authorities are asked so often in a case at most.
pub const CO_HANDLINGS_MAX: usize = 20;

/// What an authority outside the bureau was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandling {
    pub authority: String,
    /// The system that may answer, as in its access token.
    pub system: String,
    /// `YYYY-MM-DD`.
    pub due: String,
    pub answered: bool,
    /// Nobody needs an answer any more.
    pub withdrawn: bool,
}

impl CoHandling {
    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        !self.answered && !self.withdrawn
    }
}

/// 信访工作条例 30: an accusation is not passed on, and neither is what is kept from anybody.
pub fn stays_inside(case: &Case) -> bool {
    let opening = &case.opening;
    let accuses = !opening.accused_units.is_empty() || !opening.accused_persons.is_empty();
    case.sealed() || accuses || case.book() == Book::Complaint || case.track() == Track::Accusation
}

pub fn ask(case: &Case, authority: String, system: String, due: String, by: &By) -> Decided {
    signed_by_another(case, by)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    if stays_inside(case) {
        return Err(Refusal::CoHandlingSealed);
    }
    if case.co_handlings.len() >= CO_HANDLINGS_MAX {
        return Err(Refusal::TooManyCoHandlings);
    }
    Ok(vec![Event::AuthorityAsked { authority, system, due }])
}

/// What this system was asked for under this number, from 1. What another one was asked for is not there.
pub fn asked_of<'a>(case: &'a Case, number: usize, system: &str) -> Option<&'a CoHandling> {
    number.checked_sub(1).and_then(|index| case.co_handlings.get(index)).filter(|one| one.system == system)
}

/// The first that waits for this system, from 1; 0 if none does.
pub fn waiting_for(case: &Case, system: &str) -> usize {
    case.co_handlings.iter().position(|one| one.system == system && one.is_open()).map_or(0, |index| index + 1)
}

/// In whatever state the case is: how it is handled is nothing to those outside.
pub fn answer(case: &Case, number: usize, by: &By) -> Decided {
    match asked_of(case, number, &by.person) {
        None => Err(Refusal::NoCoHandling),
        Some(asked) if asked.answered => Err(Refusal::CoHandlingAnswered),
        Some(asked) if asked.withdrawn => Err(Refusal::CoHandlingWithdrawn),
        Some(_) => Ok(vec![Event::AuthorityAnswered { number }]),
    }
}

/// What is not answered by now needs no answer any more.
pub fn withdraw(case: &mut Case) {
    case.co_handlings.iter_mut().filter(|one| !one.answered).for_each(|one| one.withdrawn = true);
}
