//! Keeps cases behind the service's back, where the public methods would take too long.

use sanben_db::{Error, Tx};
use sanben_ledger::case::store;
use sanben_ledger::finding::store::index::{self, Index};
use sanben_ledger::watching::store::keep_before;
use sanben_ledger_rules::case::Case;

/// A case to which something has happened, found in these units.
pub async fn changed(tx: &mut Tx, before: &Case, case: &Case, units: &[impl AsRef<str>]) -> Result<(), Error> {
    store::update(tx, case, before.revision).await?;
    keep_before(tx, before, case.revision).await?;
    index::set(tx, case.id, case, &Index::in_reach(units)).await
}

/// A new case, as it is.
pub async fn new(tx: &mut Tx, case: &Case, units: &[impl AsRef<str>]) -> Result<(), Error> {
    store::insert(tx, case).await?;
    store::update(tx, case, case.revision).await?;
    index::set_terms(tx, case.id, case).await?;
    index::set(tx, case.id, case, &Index::in_reach(units)).await
}
