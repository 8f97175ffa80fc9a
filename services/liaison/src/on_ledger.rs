//! What the cases of the ledger mean for what was heard.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, heard, heard_id};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use crate::voice::News;
use crate::{follow, proposal};

/// Follows the ledger.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("liaison-on-ledger", "ledger", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let news = match heard(&event)? {
        Some(proposed) => of_proposed(&app, &proposed, event.time()).await?,
        None => meaning(&event)?,
    };
    Ok(if news.is_empty() { ignore() } else { follow::effect(app, event.time(), news) })
}

/// Who is complained about is not in the event, so it is asked for, of what was heard on visits.
async fn of_proposed(app: &App, event: &pb::CaseProposed, at: Ts) -> Result<Vec<(Uuid, News)>, Fault> {
    let case_id = heard_id(&event.case_id)?;
    let mut news = Vec::new();
    for submission in ids(&event.submission_ids)? {
        if app.db.read(async |tx: &mut Tx| follow::is_followed(tx, submission).await).await? {
            let accused = proposal::accused(app, submission).await?;
            news.push((submission, News::Proposed { case_id, at, accused }));
        }
    }
    Ok(news)
}

/// What any other event says of which submissions.
fn meaning(event: &Heard) -> Result<Vec<(Uuid, News)>, Fault> {
    if let Some(pb::CaseDeclined { case_id, submission_ids }) = heard(event)? {
        return told(&submission_ids, &News::Declined { case_id: heard_id(&case_id)? });
    }
    if let Some(pb::CaseRegistered { case_id, submission_ids, .. }) = heard(event)? {
        return told(&submission_ids, &News::Registered { case_id: heard_id(&case_id)? });
    }
    if let Some(settled) = heard::<pb::CaseSettled>(event)? {
        let news = News::Settled { case_id: heard_id(&settled.case_id)?, outcome: settled.outcome() };
        return told(&settled.submission_ids, &news);
    }
    if let Some(pb::CaseReopened { case_id, submission_ids, .. }) = heard(event)? {
        return told(&submission_ids, &News::Reopened { case_id: heard_id(&case_id)? });
    }
    if let Some(archived) = heard::<pb::CaseArchived>(event)? {
        let news = News::Archived { case_id: heard_id(&archived.case_id)?, outcome: archived.outcome() };
        return told(&archived.submission_ids, &news);
    }
    Ok(Vec::new())
}

fn told(submissions: &[String], news: &News) -> Result<Vec<(Uuid, News)>, Fault> {
    Ok(ids(submissions)?.into_iter().map(|id| (id, news.clone())).collect())
}

fn ids(submissions: &[String]) -> Result<Vec<Uuid>, Fault> {
    submissions.iter().map(|id| heard_id(id)).collect()
}
