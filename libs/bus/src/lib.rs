//! What happened, and how others hear of it.
//!
//! * [`append`] — writes an event in the transaction that made it true; [`Event`] — one as it is read back.
//! * [`Aggregate`], [`record`] — a thing that is the fold of its events, and how new ones are written.
//! * [`Log`] — the events of one service: wakes whoever follows it, knows the last position.
//! * [`sequence`] — gives positions without gaps, one replica at a time.
//! * [`Relay`] — hands events on in order of position, at least once.
//! * [`Consumer`] — applies each event of others exactly once, in order of revision, parking what comes too early.
//! * [`Target`] — where a relay leads: a consumer of the same process, or [`Nats`], from which a [`Subscription`] feeds consumers.
//! * [`letters`], [`replay`] — what consumers have set aside, and how an operator has it tried again; [`backlog`] — what waits.
//! * `testing` (a feature) — a real broker.
//! * [`trace`] — carries the trace context through event rows.

mod aggregate;
mod consumer;
mod event;
mod letters;
mod log;
mod nats;
mod relay;
mod sequencer;
#[cfg(feature = "testing")]
pub mod testing;
pub mod trace;

use sanben_db::{Part, migrations};

pub use aggregate::record;
pub use consumer::{Applied, Consumer, Effect, Fault, ignore};
pub use event::{Entry, Event, NewEvent, append, history};
pub use letters::{Choice, Letter, asked, letter_count, letters, replay};
pub use log::Log;
pub use nats::{Nats, Subscription};
pub use relay::{Backlog, Relay, Target, backlog};
pub use sanben_event::{Actor, Aggregate, Fact};
pub use sequencer::sequence;

/// The schema of this part: events, positions, cursors, inbox.
pub static MIGRATIONS: Part = migrations!("./migrations");
