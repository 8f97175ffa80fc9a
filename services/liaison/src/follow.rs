//! What became of what was heard: what the events of intake and the ledger change on a visit.

use sanben_access::Org;
use sanben_bus::{Actor, Effect, Fault};
use sanben_clock::{Clock, Ts};
use sanben_db::{Error, Tx};
use sanben_host::App;
use uuid::Uuid;

use crate::voice::{Carried, News};
use crate::{officer, store, visit};

/// Intake has received something that was heard on a visit. Unless the visit shows it already, it is followed from now on, so that
/// nothing is missed until the visit does.
pub async fn receive(tx: &mut Tx, submission_id: Uuid, sealed: bool) -> Result<(), Fault> {
    if store::find_by_submission(tx, submission_id).await?.is_none() {
        store::insert_unclaimed(tx, &Carried::new(submission_id, sealed)).await?;
    }
    Ok(())
}

/// Whether a submission was heard on a visit.
pub async fn is_followed(tx: &mut Tx, submission_id: Uuid) -> Result<bool, Error> {
    Ok(store::find_by_submission(tx, submission_id).await?.is_some() || store::find_unclaimed(tx, submission_id).await?.is_some())
}

/// Applies news of submissions, of which most were not heard on a visit.
pub async fn take(tx: &mut Tx, clock: &Clock, org: &Org, at: Ts, news: &[(Uuid, News)]) -> Result<(), Fault> {
    let actor = Actor { person: "service:liaison".to_owned(), role: "service".to_owned(), ..Actor::default() };
    for (id, news) in news {
        // In this order: a visit that takes the submission over in between makes the update a conflict, and the news come again.
        if let Some(carried) = store::find_unclaimed(tx, *id).await?.and_then(|carried| carried.after(news)) {
            store::update_unclaimed(tx, &carried).await?;
        }
        let Some(mut visit) = store::find_by_submission(tx, *id).await? else { continue };
        if let Some(event) = visit::follow(&visit, *id, news, &officer::of(org, &visit)) {
            officer::happen(tx, clock, at, &actor, &mut visit, &[event]).await?;
        }
    }
    Ok(())
}

/// What a consumer does on hearing `news`.
pub fn effect(app: App, at: Ts, news: Vec<(Uuid, News)>) -> Effect {
    Box::new(move |tx| Box::pin(async move { take(tx, &app.clock, &app.org, at, &news).await }))
}
