//! Keeps what authorities outside the bureau are still asked for.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;
use sanben_ledger_rules::case::CoHandling;

use super::store;
use crate::projection::Change;

/// What is withdrawn waits for nobody.
pub fn project<'a>(tx: &'a mut Tx, _app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        let asked = &change.case.co_handlings;
        if change.has_happened() && !asked.is_empty() && !asked.iter().any(CoHandling::is_open) {
            store::withdrawn(tx, change.case.id).await?;
        }
        Ok(())
    })
}
