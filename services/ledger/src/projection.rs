//! What is kept beside a case because it follows from it: by what it is found, its clocks, whose duty it is, what watchers are
//! told. Each room that keeps such a thing has one function, `projection.rs`, that is told what changed and writes only that; the
//! list of them stands in `lib.rs`.

use futures::future::BoxFuture;
use sanben_db::{Error, Tx};
use sanben_host::App;
use sanben_ledger_rules::case::Case;

/// What has become of a case in this transaction.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// As it was kept; none if it is new.
    pub before: Option<&'a Case>,
    /// As it is now; the same if it is only projected again.
    pub case: &'a Case,
    /// Whether its days were worked out with another edition of the calendar: rights that are over are not, from then on.
    pub reprojected: bool,
}

impl Change<'_> {
    /// Whether it is kept for the first time.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether something happened to a case that was kept before.
    pub fn has_happened(&self) -> bool {
        self.before.is_some_and(|before| before.revision != self.case.revision)
    }
}

/// Writes what follows from a change, in its transaction.
pub type Projection = for<'a> fn(&'a mut Tx, &'a App, &'a Change<'a>) -> BoxFuture<'a, Result<(), Error>>;
