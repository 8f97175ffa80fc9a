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
pub mod calendar_fault;
pub mod calendars;
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
mod drafts;
pub mod drive;
mod drives;
mod drop_draft;
mod duties_elsewhere;
mod duties_of_programmes;
mod end_problem;
mod error;
mod examine_accountability;
mod explain_deadline;
mod extend_case;
pub mod feed;
pub mod find;
mod fingerprint;
mod get_calendar;
mod get_presets;
mod issue_paper;
mod ladder;
pub mod likeness;
mod link_repeat;
mod link_to_problem;
mod list_calendar_editions;
mod list_cases;
mod list_checklists;
mod list_duties;
mod list_praises;
mod load_calendar;
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
pub mod reindex;
mod reply_case;
mod report_back;
pub mod reproject;
mod resume_case;
mod review_reply;
pub mod rungs;
pub mod search;
mod sign_draft;
pub mod signed;
mod standing;
pub mod store;
mod strike_off_by_exception;
mod strike_off_case;
mod suggest_similar_cases;
mod superior;
mod take_ownership;
mod undertake_case;
mod urge;
mod verb;
mod watch_case;
mod watch_cases;

pub use verb::index;

use sanben_db::{Migrations, Tx};
use sanben_host::{App, Beginning, Mounted, Places, Service, Task};
use sqlx::migrate::Migrator;

static OWN: Migrator = sqlx::migrate!("./migrations");

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
    Box::pin(async move { app.db.read(async |tx: &mut Tx| calendars::catch_up(tx, &app.editions).await).await })
}

fn mount(app: App) -> Mounted {
    let consumers = vec![on_intake::consumer(app.clone())];
    let (feed, days, clocks) = (feed::Feed::new(app.clone()), app.clone(), app.clone());
    let deadlines = Task::new("deadlines", move |stop| reproject::follow(days, stop));
    let rungs = Task::new("rungs", move |stop| rungs::follow(clocks, stop));
    let tasks = vec![calendars::follower(app.clone()), deadlines, rungs, feed.task(), reindex::task(app.clone())];
    Mounted { routes: api::routes(api::Api { app, feed, places: Places::default() }), consumers, tasks }
}
