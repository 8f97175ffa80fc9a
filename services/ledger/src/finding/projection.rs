//! Keeps by what a case is found.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;
use sanben_ledger_rules::case::clock;

use super::store::index::{self, Index};
use crate::case::act::{chain_of, reach};
use crate::projection::Change;

/// In which units it is found, by what, and by which words.
pub fn project<'a>(tx: &'a mut Tx, app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        let (case, calendar) = (change.case, app.calendar());
        if change.is_new() {
            index::set_terms(tx, case.id, case).await?;
        }
        let (warn, due) = clock::marks(case, &calendar);
        let found_by = Index { reach: reach(app, case), led: chain_of(app, &case.lead_unit), warn, due };
        index::set(tx, case.id, case, &found_by).await
    })
}
