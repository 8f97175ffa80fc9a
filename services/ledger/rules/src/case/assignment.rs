//! Who gets a case: assignment, the urgent way past the gate, undertaking, and the objection of a unit that thinks the matter
//! is not its own.

use sanben_clock::Ts;
use sanben_proto::kinds::Track;

use super::requirement::{Decided, signed, unaccused};
use super::{By, Case, Event, Refusal, State};

/// A unit with those above it, the unit itself first.
pub type Chain = Vec<String>;

/// Rule 3: one lead unit, at or below the unit that signs, any number of assisting units; rule 2: none of them complained about.
pub fn assign(case: &Case, lead: &Chain, assisting: &[Chain], assist_due: String, by: &By, now: Ts) -> Decided {
    signed(case, by)?;
    let (lead, assisting) = handed_out(case, lead, assisting, case.gate_unit())?;
    Ok(vec![Event::Assigned { lead, assisting, by: by.person.clone(), at: Some(now), assist_due, gate: None }])
}

/// Rule 1: danger to life is not held at a gate. The duty officer hands it to the gate unit or below, whose chief then signs.
pub fn assign_urgently(case: &Case, lead: &Chain, assisting: &[Chain], by: &By, now: Ts) -> Decided {
    if case.track() != Track::Urgent {
        return Err(Refusal::NotUrgent);
    }
    unaccused(case, by)?;
    let (lead, assisting) = handed_out(case, lead, assisting, case.gate_unit())?;
    let (by, assist_due) = (by.person.clone(), String::new());
    Ok(vec![Event::AssignedUrgently { lead, assisting, by, at: now, assist_due }])
}

/// The lead and the assisting units, if each may have it.
fn handed_out(case: &Case, lead: &Chain, assisting: &[Chain], within: &str) -> Result<(String, Vec<String>), Refusal> {
    let accused = |chain: &Chain| case.accuses("", chain);
    if accused(lead) || assisting.iter().any(accused) {
        return Err(Refusal::HandlerIsAccused);
    }
    if !lead.iter().any(|unit| unit == within) {
        return Err(Refusal::LeadOutsideGate { unit: within.to_owned() });
    }
    let name = |chain: &Chain| chain.first().cloned().unwrap_or_default();
    let mut named = vec![name(lead)];
    for unit in assisting.iter().map(name) {
        if named.contains(&unit) {
            return Err(Refusal::AssistingIsLead { unit });
        }
        named.push(unit);
    }
    let assisting = named.split_off(1);
    Ok((name(lead), assisting))
}

/// Rule 2: the handler is of the lead unit itself, is not complained about, and neither signed nor handed it out, nor answers for it.
pub fn undertake(case: &Case, by: &By) -> Decided {
    of_the_lead_unit(case, by)?;
    if case.is_supervised_by(&by.person) {
        return Err(Refusal::SignerIsHandler);
    }
    Ok(vec![Event::Undertaken { handler: by.person.clone() }])
}

fn of_the_lead_unit(case: &Case, by: &By) -> Result<(), Refusal> {
    if case.accuses(&by.person, &by.units) {
        return Err(Refusal::HandlerIsAccused);
    }
    if by.units.first() != Some(&case.lead_unit) {
        return Err(Refusal::NotTheLeadUnit { unit: case.lead_unit.clone() });
    }
    Ok(())
}

/// Rule 3: within five workdays, with reasons, and once: what the superior decides stands.
pub fn object(case: &Case, reason: &str, deadline: Ts, by: &By, now: Ts) -> Decided {
    of_the_lead_unit(case, by)?;
    if case.track() == Track::Urgent {
        return Err(Refusal::UrgentGoesOn);
    }
    if case.objection.is_some() {
        return Err(Refusal::ObjectionClosed);
    }
    if by.over_lead.units.is_empty() {
        return Err(Refusal::NobodyAbove);
    }
    if now > deadline {
        return Err(Refusal::ObjectionTooLate { deadline });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(vec![Event::Objected { unit: case.lead_unit.clone(), at: now, reason: reason.to_owned() }])
}

/// Rule 3: the common superior of the unit that objects and of whoever may lead instead decides, and signs for the case from then on.
pub fn decide_objection(case: &Case, lead: Option<&Chain>, reason: String, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    if by.over_lead.signature.is_none() {
        return Err(Refusal::NotTheSuperior { unit: by.over_lead.unit().to_owned() });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let Some(lead) = lead else { return Ok(vec![Event::ObjectionDecided { upheld: false, reason }]) };
    if lead.first() == Some(&case.lead_unit) {
        return Err(Refusal::Unchanged { field: "lead_unit_id" });
    }
    let (lead, _) = handed_out(case, lead, &[], by.over_lead.unit())?;
    let assisting = case.assisting_units.iter().filter(|unit| **unit != lead).cloned().collect();
    let (gate, by, assist_due) = (Some(by.over_lead.units.clone()), by.person.clone(), String::new());
    let assigned = Event::Assigned { lead, assisting, by, at: Some(now), assist_due, gate };
    Ok(vec![Event::ObjectionDecided { upheld: true, reason }, assigned])
}

/// Lets it be handed out: a unit that has nothing to do with it any more has no urging to answer.
pub fn assigned(case: &mut Case, lead: &str, assisting: &[String], by: &str, at: Option<Ts>, assist_due: &str) {
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
