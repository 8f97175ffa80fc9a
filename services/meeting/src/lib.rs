//! Meetings in which people come into the station, give advice, and settle together how it is handled (进建商).
//!
//! * [`meeting`], [`suggestion`] — the rules. One use case a file, named by its verb in the proto.
//! * `agenda` — what all verbs do alike; `proposal` — what intake holds of a suggestion that was proposed.
//! * `on_ledger` — what becomes of a suggestion when its case moves on.
//!
//! Says: `MeetingConvened`, `PersonInvited`, `InvitationAnswered`, `MeetingHeld`, `SuggestionMade`, `…Deliberated`, `…Resolved`,
//! `…Registered`, `…Implemented`, `PlanAdopted`, `OneEvidenced`. Hears, of the ledger: proposed, registered, declined, reopened,
//! struck off; replied and published as evidence. Calls intake, for the secretary: `RegisterParty`, `CreateSubmission`,
//! `ProposeSubmission`; in its own right `GetProposal`, to know who is complained about and whether a proposal stands.

mod adopt_plan;
mod agenda;
mod answer_invitation;
mod api;
mod convene_meeting;
mod convert;
mod deliberate_suggestion;
mod error;
mod hold_meeting;
mod invite_person;
pub mod meeting;
mod meetings;
mod on_ledger;
mod proposal;
mod record_evidence;
mod record_suggestion;
mod resolve_suggestion;
pub mod store;
pub mod suggestion;
mod suggestions;

use sanben_db::{Migrations, Part, migrations};
use sanben_host::{App, Mounted, Service};

static OWN: Part = migrations!("./migrations");

/// The schema: events, idempotency, meetings, suggestions.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "meeting",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    begin: None,
    mount,
};

fn mount(app: App) -> Mounted {
    let consumers = vec![on_ledger::consumer(app.clone())];
    Mounted { routes: api::routes(api::Api(app)), consumers, tasks: Vec::new() }
}
