//! The rules of a submission: pure. What somebody said is never edited; verbs decide what becomes of it.
//!
//! ```text
//! received ─┬─ answered                                  withdrawn: by the person, only from received
//!           ├─ passed                                    back to received: the chief declined the case, or the person
//!           ├─ refused                                   does not accept what the desk answered or refused with
//!           ├─ acknowledged (praise)
//!           ├─ split ── its parts are received ── …
//!           ├─ joined (并案) to the case of another ── and back to received when it is detached, or the case did not take it
//!           └─ proposed ── its case opens ── …
//! ```
//!
//! Which verb applies where is a table in `tests.rs`. Submissions that say the same are linked, never merged: the desk joins one to
//! the case of another until that case is reported back on, and the ledger takes it in when it hears of it.
//!
//! Says: `SubmissionReceived`, and one event a verb (`proto/sanben/intake/v1/events.proto`). Hears, through `on_ledger`: that the
//! case was opened or declined, that a join was refused, who leads the case, and every step that the person may see.

mod apply;
mod decide;
#[cfg(test)]
mod tests;
mod words;

pub use apply::apply;
pub use decide::decide;
pub use words::{Command, Event, Refusal};

use sanben_clock::Ts;
use sanben_proto::intake::{SubmissionKind, SubmissionState};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::AppealStep;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A submission as far as rules need it. Neither words nor identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub id: Uuid,
    pub revision: i64,
    pub state: State,
    pub kind: SubmissionKind,
    pub channel: Channel,
    /// The unit it was addressed to; empty if to none.
    pub unit: String,
    pub party_ref: Uuid,
    pub anonymous: bool,
    pub language: String,
    pub received: Ts,
    /// The last proposal, if there ever was one.
    pub proposal: Option<Proposal>,
    /// How often it was proposed.
    pub proposals: i32,
    /// The case that it became.
    pub case_id: Option<Uuid>,
    /// The unit that leads its case, once assigned.
    pub lead_unit: Option<String>,
    /// Whether the receipt code still opens it.
    pub receipt_open: bool,
    /// The whole, if this is a part of one.
    #[serde(default)]
    pub part_of: Option<PartOf>,
    /// The parts that it was split into, in order.
    #[serde(default)]
    pub parts: Vec<Uuid>,
    /// Who is complained about in one of the parts: they cannot find the whole either, which holds all the words.
    #[serde(default)]
    pub accused_in_parts: Accused,
    /// The praise, once it is recorded as such.
    #[serde(default)]
    pub praise: Option<Praise>,
    /// How often the person had it taken up again.
    #[serde(default)]
    pub reopenings: i32,
    /// The last round of its case that the person did not accept.
    #[serde(default)]
    pub reopened_round: i32,
    /// The case of another submission that it is handled in.
    #[serde(default)]
    pub joined: Option<Box<Joined>>,
    /// The person wants it handled by itself.
    #[serde(default)]
    pub stays_alone: bool,
    /// How many people speak together.
    #[serde(default = "one")]
    pub parties: i32,
    /// Those who represent them, in the vault.
    #[serde(default)]
    pub representatives: Vec<Uuid>,
    /// What another authority that handed it over calls it.
    #[serde(default)]
    pub external: Option<External>,
    /// How often the person had a superior look at the reply.
    #[serde(default)]
    pub appeals: i32,
    /// What was appealed against last.
    #[serde(default)]
    pub appealed: Option<Appealed>,
}

/// What another authority calls a matter that it handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    pub authority: String,
    pub number: String,
    /// `YYYY-MM-DD`; empty if it set none.
    pub due: String,
}

/// A look of a superior that the person asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appealed {
    pub step: AppealStep,
    /// Of the case.
    pub round: i32,
}

/// A superior may be asked to look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appealable {
    pub appeal: Appealed,
    /// The last instant at which one may be.
    pub deadline: Ts,
}

/// People who speak together have no more representatives (信访工作条例 20).
pub const REPRESENTATIVES_MAX: usize = 5;

fn one() -> i32 {
    1
}

/// The case of another submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The submission that it was opened for.
    pub to: Uuid,
    pub case_id: Uuid,
    /// What stands for all of them.
    pub proposal: Proposal,
}

/// Of which submission something is a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    pub whole: Uuid,
    /// From 1.
    pub number: i32,
    /// Written by the desk, without identity.
    pub title: String,
}

/// Who is complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accused {
    pub units: Vec<String>,
    pub persons: Vec<String>,
}

impl Accused {
    /// Adds those who are not there yet.
    pub fn add(&mut self, more: &Accused) {
        let new = |known: &[String], more: &[String]| more.iter().filter(|one| !known.contains(one)).cloned().collect::<Vec<_>>();
        let (units, persons) = (new(&self.units, &more.units), new(&self.persons, &more.persons));
        self.units.extend(units);
        self.persons.extend(persons);
    }
}

