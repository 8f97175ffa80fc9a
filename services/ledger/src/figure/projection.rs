//! Keeps when a case came to its gate, and when it passed it.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;

use super::store::gates;
use crate::projection::Change;

/// How long it waits at its gate.
pub fn project<'a>(tx: &'a mut Tx, _app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        if change.is_new() {
            gates::came(tx, change.case).await?;
        } else if change.has_happened() {
            gates::passed(tx, change.case).await?;
        }
        Ok(())
    })
}
