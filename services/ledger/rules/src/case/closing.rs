//! How a case leaves the open book: its part in accountability examined, struck off by one of two doors, archived.

use sanben_clock::Ts;
use sanben_proto::ledger::Door;

use super::requirement::{Decided, complete, heard, no_appeal_waits, signed_by_another, unaccused};
use super::{Accounted, By, Case, Event, Referral, Refusal, Reply};

/// 一事一问责: examined by somebody else than the handler, and than those whose part is, or was before.
pub fn examine(case: &Case, persons: Vec<Accounted>, by: &By) -> Decided {
    if case.is_handled_by(&by.person) {
        return Err(Refusal::ExaminerIsHandler);
    }
    if case.accounted.contains(&by.person) || persons.iter().any(|one| one.person == by.person) {
        return Err(Refusal::ExaminerIsExamined);
    }
    Ok(vec![if persons.is_empty() { Event::Examined } else { Event::ExaminedOf { persons } }])
}

/// Rule 7, door A: confirmed, everybody heard, its required checklists complete, signed by the chief, who did not handle it.
pub fn strike_off(case: &Case, reply: &Reply, by: &By, now: Ts) -> Decided {
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
pub fn except(case: &Case, reply: &Reply, reason: String, superior: bool, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    if by.above.signature.is_none() {
        return Err(Refusal::NotOneLevelUp { unit: by.above.unit.clone() });
    }
    if case.is_handled_by(&by.person) {
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

/// The file is sealed with everything that belongs to it.
pub fn archive(case: &Case) -> Decided {
    no_appeal_waits(case)?;
    if case.referral == Some(Referral::Open) { Err(Refusal::ReferralOpen) } else { Ok(vec![Event::Archived]) }
}
