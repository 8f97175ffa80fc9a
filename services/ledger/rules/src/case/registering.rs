//! The chief lets a case into its book, or not.

use sanben_clock::Ts;

use super::requirement::{Decided, signed, signed_by_another};
use super::{By, Case, Checklist, Event, Refusal};

/// Rules 1 and 2: no number without the signature of the right chief, who is never the one complained about, and never the handler of a
/// case that was assigned urgently.
pub fn register(case: &Case, number: String, checklists: Vec<Checklist>, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    Ok(vec![Event::Registered { number, by: by.person.clone(), at: now, checklists: Some(checklists) }])
}

/// Rule 1: a refusal needs the same signature, and a reason.
pub fn decline(case: &Case, reason: String, by: &By, now: Ts) -> Decided {
    signed(case, by)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(vec![Event::Declined { reason, at: Some(now) }])
}
