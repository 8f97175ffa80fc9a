//! The rules of a common problem (共性问题): pure. Like cases, the measures against what they have in common, and their effect.

mod decide;
mod fact;
#[cfg(test)]
mod tests;

pub use decide::{Candidate, adopt, end, judge, link, open};

use sanben_clock::Ts;
use sanben_proto::ledger::{EffectJudgement, ProblemState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::signed::Signed;

/// So many linked cases at most.
pub const CASES_MAX: usize = 2000;
/// So many measures at most.
pub const MEASURES_MAX: usize = 20;

const DAY_MICROS: i64 = 86_400_000_000;

/// A common problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub id: Uuid,
    pub revision: i64,
    pub opening: Opening,
    /// Oldest first. Where the problem is follows from the last one.
    pub measures: Vec<Measure>,
    /// That it was given up.
    #[serde(default)]
    pub ended: Option<Ending>,
}

/// Why it was given up, and who signed that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub reason: String,
    pub signed: Signed,
}

/// What it is about, and who opened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub title: String,
    pub description: String,
    pub unit: String,
    pub signed: Signed,
}

/// A measure against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub text: String,
    pub responsible_unit: String,
    /// The first instant of the day from which it works.
    pub from: Ts,
    pub observe_days: i32,
    pub signed: Signed,
    pub effect: Option<Effect>,
}

/// What became of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    pub judgement: EffectJudgement,
    pub text: String,
    /// Linked cases received in as many days before the measure as it is observed.
    pub before: i64,
    /// And in those days from it on.
    pub after: i64,
    pub signed: Signed,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Opened { opening: Box<Opening>, cases: Vec<Uuid> },
    Linked { cases: Vec<Uuid> },
    Adopted(Box<Measure>),
    Judged(Box<Effect>),
    Ended(Box<Ending>),
}

/// What can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Link,
    Adopt,
    Judge,
    End,
}

/// Why something is refused. `index` says which of the cases that were named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongState { state: ProblemState, verb: Verb },
    OutsideReach,
    NotRegistered { index: usize },
    Sealed { index: usize },
    Taken { index: usize },
    TooLarge { most: usize },
    NotTheChief { unit: String },
    OutsideUnit { unit: String },
    Date { first: Ts, last: Ts },
    TooManyMeasures { most: usize },
    TooEarly { first: Ts },
    BySigner,
    NotTheOffice { unit: String },
}

impl Problem {
    /// A problem before its first event.
    pub fn new(id: Uuid, opening: Opening) -> Problem {
        Problem { id, revision: 0, opening, measures: Vec::new(), ended: None }
    }

    /// Where it is.
    pub fn state(&self) -> ProblemState {
        if self.ended.is_some() {
            return ProblemState::Ended;
        }
        match self.measures.last().map(|measure| measure.effect.as_ref().map(|effect| effect.judgement)) {
            Some(None) => ProblemState::Measured,
            Some(Some(EffectJudgement::Effective)) => ProblemState::Closed,
            None | Some(Some(EffectJudgement::Partly | EffectJudgement::NotEffective | EffectJudgement::Unspecified)) => {
                ProblemState::Open
            }
        }
    }

    /// From when on somebody has to go on with it, which may be to come: since when a measure is waited for, or the first instant at which the effect
    /// of the present one may be judged. Nothing when it is over, or has as many measures as it may have.
    pub fn waits_from(&self) -> Option<Ts> {
        let last = self.measures.last();
        match self.state() {
            ProblemState::Open if self.measures.len() >= MEASURES_MAX => None,
            ProblemState::Open => {
                let judged = last.and_then(|measure| measure.effect.as_ref()).map(|effect| effect.signed.at);
                Some(judged.unwrap_or(self.opening.signed.at))
            }
            ProblemState::Measured => last.map(Measure::judge_from),
            ProblemState::Closed | ProblemState::Ended | ProblemState::Unspecified => None,
        }
    }

    /// Whether this person has signed the last measure, and so does not judge it.
    pub fn is_signed_by(&self, person: &str) -> bool {
        self.measures.last().is_some_and(|measure| measure.signed.person == person)
    }
}

impl Measure {
    /// The first instant at which its effect may be judged: the days of observation are over.
    pub fn judge_from(&self) -> Ts {
        days(self.from, i64::from(self.observe_days))
    }

    /// Of cases received at these instants, how many were received in as many days before it, and how many while it is observed.
    pub fn count(&self, received: impl IntoIterator<Item = Ts>) -> (i64, i64) {
        let (first, last) = (days(self.from, -i64::from(self.observe_days)), self.judge_from());
        received.into_iter().fold((0, 0), |(before, after), at| {
            (before + i64::from(first <= at && at < self.from), after + i64::from(self.from <= at && at < last))
        })
    }
}

fn days(at: Ts, days: i64) -> Ts {
    Ts::from_micros(at.micros().saturating_add(days.saturating_mul(DAY_MICROS)))
}

/// Lets an event have happened.
pub fn apply(problem: &mut Problem, event: &Event) {
    problem.revision += 1;
    match event {
        Event::Opened { opening, .. } => problem.opening = (**opening).clone(),
        Event::Linked { .. } => {}
        Event::Adopted(measure) => problem.measures.push((**measure).clone()),
        Event::Ended(ending) => problem.ended = Some((**ending).clone()),
        Event::Judged(effect) => {
            if let Some(measure) = problem.measures.last_mut() {
                measure.effect = Some((**effect).clone());
            }
        }
    }
}
