//! The three books (三本账) and every case in them: what is registered, who handles it, what was answered, whether it is settled.
//!
//! * [`case`] — the rules. One use case a file, named by its verb in the proto.
//! * [`calendars`] — on which days the offices work, in editions.
//! * [`praise`] — praise, kept apart from the books. [`checklists`] — what must be complete, in versions. [`presets`] — how much time there is.
//! * [`drive`] — old open cases are cleared over a frozen list.
//! * [`problem`] — like cases, a measure against what they have in common, and its effect.
//! * [`feed`] — what changes, read once for all who watch.
//! * [`search`] — the words by which cases are found, [`find`] — in which order. [`likeness`] — what says much the same.
//! * `on_intake` — opens a case when the desk proposes a submission, takes one up again when its person asks, records praise.

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
