use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, from_row};
use sanben_event::Actor;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An event about to be written.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// UUIDv7 from the clock.
    pub id: Uuid,
    /// What kind of thing it happened to, for example `case`.
    pub aggregate: &'static str,
    /// Which one.
    pub aggregate_id: Uuid,
    /// The thing's revision after it, from 1, without gaps.
    pub revision: i64,
    /// The full name of the payload's message.
    pub kind: &'a str,
    /// The encoded message: what an outsider may know.
    pub payload: Vec<u8>,
    /// The whole fact as the owning service folds it, as JSON; never leaves the service.
    pub detail: String,
    /// Who.
    pub actor: &'a Actor,
    /// Why; empty if no reason was given.
    pub reason: &'a str,
    /// When.
    pub time: Ts,
}

/// An event as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// UUIDv7.
    pub id: Uuid,
    /// What kind of thing it happened to.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: Uuid,
    /// The thing's revision after it.
    pub revision: i64,
    /// The full name of the payload's message.
    pub kind: String,
    /// The encoded message.
    pub payload: Vec<u8>,
    /// W3C trace context of the request that caused it.
    pub traceparent: String,
    /// When, microseconds since the epoch.
    pub occur_time: i64,
}

from_row!(Event { id = "event_id", aggregate, aggregate_id, revision, kind = "type", payload, traceparent, occur_time });

impl Event {
    /// When it happened.
    pub fn time(&self) -> Ts {
        Ts::from_micros(self.occur_time)
    }
}

/// An entry of a history, for whoever may read it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The thing's revision after it.
    pub revision: i64,
    /// The full name of the payload's message.
    pub kind: String,
    /// The whole fact, as JSON.
    pub detail: String,
    /// Who, as JSON of [`Actor`].
    actor: String,
    /// Why; may be empty.
    pub reason: String,
    /// When, microseconds since the epoch.
    pub occur_time: i64,
}

from_row!(Entry { revision, kind = "type", detail, actor, reason, occur_time });

impl Entry {
    /// Who did it.
    ///
    /// # Errors
    /// When the stored value cannot be read back.
    pub fn actor(&self) -> Result<Actor, Error> {
        serde_json::from_str(&self.actor).map_err(|_| Error::Corrupt("events.actor"))
    }
}

/// Writes an event. Must be called in the transaction that makes it true.
///
/// # Errors
/// [`Error::Conflict`] when somebody else wrote that revision first.
pub async fn append(tx: &mut Tx, event: &NewEvent<'_>) -> Result<(), Error> {
    let actor = serde_json::to_string(event.actor).map_err(|_| Error::Corrupt("actor"))?;
    execute!(
        tx,
        "INSERT INTO events
             (event_id, aggregate, aggregate_id, revision, type, payload, detail, actor, reason, traceparent, occur_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        event.id,
        event.aggregate,
        event.aggregate_id,
        event.revision,
        event.kind,
        event.payload.as_slice(),
        event.detail.as_str(),
        actor.as_str(),
        event.reason,
        crate::trace::current(),
        event.time.micros(),
    )?;
    Ok(())
}

/// The history of one thing after revision `after`, oldest first, at most `limit` entries.
///
/// # Errors
/// When the store fails.
pub async fn history(tx: &mut Tx, aggregate_id: Uuid, after: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    fetch_all!(
        tx,
        Entry,
        "SELECT revision, type, detail, actor, reason, occur_time
         FROM events
         WHERE aggregate_id = $1 AND revision > $2
         ORDER BY revision
         LIMIT $3",
        aggregate_id,
        after,
        limit,
    )
}
