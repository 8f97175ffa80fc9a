//! The rules of a case: pure. `decide` says what happens or why not, `apply` lets it have happened.
//!
//! * [`Case`], [`State`] — what is known of a case; a state's data lives in the state.
//! * [`Command`], [`Event`], [`Refusal`] — what can be asked for, what can happen, why something is refused.
//! * [`open_to`] — what somebody may do now, asked of the same rules.
//! * [`decide`] — the rules by name: the gate, the reviews, the verdict, the doors; `assignment` — who gets it; `meanwhile` — what goes on
//!   beside its way; `verdict` — what the person says of a reply.
//! * [`gate`] — whose signature a case needs, and whose an exception. [`due`] — by when a reply is due.

mod apply;
mod assignment;
mod decide;
pub mod due;
pub mod gate;
#[cfg(test)]
mod matrix;
mod meanwhile;
mod open;
mod verbs;
mod verdict;
mod words;

pub use apply::apply;
pub use assignment::Chain;
pub use decide::decide;
pub use open::{is_open, open_to};
pub use verbs::Verb;
pub use words::{Above, By, Command, Event, Opening, Refusal, Signature, Superior};

use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Outcome, Track, Verdict};
use sanben_proto::ledger::{CaseState, Door, ReviewStep};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the bureau handles. Neither words nor identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: Uuid,
    pub revision: i64,
    pub opening: Opening,
    /// The number in the book; none before registration.
    pub number: Option<String>,
    pub registered: Option<Registration>,
    pub lead_unit: String,
    pub assisting_units: Vec<String>,
    /// Who handed it out.
    pub assigned_by: Option<String>,
    /// From 1.
    pub round: i32,
    pub state: State,
    /// All verdicts of all rounds.
    pub verdicts: Vec<Given>,
    pub published: bool,
    pub examined: bool,
    /// Rounds that are over because the person had the case taken up again, oldest first.
    #[serde(default)]
    pub earlier: Vec<Round>,
    /// When it was assigned the last time.
    #[serde(default)]
    pub assigned: Option<Ts>,
    /// The day by which assisting units bring what is theirs, `YYYY-MM-DD`.
    #[serde(default)]
    pub assist_due: String,
    /// Assisting units that did, in the present round.
    #[serde(default)]
    pub contributed: Vec<String>,
    #[serde(default)]
    pub objection: Option<Objection>,
    /// Where it was moved to last.
    #[serde(default)]
    pub moved: Option<Moved>,
    /// Oldest first.
    #[serde(default)]
    pub urgings: Vec<Urging>,
    /// Return visits that did not reach the person.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
    /// The unit that signs for it instead of the one it was opened with, with those above it.
    #[serde(default)]
    pub gate: Option<Chain>,
    /// To discipline, in the present round or in an earlier one that still waits for its answer.
    #[serde(default)]
    pub referral: Option<Referral>,
    /// Whoever handed it out before `assigned_by`.
    #[serde(default)]
    pub earlier_assigners: Vec<String>,
}

/// How far a referral to discipline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Referral {
    Open,
    Answered,
}

/// A return visit that did not reach the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub submission: Uuid,
    pub round: i32,
    pub at: Ts,
}

/// A lead unit thought that it was not its matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    pub unit: String,
    pub at: Ts,
    /// None before the superior has decided.
    pub upheld: Option<bool>,
}

/// The book and track a case was moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub book: Book,
    pub track: Track,
}

/// A chief urged a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urging {
    pub unit: String,
    /// `YYYY-MM-DD`.
    pub due: String,
    pub answered: bool,
    /// The unit has nothing to do with the case any more.
    pub lapsed: bool,
}

/// A round that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub number: i32,
    pub reply: Reply,
    /// The door by which the case had left the open book, if it had.
    pub door: Option<Door>,
    pub published: bool,
    pub examined: bool,
}

/// Who let it into its book, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub by: String,
    pub at: Ts,
}

/// A verdict as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub submission: Uuid,
    pub round: i32,
    pub verdict: Verdict,
}

/// Where a case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Proposed,
    Declined,
    Registered,
    Assigned,
    Objected,
    Undertaken { handler: String },
    Reported(Report),
    Approved(Report),
    Replied(Reply),
    Settled(Reply),
    StruckOff { reply: Reply, door: Door },
    Archived { reply: Reply, door: Door },
}

/// What the handler reported, and which reviews it has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub handler: String,
    pub outcome: Outcome,
    pub reviews: Vec<Passed>,
}

/// A review that was passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub step: ReviewStep,
    pub person: String,
    pub unit: String,
    pub at: Ts,
}

/// A delivered reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub report: Report,
    pub delivered: Ts,
    /// The last instant at which a verdict counts.
    pub verdict_deadline: Ts,
}

impl Report {
    /// The review that is due. Three passed reviews make the case [`State::Approved`], so in [`State::Reported`] there is always one.
    pub fn due(&self) -> ReviewStep {
        REVIEWS[self.reviews.len().min(REVIEWS.len() - 1)]
    }
}

/// The three reviews, in order.
pub const REVIEWS: [ReviewStep; 3] = [ReviewStep::Handler, ReviewStep::Office, ReviewStep::Leader];

impl State {
    /// As the contract names it.
    pub fn named(&self) -> CaseState {
        match self {
            State::Proposed => CaseState::Proposed,
            State::Declined => CaseState::Declined,
            State::Registered => CaseState::Registered,
            State::Assigned => CaseState::Assigned,
            State::Objected => CaseState::Objected,
            State::Undertaken { .. } => CaseState::Undertaken,
            State::Reported(_) => CaseState::Reported,
            State::Approved(_) => CaseState::Approved,
            State::Replied(_) => CaseState::Replied,
            State::Settled(_) => CaseState::Settled,
            State::StruckOff { .. } => CaseState::StruckOff,
            State::Archived { .. } => CaseState::Archived,
        }
    }

