//! The online desk and triage (警民网上心连心): everything that somebody says comes in here, and names and words stay here.
//!
//! * [`submission`] — the rules. One use case a file, named by its verb in the proto.
//! * [`vault`] — the only place of the suite that holds who somebody is and what they said.
//! * `on_ledger` — what the person sees when their case moves on.
//!
//! Says: `SubmissionReceived`, and what then becomes of it; that a receipt was sealed, that words or a party were read. Hears, of
//! the ledger: that a case was opened or declined, who leads it, every step that the person may see, and the years of the calendar.
//! Calls the ledger: `GetReply` for the receipt and the lead unit, `RecordVerdict` for the person.
//!
//! Intake knows the person (the receipt code, the words), the ledger knows the case (the reply, the clock, whether a verdict
//! counts), and neither keeps what is the other's. So the ledger fetches a proposal from intake when it hears of one, and intake
//! fetches the reply from the ledger when the person looks.

mod acknowledge_praise;
mod answer_submission;
mod api;
mod appeal_reply;
mod calendar;
mod convert;
mod create_submission;
mod detach;
mod error;
mod get_mailbox;
mod give_verdict;
mod join_submission;
mod list_units;
mod on_ledger;
mod party;
mod pass_submission;
mod propose_submission;
mod readings;
mod receipt;
mod refuse_submission;
mod reopen_case;
mod reply;
mod seal_receipt;
mod split_submission;
pub mod store;
pub mod submission;
mod submissions;
mod triage;
pub mod vault;
mod withdraw_submission;

use sanben_db::{Migrations, Part, migrations};
use sanben_host::{App, Mounted, Service};

static OWN: Part = migrations!("./migrations");

/// The schema: events, idempotency, submissions, the vault.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "intake",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    begin: None,
    mount,
};

fn mount(app: App) -> Mounted {
    let consumers = vec![on_ledger::consumer(app.clone())];
    Mounted { routes: api::routes(api::Api(app)), consumers, tasks: Vec::new() }
}
