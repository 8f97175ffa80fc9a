use std::sync::Arc;

use sanben_db::Tx;
use sanben_host::{App, Call, Error, Places, Responses, Watch, parse_id, watch};
use sanben_proto::ledger::{WatchCaseRequest, WatchCaseResponse};
use tokio::sync::watch::Receiver;
use uuid::Uuid;

use crate::case::{act::visible, view};

/// A case that somebody looks at. What is sent is the case itself and not a change of it, so whoever missed changes misses nothing.
struct Watched {
    app: App,
    call: Arc<Call>,
    id: Uuid,
    /// What the caller has seen.
    etag: String,
    opened: bool,
    /// The last position given out; a change is looked for when it moves.
    head: Receiver<i64>,
}

/// Sends a case as it is, and again whenever it has changed.
pub async fn run(
    app: &App,
    call: &Arc<Call>,
    places: &Places,
    input: WatchCaseRequest,
) -> Result<Responses<WatchCaseResponse>, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    app.db.read(async |tx: &mut Tx| visible(tx, app, call, id).await).await?;
    let place = places.take(&call.caller.person)?;
    let head = app.log.follow();
    let watched = Watched { app: app.clone(), call: call.clone(), id, etag: input.seen_etag, opened: false, head };
    Ok(watch(app, call, place, watched))
}

impl Watch for Watched {
    type Response = WatchCaseResponse;

    async fn next(&mut self) -> Result<Option<WatchCaseResponse>, Error> {
        loop {
            // Seen before the look, so that what comes during it wakes the next one.
            self.head.mark_unchanged();
            let (app, call, id) = (&self.app, &self.call, self.id);
            let case = app.db.read(async |tx: &mut Tx| visible(tx, app, call, id).await).await?;
            let etag = case.revision.to_string();
            let news = etag != self.etag;
            if news || !self.opened {
                self.etag = etag;
                self.opened = true;
                let case = news.then(|| view::case(&self.app, &self.call, &case));
                return Ok(Some(WatchCaseResponse { case }));
            }
            if self.head.changed().await.is_err() {
                return Ok(None);
            }
        }
    }
}
