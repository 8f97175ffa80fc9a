//! An event is written once, as one row with two halves.
//!
//! The *fact* is the message of the contract: what an outsider may know. It travels. The *detail* is the service's own event as
//! JSON: the reason given, the unit complained about, the round. It stays in the service's store as its history: folding the
//! details of a thing gives the thing again (test: `services/ledger/tests/fold/mod.rs`). So a consumer that needs more than the
//! fact asks the service, which decides whether it may know. Neither half holds names or original words. The reason and who acted
//! stand beside them and stay at home, too.

use sanben_clock::{Clock, Ts};
use sanben_db::{Error, Tx};
use tracing::Instrument as _;

use sanben_event::{Actor, Aggregate};

use crate::{NewEvent, append};

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
