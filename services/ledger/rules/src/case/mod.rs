//! The rules of a case: pure. A case is one matter from the chief's gate (待建账, proposed) to the archive (已归档). `decide` says what
//! happens or which rule is in the way, `apply` lets it have happened; both start in `lifecycle`, which hands each command to the
//! file of its rule. What happens is an [`Event`]; the outside hears the fact of it, named in `event`.
//!
//! Every state against every verb is printed in `snapshots/sanben_ledger_rules__case__matrix__matrix.snap`, so that an officer can
//! read it. If it is wrong, change the rule until the printed table is right, and accept the new print. `…__urgent.snap` is the
//! same table for a case that was assigned urgently, before the chief's signature has followed. Three tests hold more than one
//! step: random roads of random people against what must be true after every step (`services/ledger/tests/fold/mod.rs`), the public
//! methods on both engines against a small model that predicts every answer (`services/suite/tests/suite/random/model.rs`), and
//! folding all events of a case, which gives the case again.
//!
//! * [`Case`], [`State`] — what is known of a case; a state's data lives in the state.
//! * [`Command`], [`Event`], [`Refusal`] — what can be asked for, what can happen, why something is refused.
//! * [`open_to`] — what somebody may do now, asked of the same rules.
//! * `registering`, [`gate`] — the chief lets it in or not; whose signature that needs, and whose an exception.
//! * `assignment` — who gets it: the gate, the urgent way past it, the objection of a unit. A handler who is ill or has left is
//!   replaced; what was reported and reviewed stays, and whoever handled it before signs nothing in it.
//! * `meanwhile` — what goes on beside its way: moved to another book, coordinated, urged, assisted, put on record, referred, taken
//!   on in person.
//! * `reviewing`, [`verdict`] — three people review on the way to the reply; the person judges it.
//! * `closing`, [`checklist`] — by which door it leaves the book, and what must be complete before that.
//! * [`appeal`] — superiors look at a reply (复查、复核): one level above the gate, then one above that, beside the case's way. The case
//!   is neither struck off nor archived meanwhile; a re-review is final.
//! * `joining` — several submissions that say the same are linked, never merged.
//! * [`co_handling`] — an authority outside the bureau takes part.
//! * [`paper`] — the official papers: which may be issued, by whom, under which number; and more time, which comes with one.
//! * [`duty`] — who must do what, and by which clock.
//! * [`clock`] — what is due by when, by the [`presets`]; `pausing` — what makes a clock stand still, or stops it.
//! * [`rung`] — how far clocks have come; [`draft`] — what that has a person sign.
//!
//! # Joining
//!
//! The desk joins a submission to the case of another until that case is reported back on. The ledger takes it in when it hears of
//! it, or says `JoinRefused`, and triage looks again. Its person may detach at any time. A joined submission is kept from whoever
//! the case is kept from, judges for itself, and hears of everything that happens to the case. `join` in
//! `services/intake/src/submission/decide.rs` is the desk's half.
//!
//! # Size
//!
//! A case does not grow with its history: it keeps its last [`KEPT`] rounds and appeals at hand, its lists have limits, and
//! everything older is in the history alone. Tests with ten thousand events: `services/ledger/tests/fold/long.rs`,
//! `services/suite/tests/suite/long_case.rs`.

pub mod appeal;
mod assignment;
mod by;
pub mod checklist;
pub mod clock;
mod closing;
pub mod co_handling;
mod command;
pub mod draft;
pub mod duty;
mod event;
pub mod gate;
mod joining;
mod lifecycle;
#[cfg(test)]
mod matrix;
mod meanwhile;
mod open;
mod opening;
pub mod paper;
mod parts;
mod pausing;
pub mod presets;
mod refusal;
mod registering;
mod requirement;
mod reviewing;
pub mod rung;
mod state;
pub mod verdict;

pub use appeal::Appeal;
pub use assignment::Chain;
pub use by::{Above, By, Signature, Superior};
pub use checklist::Checklist;
pub use co_handling::CoHandling;
pub use command::Command;
pub use draft::Draft;
pub use event::Event;
pub use lifecycle::{KEPT, apply, decide};
pub use open::{Until, is_open, open_to, verbs};
pub use opening::{External, Opening};
pub use paper::{Content, Issued};
pub use parts::{
    Accounted, Attempt, Given, Joined, Moved, Objection, Owner, Projected, Referral, Registration, Repeat, Round, Urging,
};
pub use pausing::{Extension, PAUSES_MAX, Paused};
pub use refusal::Refusal;
pub use rung::Reached;
pub use state::{Passed, REVIEWS, Reply, Report, State};

