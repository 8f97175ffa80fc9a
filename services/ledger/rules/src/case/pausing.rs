//! What stops a clock: it stands still with a ground and an authority, runs again, or the person was spoken to.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::Track;
use sanben_proto::ledger::PauseGround;
use serde::{Deserialize, Serialize};

use super::requirement::{Decided, signed_by_another, unaccused, wrong_state};
use super::{By, Case, Command, Event, Refusal};

/// A case stands still so often at most.
pub const PAUSES_MAX: usize = 20;

/// A span in which the clock stood still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    pub from: Ts,
    /// None while it does.
    pub until: Option<Ts>,
    pub ground: PauseGround,
    pub authority: String,
    /// Who signed.
    pub person: String,
    pub tenure: String,
}

/// More time that was given, as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub at: Ts,
    /// Who signed.
    pub person: String,
    pub tenure: String,
    /// Of the notice.
    pub number: String,
    pub reason: String,
    /// The round whose time it is.
    #[serde(default = "first_round")]
    pub round: i32,
}

fn first_round() -> i32 {
    1
}

impl Case {
    /// Whether its clock stands still.
    pub fn is_paused(&self) -> bool {
        self.pauses.iter().any(|pause| pause.until.is_none())
    }

    /// So many days more in the present round; a petition has them once in its life.
    pub fn more_days(&self) -> u32 {
        let round = self.extension.as_ref().map_or_else(first_round, |extension| extension.round);
        if round == self.round && self.track() == Track::Petition { self.extension_days } else { 0 }
    }
}

/// Signed by its chief, before it is overdue; what is urgent goes on. `due`: the last instant at which it is not overdue.
pub fn pause(case: &Case, ground: PauseGround, authority: String, reason: &str, due: Ts, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    if case.track() == Track::Urgent {
        return Err(Refusal::UrgentGoesOn);
    }
    if case.is_paused() {
        return Err(Refusal::ClockPaused);
    }
    if now > due {
        return Err(Refusal::PauseTooLate { due });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if case.pauses.len() >= PAUSES_MAX {
        return Err(Refusal::TooManyPauses);
    }
    let tenure = by.signature.as_ref().map(|signature| signature.tenure.clone()).unwrap_or_default();
    let paused = Paused { from: now, until: None, ground, authority, person: by.person.clone(), tenure };
    Ok(vec![Event::Paused(paused)])
}

/// By its chief, or by its handler, who has less time then.
pub fn resume(case: &Case, by: &By, now: Ts) -> Decided {
    unaccused(case, by)?;
    let handles = case.state.handler() == Some(&by.person) && by.roles.contains(&Role::Handler);
    if !handles && by.signature.is_none() {
        return Err(Refusal::NotTheHandler);
    }
    if !case.is_paused() {
        return Err(Refusal::ClockNotPaused);
    }
    Ok(vec![Event::Resumed { at: now }])
}

/// 首次联系: once, before the first reply, by whoever sees the case and is not complained about.
pub fn contact(case: &Case, by: &By, now: Ts) -> Decided {
    if case.round > 1 || case.state.reply().is_some() {
        return wrong_state(case, &Command::RecordContact);
    }
    unaccused(case, by)?;
    if case.contacted.is_some() {
        return Err(Refusal::ContactedAlready);
    }
    Ok(vec![Event::Contacted { at: now }])
}

/// The last pause ends.
pub fn end(pauses: &mut [Paused], at: Ts) {
    if let Some(pause) = pauses.last_mut().filter(|pause| pause.until.is_none()) {
        pause.until = Some(at);
    }
}
