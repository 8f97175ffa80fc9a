use std::ops::Deref;

use sanben_db::{Error, Tx};
use sanben_host::App;
use sanben_ledger_rules::case::Case;

use crate::case::store;
use crate::projection::{Change, Projection};

/// What a use case of the ledger works with: the app, and what is kept beside a case. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ledger {
    app: App,
    projections: &'static [Projection],
}

impl Deref for Ledger {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Ledger {
    /// With these projections, carried out in their order.
    pub fn new(app: App, projections: &'static [Projection]) -> Ledger {
        Ledger { app, projections }
    }

    /// Keeps a new case.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, tx: &mut Tx, case: &Case) -> Result<(), Error> {
        store::insert(tx, case).await?;
        self.project(tx, &Change { before: None, case, reprojected: false }).await
    }

    /// Keeps a changed case.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is not any more as it was before, or its number is taken.
    pub async fn keep(&self, tx: &mut Tx, before: &Case, case: &Case) -> Result<(), Error> {
        self.keep_change(tx, &Change { before: Some(before), case, reprojected: false }).await
    }

    /// As [`Ledger::keep`]; a case to which nothing has happened is only projected again.
    ///
    /// # Errors
    /// As [`Ledger::keep`].
    pub async fn keep_change(&self, tx: &mut Tx, change: &Change<'_>) -> Result<(), Error> {
        if let Some(before) = change.before.filter(|_| change.has_happened()) {
            store::update(tx, change.case, before.revision).await?;
        }
        self.project(tx, change).await
    }

    async fn project(&self, tx: &mut Tx, change: &Change<'_>) -> Result<(), Error> {
        for projection in self.projections {
            projection(tx, &self.app, change).await?;
        }
        Ok(())
    }
}
