//! The three books (三本账) and every case in them: what is registered, who handles it, what was answered, whether it is settled. What
//! may happen is decided by a crate of its own, `rules/`, which knows neither store nor wire; here it is read, kept and answered.
//!
//! The rooms, from the ground up. A room knows those above it in this list, never one below it: `libs/tidy/src/rooms.rs` holds
//! that.
//!
//! * [`error`] — the one map from a refused rule to its reason. [`projection`] — what is kept beside a case because it follows from
//!   it. `fingerprint` — a number by which contents are known again.
//! * [`catalogue`] — what is published for all: the [calendar](catalogue::calendar), [checklists](catalogue::checklist),
//!   [presets](catalogue::preset), [praise](catalogue::praise). [`paper`] — what official papers say.
//! * [`clock`] — what runs in cases, and until when.
//! * [`case`] — cases and their verbs: [`case::direction`] decides on a case, [`case::handling`] works on it.
//! * [`co_handling`] — an authority outside the bureau takes part. [`deadline`] — what comes of clocks as time passes, and why a
//!   day is the day. [`draft`] — what clocks draft and people sign. [`figure`] — how long, how many. [`finding`] — lists and
//!   search. [`programme`] — [drives](programme::drive) and [common problems](programme::problem). [`watching`] — streams of what
//!   changes.
//! * [`duty`] — who must do what, by when, and why. `on_intake` — what the ledger makes of a submission.
//! * `api` — the methods, one file a gRPC service.

mod api;
pub mod case;
pub mod catalogue;
pub mod clock;
pub mod co_handling;
pub mod deadline;
pub mod draft;
pub mod duty;
pub mod error;
pub mod figure;
pub mod finding;
mod fingerprint;
mod on_intake;
pub mod paper;
pub mod programme;
pub mod projection;
pub mod watching;

pub use case::ledger::Ledger;
pub use projection::{Change, Projection};

use sanben_db::{Migrations, Part, Tx, migrations};
use sanben_host::{App, Beginning, Mounted, Places, Service, Task};

static OWN: Part = migrations!("./migrations");

/// The schema: events, idempotency, cases and their papers.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "ledger",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    begin: Some(begin),
    mount,
};

/// No request is answered by an older calendar than the one that was loaded before.
fn begin(app: App) -> Beginning {
    Box::pin(async move { app.db.read(async |tx: &mut Tx| catalogue::calendar::catch_up(tx, &app.editions).await).await })
}

/// What is kept beside a case, in the order in which it is written: how it was found before comes first.
const PROJECTIONS: &[Projection] = &[
    watching::projection::project,
    figure::projection::project,
    co_handling::projection::project,
    finding::projection::project,
    draft::projection::project,
    duty::projection::project,
    clock::projection::project,
];

/// The ledger over an app.
pub fn ledger(app: App) -> Ledger {
    Ledger::new(app, PROJECTIONS)
}

fn mount(app: App) -> Mounted {
    let ledger = ledger(app);
    let consumers = vec![on_intake::consumer(ledger.clone())];
    let (feed, days, clocks) = (watching::Feed::new(App::clone(&ledger)), ledger.clone(), ledger.clone());
    let deadlines = Task::new("deadlines", move |stop| deadline::reproject::follow(days, stop));
    let rungs = Task::new("rungs", move |stop| deadline::rungs::follow(clocks, stop));
    let calendar = catalogue::calendar::follower(App::clone(&ledger));
    let tasks = vec![calendar, deadlines, rungs, feed.task(), finding::reindex::task(ledger.clone())];
    Mounted { routes: api::routes(api::Api { ledger, feed, places: Places::default() }), consumers, tasks }
}
