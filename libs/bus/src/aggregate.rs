use sanben_clock::{Clock, Ts};
use sanben_db::{Error, Tx};
use serde::Serialize;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::{Actor, NewEvent, append};

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

/// Writes what has happened to `aggregate` and lets it have happened. Must be called in the transaction that stores the aggregate.
///
/// # Errors
/// [`Error::Conflict`] when somebody else wrote the same revision first.
pub async fn record<A: Aggregate>(
    tx: &mut Tx,
    clock: &Clock,
    now: Ts,
    actor: &Actor,
    aggregate: &mut A,
    events: &[A::Event],
) -> Result<(), Error> {
    for event in events {
        aggregate.apply(event);
        let fact = aggregate.fact(event);
        let detail = serde_json::to_string(event).map_err(|_| Error::Corrupt("event"))?;
        let new = NewEvent {
            id: clock.id(),
            aggregate: A::NAME,
            aggregate_id: aggregate.id(),
            revision: aggregate.revision(),
            kind: &fact.kind,
            payload: fact.payload,
            detail,
            actor,
            reason: &fact.reason,
            time: now,
        };
        let span =
            tracing::info_span!("event", otel.name = format!("event {}", new.kind), otel.kind = "producer", event.id = %new.id);
        append(tx, &new).instrument(span).await?;
    }
    Ok(())
}
