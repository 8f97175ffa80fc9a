//! Tells people and staff what happened: to citizens at each public step, to staff at each duty.
//!
//! * [`telling`] — the rules: who is told what, from what was heard and [`facts`]; a [`notice`] is what comes of it.
//! * `on_*` — listens to a service; [`issue`] writes the notices in the same transaction; `ask` asks others for facts.
//! * [`mail`] — the rules of a notice on its way by mail; [`post`] sends what is due.
//! * `list_notices`, `watch_notices` — the use cases; `reader` says whose notices the caller reads, [`follow`] reads on as they
//!   come.
//!
//! Says: `NoticeIssued`, `MailQueued`, `MailSent`, `MailUnwanted`, `MailUndeliverable`. Hears, of intake, ledger, liaison and
//! meeting: whatever somebody is to be told of. Calls intake: `ResolveReceipt` for whoever reads, `GetMailbox` for where mail goes,
//! `GetProposal` and `GetSubmission`; the ledger: `GetCase`; meeting: `GetMeeting`: who is to be told, and who must not be.

mod api;
mod ask;
pub mod case_step;
mod convert;
mod error;
pub mod facts;
pub mod follow;
pub mod issue;
mod list_notices;
pub mod mail;
pub mod notice;
mod on_intake;
mod on_ledger;
mod on_liaison;
mod on_meeting;
pub mod post;
mod reader;
pub mod store;
pub mod telling;
mod watch_notices;

use sanben_db::{Migrations, Part, migrations};
use sanben_host::{App, Mounted, Places, Service};

static OWN: Part = migrations!("./migrations");

/// The schema: events, idempotency, notices.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "notification",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    begin: None,
    mount,
};

fn mount(app: App) -> Mounted {
    let consumers = vec![
        on_intake::consumer(app.clone()),
        on_ledger::consumer(app.clone()),
        on_liaison::consumer(app.clone()),
        on_meeting::consumer(app.clone()),
    ];
    let tasks = app.mailer.clone().map(|mailer| post::task(app.clone(), mailer)).into_iter().collect();
    Mounted { routes: api::routes(api::Api { app, places: Places::default() }), consumers, tasks }
}
