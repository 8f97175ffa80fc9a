//! What several rules require: who may sign, what must be complete. Everything that decides stands above it.

use sanben_clock::Ts;

use super::{By, Case, Command, Event, Refusal, Reply, appeal, checklist};

/// What happens, or the rule that is in the way.
pub type Decided = Result<Vec<Event>, Refusal>;

/// The verb does not apply where the case is.
pub fn wrong_state(case: &Case, command: &Command) -> Decided {
    Err(Refusal::WrongState { state: case.state.named(), verb: command.verb() })
}

/// Only who handles it, and not when they are complained about or belong to them: their unit shows only when they act.
pub fn only_the_handler(case: &Case, by: &By) -> Result<(), Refusal> {
    if case.state.handler() != Some(&by.person) {
        return Err(Refusal::NotTheHandler);
    }
    if case.accuses(&by.person, &by.units) { Err(Refusal::HandlerIsAccused) } else { Ok(()) }
}

/// Rules 6 and 9: everybody who speaks in it has judged the reply, or the time for that is over.
pub fn heard(case: &Case, reply: &Reply, now: Ts) -> Result<(), Refusal> {
    if case.is_heard() || now > reply.verdict_deadline {
        return Ok(());
    }
    Err(Refusal::PersonNotHeard { deadline: reply.verdict_deadline })
}

/// No superior looks at it.
pub fn no_appeal_waits(case: &Case) -> Result<(), Refusal> {
    if appeal::open(case).is_some() { Err(Refusal::AppealOpen) } else { Ok(()) }
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
    if case.is_handled_by(&by.person) { Err(Refusal::SignerIsHandler) } else { Ok(()) }
}

/// Rule 2: whoever is complained about, or belongs to them, signs nothing.
pub fn unaccused(case: &Case, by: &By) -> Result<(), Refusal> {
    if case.accuses(&by.person, &by.units) { Err(Refusal::SignerIsAccused) } else { Ok(()) }
}
