//! What the desk does with what was heard.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_host::{App, heard, heard_id};
use sanben_proto::intake as pb;
use sanben_proto::kinds::Channel;

use crate::follow;
use crate::voice::News;

/// Follows intake.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("liaison-on-intake", "intake", log, move |event| {
        let app = app.clone();
        async move { effect(app, &event) }
    })
}

fn effect(app: App, event: &Heard) -> Result<Effect, Fault> {
    if let Some(received) = heard::<pb::SubmissionReceived>(event)? {
        if received.channel() != Channel::Liaison {
            return Ok(ignore());
        }
        let id = heard_id(&received.submission_id)?;
        return Ok(Box::new(move |tx| Box::pin(async move { follow::receive(tx, id, received.sealed).await })));
    }
    if let Some(pb::SubmissionReopened { submission_id, case_id, .. }) = heard(event)? {
        // Of a case the ledger says so.
        let news = case_id.is_empty().then_some(News::BackAtDesk);
        return of(app, event, &submission_id, news);
    }
    match ended(event)? {
        Some(submission_id) => of(app, event, &submission_id, Some(News::EndedAtDesk { at: event.time() })),
        None => Ok(ignore()),
    }
}

fn of(app: App, event: &Heard, submission_id: &str, news: Option<News>) -> Result<Effect, Fault> {
    let Some(news) = news else { return Ok(ignore()) };
    Ok(follow::effect(app, event.time(), vec![(heard_id(submission_id)?, news)]))
}

/// The submission that will not become a case any more. One that the person took back has ended there too: nothing else will be heard
/// of it.
fn ended(event: &Heard) -> Result<Option<String>, Fault> {
    if let Some(pb::SubmissionAnswered { submission_id }) = heard(event)? {
        return Ok(Some(submission_id));
    }
    if let Some(pb::SubmissionPassed { submission_id, .. }) = heard(event)? {
        return Ok(Some(submission_id));
    }
    if let Some(pb::SubmissionRefused { submission_id }) = heard(event)? {
        return Ok(Some(submission_id));
    }
    Ok(heard::<pb::SubmissionWithdrawn>(event)?.map(|withdrawn| withdrawn.submission_id))
}
