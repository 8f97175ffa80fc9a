//! Tells officers of visits to make, and of what became of what they heard.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault};
use sanben_host::{App, heard, heard_id};
use sanben_proto::liaison as pb;

use crate::notice::Draft;
use crate::{issue, telling};

/// Follows liaison.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("notification-on-liaison", "liaison", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let draft = draft(&event)?;
    Ok(issue::effect(&app, event.id, draft.into_iter().collect()))
}

fn draft(event: &Heard) -> Result<Option<Draft>, Fault> {
    if let Some(pb::VisitPlanned { visit_id, officer_id, plan_date }) = heard(event)? {
        return Ok(Some(telling::of_planned_visit(heard_id(&visit_id)?, &officer_id, &plan_date)));
    }
    let changed: Option<pb::VoiceFateChanged> = heard(event)?;
    let Some(changed) = changed else { return Ok(None) };
    Ok(telling::of_voice(heard_id(&changed.visit_id)?, &changed.officer_id, changed.fate()))
}