use sanben_clock::Ts;
use sanben_proto::kinds::{Book, LegalPath, Track, Verdict};
use sanben_proto::ledger::{AppealStep, Evidence};
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
    /// When it was declined; nothing also if that was before this was kept.
    #[serde(default)]
    pub declined: Option<Ts>,
    pub lead_unit: String,
    pub assisting_units: Vec<String>,
    /// Who handed it out.
    pub assigned_by: Option<String>,
    /// Whoever handled it before and does not any more, each once.
    #[serde(default)]
    pub earlier_handlers: Vec<String>,
    /// From 1.
    pub round: i32,
    pub state: State,
    /// Of the present round and those in `earlier`.
    pub verdicts: Vec<Given>,
    pub published: bool,
    pub examined: bool,
    /// Rounds that are over because the person had the case taken up again, oldest first; the last [`KEPT`].
    #[serde(default)]
    pub earlier: Vec<Round>,
    /// When it was assigned the last time.
    #[serde(default)]
    pub assigned: Option<Ts>,
    /// The day by which assisting units bring what is theirs, `YYYY-MM-DD`, if one was set.
    #[serde(default)]
    pub assist_due: String,
    /// Whether they have as much time as the presets say.
    #[serde(default)]
    pub assist_by_default: bool,
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
    /// Return visits that did not reach the person, in the present round.
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
    /// Submissions that say the same, besides those it was opened with.
    #[serde(default)]
    pub joined: Vec<Joined>,
    /// The leader who answers for it in person.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// Leaders who answered for it before, each once.
    #[serde(default)]
    pub earlier_owners: Vec<String>,
    /// The earlier case that it repeats.
    #[serde(default)]
    pub repeat_of: Option<Repeat>,
    /// Whose part was examined in the present round.
    #[serde(default)]
    pub accounted: Vec<String>,
    /// What superiors were asked to look at, oldest first; the last [`KEPT`].
    #[serde(default)]
    pub appeals: Vec<Appeal>,
    /// The path that its persons were told of.
    #[serde(default)]
    pub path: Option<LegalPath>,
    /// When they were told of one the first time.
    #[serde(default)]
    pub told: Option<Ts>,
    /// When the person was spoken to the first time.
    #[serde(default)]
    pub contacted: Option<Ts>,
    /// When it was taken up again the last time.
    #[serde(default)]
    pub reopened: Option<Ts>,
    /// So many calendar days more.
    #[serde(default)]
    pub extension_days: u32,
    /// Who gave them; nothing if that was before this was kept.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// Spans in which its clock stood still, oldest first.
    #[serde(default)]
    pub pauses: Vec<Paused>,
    /// The official papers but for the opinions of its rounds, each number once, oldest first.
    #[serde(default)]
    pub papers: Vec<Issued>,
    /// What it is judged by; none before it is registered, and if that was before there were lists.
    #[serde(default)]
    pub checklists: Option<Vec<Checklist>>,
    /// What was seen of the present round besides its reply, publication and accountability; each once.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// What authorities outside the bureau were asked for, oldest first.
    #[serde(default)]
    pub co_handlings: Vec<CoHandling>,
    /// The edition of the calendar with which its days were worked out again the last time.
    #[serde(default)]
    pub projected: Option<i64>,
    /// How far its clocks have come.
    #[serde(default)]
    pub rungs: Vec<Reached>,
    /// What they have drafted, oldest first; the last [`draft::DRAFTS_KEPT`].
    #[serde(default)]
    pub drafts: Vec<Draft>,
}

impl Case {
    /// A case at the gate, before its first event.
    pub fn open(id: Uuid, opening: Opening) -> Case {
        Case {
            id,
            revision: 0,
            number: None,
            registered: None,
            declined: None,
            lead_unit: opening.lead_unit.clone(),
            assisting_units: Vec::new(),
            assigned_by: None,
            earlier_handlers: Vec::new(),
            round: 1,
            state: State::Proposed,
            verdicts: Vec::new(),
            published: false,
            examined: false,
            earlier: Vec::new(),
            assigned: None,
            assist_due: String::new(),
            assist_by_default: false,
            contributed: Vec::new(),
            objection: None,
            moved: None,
            urgings: Vec::new(),
            attempts: Vec::new(),
            gate: None,
            referral: None,
            earlier_assigners: Vec::new(),
            joined: Vec::new(),
            owner: None,
            earlier_owners: Vec::new(),
            repeat_of: None,
            accounted: Vec::new(),
            appeals: Vec::new(),
            path: None,
            told: None,
            contacted: None,
            reopened: None,
            extension_days: 0,
            extension: None,
            pauses: Vec::new(),
            papers: Vec::new(),
            checklists: None,
            evidence: Vec::new(),
            co_handlings: Vec::new(),
            projected: None,
            rungs: Vec::new(),
            drafts: Vec::new(),
            opening,
        }
    }

    /// All submissions that it answers, those it was opened with first.
    pub fn submissions(&self) -> impl Iterator<Item = Uuid> {
        self.opening.submissions.iter().copied().chain(self.joined.iter().map(|joined| joined.submission))
    }

    /// Whether it answers this submission.
    pub fn answers(&self, submission: Uuid) -> bool {
        self.submissions().any(|one| one == submission)
    }

