//! Tells secretaries of suggestions to deliberate, and of those that came to something.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault};
use sanben_host::{App, heard, heard_id};
use sanben_proto::meeting as pb;

use crate::notice::Draft;
use crate::{ask, issue, telling};

/// Follows meeting.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("notification-on-meeting", "meeting", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let draft = draft(&app, &event).await?;
    Ok(issue::effect(&app, event.id, draft.into_iter().collect()))
}

async fn draft(app: &App, event: &Heard) -> Result<Option<Draft>, Fault> {
    if let Some(pb::SuggestionMade { meeting_id, submission_id, .. }) = heard(event)? {
        let unit = ask::meeting_unit(app, &meeting_id).await?;
        let submission = Some(submission_id).filter(|id| !id.is_empty()).map(|id| heard_id(&id)).transpose()?;
        return Ok(Some(telling::of_new_suggestion(heard_id(&meeting_id)?, &unit, submission)));
    }
    if let Some(pb::SuggestionImplemented { meeting_id, .. }) = heard(event)? {
        let unit = ask::meeting_unit(app, &meeting_id).await?;
        return Ok(Some(telling::of_implemented_suggestion(heard_id(&meeting_id)?, &unit)));
    }
    Ok(None)
}
