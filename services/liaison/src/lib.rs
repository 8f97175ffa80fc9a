//! Ranking officers pair with people and organisations, visit, and solve (联访解).
//!
//! * [`pair`], [`visit`], [`voice`], [`sight`] — the rules. One use case a file, named by its verb in the proto; `pairs` and
//!   `visits` show them.
//! * `officer` — what all verbs of an officer do alike.
//! * [`follow`] — what became of what was heard; `on_intake` and `on_ledger` say what an event of theirs means for it, `proposal`
//!   asks intake whom it complains about.
//!
//! Says: `PairCreated`, `OfficerReplaced`, `VisitPlanned`, `VisitHandedOver`, `VisitMade`, `VoiceHeard`, `VoiceFateChanged`. Hears,
//! of intake: received, ended at the desk, back at the desk; of the ledger: proposed, declined, registered, settled, reopened,
//! archived. Calls intake, for the officer: `RegisterParty` for who is visited, `CreateSubmission` for what is carried on; in its
//! own right `GetProposal`, to know who is complained about.

mod api;
mod convert;
mod create_pair;
mod error;
pub mod follow;
mod officer;
mod on_intake;
mod on_ledger;
pub mod pair;
mod pairs;
mod plan_visit;
mod proposal;
mod record_visit;
mod record_voice;
mod replace_officer;
pub mod sight;
pub mod store;
pub mod visit;
mod visits;
pub mod voice;

use sanben_db::{Migrations, Part, migrations};
use sanben_host::{App, Mounted, Service};

static OWN: Part = migrations!("./migrations");

/// The schema: events, idempotency, pairs, visits.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "liaison",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    begin: None,
    mount,
};

fn mount(app: App) -> Mounted {
    let consumers = vec![on_ledger::consumer(app.clone()), on_intake::consumer(app.clone())];
    Mounted { routes: api::routes(api::Api(app)), consumers, tasks: Vec::new() }
}
