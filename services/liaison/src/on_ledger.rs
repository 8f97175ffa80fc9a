//! What the cases of the ledger mean for what was heard.

use sanben_bus::{Consumer, Event as Heard, Fault, ignore};
use sanben_host::{App, heard, heard_id};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use crate::follow;
use crate::voice::News;

/// Follows the ledger.
pub fn consumer(app: &App) -> Consumer {
    let clock = app.clock.clone();
    Consumer::new("liaison-on-ledger", "ledger", app.log.clone(), move |event| {
        let clock = clock.clone();
        async move {
            Ok(match meaning(&event)? {
                Some((submissions, news)) => follow::effect(clock, event.time(), submissions, news),
                None => ignore(),
            })
        }
    })
}

/// Which submissions an event is about, and what it says of them.
fn meaning(event: &Heard) -> Result<Option<(Vec<Uuid>, News)>, Fault> {
    if let Some(pb::CaseProposed { case_id, submission_ids }) = heard(event)? {
        return told(&submission_ids, News::Proposed { case_id: heard_id(&case_id)?, at: event.time() });
    }
    if let Some(pb::CaseDeclined { case_id, submission_ids }) = heard(event)? {
        return told(&submission_ids, News::Declined { case_id: heard_id(&case_id)? });
    }
    if let Some(pb::CaseRegistered { case_id, submission_ids, .. }) = heard(event)? {
        return told(&submission_ids, News::Registered { case_id: heard_id(&case_id)? });
    }
    if let Some(settled) = heard::<pb::CaseSettled>(event)? {
        let news = News::Settled { case_id: heard_id(&settled.case_id)?, outcome: settled.outcome() };
        return told(&settled.submission_ids, news);
    }
    if let Some(archived) = heard::<pb::CaseArchived>(event)? {
        let news = News::Archived { case_id: heard_id(&archived.case_id)?, outcome: archived.outcome() };
        return told(&archived.submission_ids, news);
    }
    Ok(None)
}

fn told(submissions: &[String], news: News) -> Result<Option<(Vec<Uuid>, News)>, Fault> {
    let submissions = submissions.iter().map(|id| heard_id(id)).collect::<Result<_, _>>()?;
    Ok(Some((submissions, news)))
}
