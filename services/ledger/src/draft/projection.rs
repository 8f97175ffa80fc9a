//! Keeps the drafts that wait in a case.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;
use sanben_ledger_rules::case::Draft;

use super::store::{self, Waiting};
use crate::projection::Change;

/// What waits for a signature, found by the unit whose chief signs.
pub fn project<'a>(tx: &'a mut Tx, _: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        let waiting = |draft: &Draft| Waiting { id: draft.id, number: draft.number, signer: draft.signer.clone(), at: draft.at };
        let waiting: Vec<Waiting> = change.case.drafts.iter().filter(|draft| draft.is_open()).map(waiting).collect();
        store::set(tx, change.case.id, &waiting).await
    })
}