    /// When the earliest of its submissions was received; the clocks start here.
    pub fn received(&self) -> Ts {
        self.joined.iter().map(|joined| joined.received).chain([self.opening.received]).min().unwrap_or(self.opening.received)
    }

    /// How many people speak in all its submissions.
    pub fn parties(&self) -> i32 {
        self.joined.iter().fold(self.opening.parties, |all, joined| all.saturating_add(joined.parties))
    }

    /// 信访工作条例 36: a re-review was decided, whichever way.
    pub fn is_final(&self) -> bool {
        self.appeals.iter().any(|appeal| appeal.step == AppealStep::Rereview && appeal.decided.is_some())
    }

    /// The how-manieth time its matter is brought, from 1.
    pub fn repeat_number(&self) -> i32 {
        self.repeat_of.map_or(1, |repeat| repeat.number)
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
        self.opening.sealed || self.opening.book == Book::Complaint || self.opening.track == Track::Accusation
    }

    /// The unit whose chief signs for it, and those above it.
    pub fn gate_chain(&self) -> &[String] {
        self.gate.as_deref().unwrap_or(&self.opening.gate_chain)
    }

    /// The unit whose chief signs for it.
    pub fn gate_unit(&self) -> &str {
        self.gate.as_ref().and_then(|chain| chain.first()).unwrap_or(&self.opening.gate_unit)
    }

    /// Whether this person let it into its book, handed it out, or answers for it.
    pub fn is_supervised_by(&self, person: &str) -> bool {
        let signer = self.registered.as_ref().map(|registered| registered.by.as_str());
        signer == Some(person)
            || self.assigned_by.as_deref() == Some(person)
            || self.earlier_assigners.iter().any(|one| one == person)
            || self.owner.as_ref().is_some_and(|owner| owner.person == person)
            || self.earlier_owners.iter().any(|one| one == person)
    }

    /// Whether this person handles it, or handled it before: whoever has does not sign for it, nor look at what they did (rule 2).
    pub fn is_handled_by(&self, person: &str) -> bool {
        self.state.handler() == Some(person) || self.earlier_handlers.iter().any(|one| one == person)
    }

    /// Whoever handled it does not any more.
    pub fn let_handler_go(&mut self) {
        let Some(handler) = self.state.handler().map(str::to_owned) else { return };
        if !self.earlier_handlers.contains(&handler) {
            self.earlier_handlers.push(handler);
        }
    }

    /// Whether this person, of a unit in this chain, is the one complained about or belongs to them.
    pub fn accuses(&self, person: &str, units: &[String]) -> bool {
        self.opening.accused_persons.iter().any(|accused| accused == person)
            || self.opening.accused_units.iter().any(|accused| units.contains(accused))
    }

    /// Whether everybody has spoken on the reply of the present round.
    pub fn is_heard(&self) -> bool {
        self.submissions().all(|submission| self.is_judged(submission))
    }

    /// Whether the verdict of this submission in the present round is there.
    pub fn is_judged(&self, submission: Uuid) -> bool {
        self.verdict_of(submission).is_some()
    }

    /// What the person last said in the present round; silence after the time for it is over counts as unreachable.
    pub fn verdict_by(&self, now: Ts) -> Option<Verdict> {
        let silent = || self.state.reply().filter(|reply| now > reply.verdict_deadline).map(|_| Verdict::Unreachable);
        self.verdict().or_else(silent)
    }

    /// What was said in the present round.
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict_in(self.round)
    }

    /// What was said in a round: dissatisfied as soon as one is, else the last.
    pub fn verdict_in(&self, round: i32) -> Option<Verdict> {
        let said = self.said_in(round);
        if said.contains(&Verdict::Dissatisfied) { Some(Verdict::Dissatisfied) } else { said.last().copied() }
    }

    /// What the person behind one submission last said in the present round.
    pub fn verdict_of(&self, submission: Uuid) -> Option<Verdict> {
        let given = self.verdicts.iter().rev().find(|given| given.submission == submission && given.round == self.round);
        given.map(|given| given.verdict)
    }

    /// The verdicts of a round. Whoever is detached has no say any more in what is still open; what is over stays as it was.
    fn said_in(&self, round: i32) -> Vec<Verdict> {
        let over = round < self.round || self.state.door().is_some();
        let counts = |given: &&Given| given.round == round && (over || self.answers(given.submission));
        self.verdicts.iter().filter(counts).map(|given| given.verdict).collect()
    }

    /// Rule 6: at least one confirmed opens door A, one dissatisfied shuts it.
    pub fn confirmed(&self) -> bool {
        let all = self.said_in(self.round);
        let confirms = |verdict: &Verdict| matches!(verdict, Verdict::Satisfied | Verdict::BasicallySatisfied);
        all.iter().any(confirms) && !all.contains(&Verdict::Dissatisfied)
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
