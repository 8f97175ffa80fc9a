//! What happens to things, as the rules say it: who did it, what the outside hears of it. Neither stores nor wires.
//!
//! * [`Aggregate`] — a thing that is the fold of its events.
//! * [`Actor`] — who did something. [`Fact`] — what the outside hears of it.

use prost::{Message, Name};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who did something, in which role or tenure. References only, never a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person as in the access token; `anonymous` for somebody with a receipt code.
    pub person: String,
    /// The unit in whose name it was done; empty for citizens.
    pub unit: String,
    /// The role it was done in.
    pub role: String,
    /// The tenure in force, for acts that a chief signs.
    pub tenure: Option<String>,
    /// Whether a deputy signed.
    pub deputy: bool,
}

/// What the outside hears of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The full name of the message.
    pub kind: String,
    /// The encoded message: what an outsider may know.
    pub payload: Vec<u8>,
    /// The reason that was given; empty if none was.
    pub reason: String,
}

/// What the outside hears of an event, with the reason that was given for it.
pub fn fact<M: Message + Name>(reason: &str, message: &M) -> Fact {
    Fact { kind: M::full_name(), payload: message.encode_to_vec(), reason: reason.to_owned() }
}

/// What was counted, as the contract says it.
pub fn count(of: impl TryInto<i32>) -> i32 {
    of.try_into().unwrap_or(i32::MAX)
}

/// A thing that is the fold of its events.
pub trait Aggregate {
    /// What kind of thing it is, for example `case`.
    const NAME: &'static str;
    /// What can happen to it.
    type Event: Serialize;

    /// Which one it is.
    fn id(&self) -> Uuid;
    /// How many events it has seen.
    fn revision(&self) -> i64;
    /// Lets an event have happened. The revision must grow by one.
    fn apply(&mut self, event: &Self::Event);
    /// What the outside hears of `event`, which was just applied.
    fn fact(&self, event: &Self::Event) -> Fact;
}
