use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Track, Verdict};
use sanben_proto::ledger::{AccountabilityMeasure, ClockKind, Door, PersonalDuty};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{External, Reply};

/// A leader who answers for a case in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub person: String,
    pub duty: PersonalDuty,
    pub since: Ts,
}

/// An earlier case whose matter is brought again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    pub earlier: Uuid,
    /// The how-manieth time it is brought, from 2.
    pub number: i32,
}

/// Somebody whose part in a case was examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounted {
    pub person: String,
    pub measure: AccountabilityMeasure,
}

/// A submission that was joined to the case of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub submission: Uuid,
    pub received: Ts,
    /// How many people speak in it together.
    pub parties: i32,
    /// What another authority calls it that handed it over.
    #[serde(default)]
    pub external: Option<External>,
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
    /// When; nothing if that was before this was kept.
    #[serde(default)]
    pub at: Option<Ts>,
}

/// A clock that was worked out again with another edition of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projected {
    pub kind: ClockKind,
    pub subject: String,
    /// The day on which it was due, `YYYY-MM-DD`.
    pub before: String,
    /// The day on which it is.
    pub after: String,
    /// Whether it still touches a year without a notice.
    pub provisional: bool,
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