    /// The report, once there is one.
    pub fn report(&self) -> Option<&Report> {
        match self {
            State::Reported(report) | State::Approved(report) => Some(report),
            _ => self.reply().map(|reply| &reply.report),
        }
    }

    /// The delivered reply, once there is one.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            State::Replied(reply) | State::Settled(reply) | State::StruckOff { reply, .. } | State::Archived { reply, .. } => {
                Some(reply)
            }
            State::Proposed
            | State::Declined
            | State::Registered
            | State::Assigned
            | State::Objected
            | State::Undertaken { .. }
            | State::Reported(_)
            | State::Approved(_) => None,
        }
    }

    /// Who handles it, once somebody does.
    pub fn handler(&self) -> Option<&str> {
        match self {
            State::Undertaken { handler } => Some(handler),
            _ => self.report().map(|report| report.handler.as_str()),
        }
    }

    /// The door by which it left the open book.
    pub fn door(&self) -> Option<Door> {
        match self {
            State::StruckOff { door, .. } | State::Archived { door, .. } => Some(*door),
            State::Proposed
            | State::Declined
            | State::Registered
            | State::Assigned
            | State::Objected
            | State::Undertaken { .. }
            | State::Reported(_)
            | State::Approved(_)
            | State::Replied(_)
            | State::Settled(_) => None,
        }
    }
}

impl Case {
    /// A case at the gate, before its first event.
    pub fn open(id: Uuid, opening: Opening) -> Case {
        Case {
            id,
            revision: 0,
            number: None,
            registered: None,
            lead_unit: opening.lead_unit.clone(),
            assisting_units: Vec::new(),
            assigned_by: None,
            round: 1,
            state: State::Proposed,
            verdicts: Vec::new(),
            published: false,
            examined: false,
            earlier: Vec::new(),
            assigned: None,
            assist_due: String::new(),
            contributed: Vec::new(),
            objection: None,
            moved: None,
            urgings: Vec::new(),
            attempts: Vec::new(),
            gate: None,
            referral: None,
            earlier_assigners: Vec::new(),
            opening,
        }
    }

    /// The book in which it is counted.
    pub fn book(&self) -> Book {
        self.moved.map_or(self.opening.book, |moved| moved.book)
    }

    /// The legal path that sets its clocks.
    pub fn track(&self) -> Track {
        self.moved.map_or(self.opening.track, |moved| moved.track)
    }

    /// Whether identity and words are kept from the handler: whatever book it is moved to since.
    pub fn sealed(&self) -> bool {
        self.opening.sealed || self.opening.book == Book::Complaint
    }

    /// The unit whose chief signs for it, and those above it.
    pub fn gate_chain(&self) -> &[String] {
        self.gate.as_deref().unwrap_or(&self.opening.gate_chain)
    }

    /// The unit whose chief signs for it.
    pub fn gate_unit(&self) -> &str {
        self.gate.as_ref().and_then(|chain| chain.first()).unwrap_or(&self.opening.gate_unit)
    }

    /// Whether this person let it into its book, or handed it out.
    pub fn was_signed_by(&self, person: &str) -> bool {
        let signer = self.registered.as_ref().map(|registered| registered.by.as_str());
        signer == Some(person)
            || self.assigned_by.as_deref() == Some(person)
            || self.earlier_assigners.iter().any(|one| one == person)
    }

    /// Whether this person, of a unit in this chain, is the one complained about or belongs to them.
    pub fn accuses(&self, person: &str, units: &[String]) -> bool {
        self.opening.accused_persons.iter().any(|accused| accused == person)
            || self.opening.accused_units.iter().any(|accused| units.contains(accused))
    }

    /// Whether the verdict of this submission in the present round is there.
    pub fn is_judged(&self, submission: Uuid) -> bool {
        self.verdicts.iter().any(|given| given.submission == submission && given.round == self.round)
    }

    /// What the person last said in the present round; silence after the time for it is over counts as unreachable.
    pub fn verdict_by(&self, now: Ts) -> Option<Verdict> {
        let silent = || self.state.reply().filter(|reply| now > reply.verdict_deadline).map(|_| Verdict::Unreachable);
        self.verdict().or_else(silent)
    }

    /// What the person last said in the present round.
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict_in(self.round)
    }

    /// What the person last said in a round.
    pub fn verdict_in(&self, round: i32) -> Option<Verdict> {
        self.verdicts.iter().rev().find(|given| given.round == round).map(|given| given.verdict)
    }

    /// Rule 6: at least one confirmed opens door A, one dissatisfied shuts it.
    pub fn confirmed(&self) -> bool {
        let all: Vec<Verdict> = self.verdicts.iter().filter(|given| given.round == self.round).map(|given| given.verdict).collect();
        let confirms = |verdict: &Verdict| matches!(verdict, Verdict::Satisfied | Verdict::BasicallySatisfied);
        all.iter().any(confirms) && !all.contains(&Verdict::Dissatisfied)
    }

    /// Which of the three ones are missing, by their names.
    pub fn missing_ones(&self) -> Vec<&'static str> {
        let ones = [("一事一反馈", self.state.reply().is_some()), ("一事一公开", self.published), ("一事一问责", self.examined)];
        ones.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
    }
}

/// What a book is called at the front of a number.
pub fn book_sign(book: Book) -> &'static str {
    match book {
        Book::Suggestion => "建",
        Book::Demand => "诉",
        Book::Complaint => "投",
        Book::Unspecified => "件",
    }
}
