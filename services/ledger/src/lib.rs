//! The three books (三本账) and every case in them: what is registered, who handles it, what was answered, whether it is settled.
//!
//! * [`case`] — the rules. One use case a file, named by its verb in the proto.
//! * [`praise`] — praise, kept apart from the books. [`checklists`] — what must be complete, in versions. [`presets`] — how much time there is.
//! * [`drive`] — old open cases are cleared over a frozen list.
//! * [`problem`] — like cases, a measure against what they have in common, and its effect.
//! * `on_intake` — opens a case when the desk proposes a submission, takes one up again when its person asks, records praise.

mod add_record;
mod adopt_measure;
mod answer_co_handling;
mod answer_referral;
mod answer_urge;
mod api;
mod archive_case;
mod ask_authority;
mod assign_case;
mod assign_urgently;
pub mod case;
mod cases;
pub mod checklists;
mod close_drive;
mod co_handlings;
mod contribute;
mod convert;
mod coordinate;
mod deadline_words;
mod decide_appeal;
mod decide_objection;
mod decline_case;
pub mod drive;
mod drives;
mod duties_elsewhere;
mod end_problem;
mod error;
mod examine_accountability;
mod explain_deadline;
mod extend_case;
mod get_presets;
mod issue_paper;
mod ladder;
mod link_repeat;
mod link_to_problem;
mod list_checklists;
mod list_duties;
mod list_praises;
mod measure_effect;
mod measure_gates;
mod number;
mod object_to_assignment;
mod on_intake;
mod open_drive;
mod open_problem;
mod papers;
mod pause_case;
mod period;
mod persons;
pub mod praise;
pub mod presets;
pub mod problem;
mod problems;
mod publish_checklist;
mod publish_presets;
mod reclassify_case;
mod record_contact;
mod record_hearing;
mod record_publication;
mod record_return_visit;
mod record_verdict;
mod refer_to_discipline;
mod register_case;
mod reply_case;
mod report_back;
pub mod reproject;
mod resume_case;
mod review_reply;
pub mod signed;
mod standing;
pub mod store;
mod strike_off_by_exception;
mod strike_off_case;
mod superior;
mod take_ownership;
mod undertake_case;
mod urge;
mod verb;
mod watch_case;

use sanben_db::Migrations;
use sanben_host::{App, Mounted, Service, Task};
use sanben_proto::ledger::ledger_service_server::LedgerServiceServer;
use sqlx::migrate::Migrator;
use tonic::service::Routes;

static OWN: Migrator = sqlx::migrate!("./migrations");

/// The schema: events, idempotency, cases and their papers.
pub const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS, &OWN]);

/// The service.
pub const SERVICE: Service = Service {
    name: "ledger",
    migrations: MIGRATIONS,
    texts: (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl")),
    mount,
};

fn mount(app: App) -> Mounted {
    let consumers = vec![on_intake::consumer(app.clone())];
    let following = app.clone();
    let tasks = vec![Task::new("deadlines", move |stop| reproject::follow(following, stop))];
    Mounted { routes: Routes::new(LedgerServiceServer::new(api::Api::new(app))), consumers, tasks }
}