/// Praise as the desk recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Praise {
    pub unit: String,
    pub summary: String,
}

/// The reply that can be objected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The round of the case; 0 for an answer of the desk.
    pub round: i32,
    /// The last instant at which it can be.
    pub deadline: Ts,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Received,
    Answered,
    Passed,
    Refused,
    Proposed,
    Withdrawn,
    Acknowledged,
    Split,
    Joined,
}

/// What triage makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub book: Book,
    pub track: Track,
    pub title: String,
    pub summary: String,
    pub lead_unit: String,
    pub accused_units: Vec<String>,
    pub accused_persons: Vec<String>,
}

impl Submission {
    /// One that has just been received, of nobody in particular.
    pub fn new(id: Uuid, party_ref: Uuid, kind: SubmissionKind, channel: Channel, unit: &str, received: Ts) -> Submission {
        Submission {
            id,
            revision: 0,
            state: State::Received,
            kind,
            channel,
            unit: unit.to_owned(),
            party_ref,
            anonymous: true,
            language: "zh-CN".to_owned(),
            received,
            proposal: None,
            proposals: 0,
            case_id: None,
            lead_unit: None,
            receipt_open: true,
            part_of: None,
            parts: Vec::new(),
            accused_in_parts: Accused::default(),
            praise: None,
            reopenings: 0,
            reopened_round: 0,
            joined: None,
            stays_alone: false,
            parties: 1,
            representatives: Vec::new(),
            external: None,
            appeals: 0,
            appealed: None,
        }
    }

    /// Complaints, reports and leads are sealed: identity and words are for those who need them.
    pub fn sealed(&self) -> bool {
        is_sealed(self.kind)
    }

    /// Whether identity is kept from whoever handles it: also when triage found that it is about somebody.
    pub fn is_secret(&self) -> bool {
        let about = |proposal: &Proposal| !proposal.accused_units.is_empty() || !proposal.accused_persons.is_empty();
        self.sealed() || self.standing().is_some_and(|proposal| proposal.book == Book::Complaint || about(proposal))
    }

    /// The unit that a sealed submission is taken to be about as long as triage has not said otherwise by letting it lead.
    pub fn addressed_accused<'a>(&'a self, root: &str) -> Option<&'a str> {
        let about = self.sealed() && !self.heard_by_officer() && !self.unit.is_empty() && self.unit != root;
        about.then_some(self.unit.as_str())
    }

    /// Whether somebody of the unit has heard it with their own ears, so that keeping it from the unit would be pretence.
    fn heard_by_officer(&self) -> bool {
        matches!(self.channel, Channel::Meeting | Channel::Liaison | Channel::Hall | Channel::Patrol | Channel::Auxiliary)
    }

    /// What triage wrote that stands: of a joined one, what was proposed for the other.
    pub fn standing(&self) -> Option<&Proposal> {
        self.joined.as_ref().map(|joined| &joined.proposal).or(self.proposal.as_ref())
    }

    /// Who is complained about: before triage has said more, the unit that a complaint is addressed to; of a split one, whoever is in
    /// one of its parts.
    pub fn accused(&self, root: &str) -> Accused {
        let mut accused = match self.standing() {
            Some(proposal) => Accused { units: proposal.accused_units.clone(), persons: proposal.accused_persons.clone() },
            None => Accused { units: self.addressed_accused(root).into_iter().map(str::to_owned).collect(), persons: Vec::new() },
        };
        accused.add(&self.accused_in_parts);
        accused
    }

    /// The units that may have to do with it: where it was addressed (to the city bureau if to nobody), who leads it, who is praised.
    pub fn units<'a>(&'a self, root: &'a str) -> Vec<&'a str> {
        let addressed = if self.unit.is_empty() { root } else { self.unit.as_str() };
        let proposed = self.standing().map(|proposal| proposal.lead_unit.as_str());
        let praised = self.praise.as_ref().map(|praise| praise.unit.as_str());
        [Some(addressed), self.lead_unit.as_deref().or(proposed), praised].into_iter().flatten().collect()
    }
}

fn is_sealed(kind: SubmissionKind) -> bool {
    matches!(kind, SubmissionKind::Complaint | SubmissionKind::Report | SubmissionKind::Lead)
}
impl State {
    /// As the contract names it.
    pub fn named(self) -> SubmissionState {
        match self {
            State::Received => SubmissionState::Received,
            State::Answered => SubmissionState::Answered,
            State::Passed => SubmissionState::Passed,
            State::Refused => SubmissionState::Refused,
            State::Proposed => SubmissionState::Proposed,
            State::Withdrawn => SubmissionState::Withdrawn,
            State::Acknowledged => SubmissionState::Acknowledged,
            State::Split => SubmissionState::Split,
            State::Joined => SubmissionState::Joined,
        }
    }
}
