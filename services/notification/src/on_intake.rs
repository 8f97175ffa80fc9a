//! Tells people how far their submission is, and desks what to triage.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_host::{App, heard, heard_id};
use sanben_proto::intake as pb;
use sanben_proto::kinds::PublicStep;

use crate::{ask, issue, store, telling};

/// What an event means.
struct Meaning {
    step: PublicStep,
    submission_id: String,
    authority: String,
}

/// Follows intake.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("notification-on-intake", "intake", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let Some(Meaning { step, submission_id, authority }) = meaning(&event)? else { return Ok(ignore()) };
    let id = heard_id(&submission_id)?;
    let facts = ask::submission(&app, id).await?;
    let drafts = telling::of_submission(step, &authority, &facts, &app.org);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            store::set_accused(tx, id, &facts.accused).await?;
            Ok(issue::all(tx, &app.clock, event.id, drafts, issue::Ways::of(&app)).await?)
        })
    }))
}

fn meaning(event: &Heard) -> Result<Option<Meaning>, Fault> {
    if let Some(pb::SubmissionReceived { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Received, submission_id)));
    }
    if let Some(pb::SubmissionAnswered { submission_id }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Answered, submission_id)));
    }
    if let Some(pb::SubmissionPassed { submission_id, authority }) = heard(event)? {
        return Ok(Some(Meaning { authority, ..plain(PublicStep::Passed, submission_id) }));
    }
    if let Some(pb::SubmissionRefused { submission_id }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Refused, submission_id)));
    }
    if let Some(pb::SubmissionProposed { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Proposed, submission_id)));
    }
    if let Some(pb::SubmissionAcknowledged { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Acknowledged, submission_id)));
    }
    if let Some(pb::SubmissionSplit { submission_id }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Split, submission_id)));
    }
    if let Some(pb::SubmissionJoined { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Joined, submission_id)));
    }
    if let Some(pb::SubmissionAppealed { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Appealed, submission_id)));
    }
    if let Some(pb::SubmissionDetached { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Detached, submission_id)));
    }
    if let Some(pb::SubmissionReopened { submission_id, .. }) = heard(event)? {
        return Ok(Some(plain(PublicStep::Reopened, submission_id)));
    }
    if let Some(pb::SubmissionReturned { submission_id }) = heard(event)? {
        return Ok(Some(plain(PublicStep::BackToTriage, submission_id)));
    }
    Ok(None)
}

fn plain(step: PublicStep, submission_id: String) -> Meaning {
    Meaning { step, submission_id, authority: String::new() }
}
