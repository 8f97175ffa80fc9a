//! Owns the process, and every seam that a request passes.
//!
//! request → [`gate`]: trace context, who is calling, limits, validation, permission → use case with its [`Call`] → [`App::write`]:
//! one transaction of state, event and idempotency → sequencer, relay, consumer (`sanben-bus`).
//!
//! * [`Host`] — `Settings → start → Running`: databases, listener, gRPC + gRPC-web + CORS, health, reflection, background tasks.
//! * [`Service`], [`Mounted`], [`Task`] — how a service says what it is.
//! * [`App`] — what a use case works with.
//! * [`Error`], [`Refusal`], [`Problem`] — the one way to a status, with a typed reason and a text in the caller's language.
//! * [`Catalog`] — user-facing text, zh-CN first.
//! * [`permission_of`], [`permissions_by`], [`public_step`], [`shown`] — what the contract declares in options.
//! * [`Page`] — keyset paging with sealed tokens.
//! * [`Peers`], [`Replicas`] — the other services, in this process or wherever their replicas are.
//! * [`watch`], [`ResumeTokens`], [`Places`] — streams, how they go on where they stopped, and how many there may be.
//! * [`Sealer`] — authenticated encryption for what must not be read or made up by others.

mod app;
mod asset;
mod call;
mod catalog;
mod declared;
mod edition;
mod error;
mod figures;
mod gate;
mod host;
mod idempotency;
mod listener;
mod page;
mod peers;
mod places;
mod problem;
mod replicas;
mod resume;
mod running;
mod seal;
mod server;
mod telemetry;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod validate;
mod watch;

pub use app::{
    App, Beginning, Mounted, Service, Task, act, check_etag, duration, heard, heard_id, parse_date, parse_id, parse_time, timestamp,
};
pub use asset::Asset;
pub use call::{Call, open};
pub use catalog::{Catalog, Lang};
pub use declared::{Shown, permission_of, permissions_by, public_step, shown};
pub use edition::{Edition, Editions};
pub use error::{Error, Reason, Refusal, answer};
pub use host::{DatabaseAt, Host, Settings};
pub use page::{Key, Page};
pub use peers::{Peer, Peers};
pub use places::{PLACES_MAX, PLACES_OF_ONE_MAX, Place, Places};
pub use problem::Problem;
pub use replicas::Replicas;
pub use resume::ResumeTokens;
pub use running::{Running, Stopper};
pub use sanben_event::{count, fact};
pub use seal::Sealer;
pub use telemetry::Telemetry;
pub use validate::{Contract, ENFORCED_RULES};
pub use watch::{Responses, Watch, watch};

/// The schema of this part: idempotency.
pub static MIGRATIONS: sanben_db::Part = sanben_db::migrations!("./migrations");
