//! Keeps what runs in a case.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;

use crate::clock::{running, store};
use crate::projection::Change;

/// What runs in it, for whatever has to find it by its time.
pub fn project<'a>(tx: &'a mut Tx, app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        let now = app.clock.now();
        let mut running = running(app, change.case);
        running.retain(|one| !change.reprojected || !one.is_past_right(now));
        store::set(tx, change.case.id, &running).await
    })
}
