//! Keeps cases for tests of what is read from the store: what they are found by is said, not worked out, so that no unit file
//! is needed.

use sanben_clock::Ts;
use sanben_db::{Error, Tx};
use sanben_ledger::case::store;
use sanben_ledger::clock;
use sanben_ledger::co_handling;
use sanben_ledger::draft;
use sanben_ledger::duty;
use sanben_ledger::figure;
use sanben_ledger::finding::store::index;
use sanben_ledger::watching;
use sanben_ledger_rules::case::{Case, CoHandling};

/// What a case is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub reach: Vec<String>,
    pub led: Vec<String>,
    pub warn: Ts,
    pub due: Ts,
    pub clocks: Vec<clock::store::Running>,
    pub duties: Vec<duty::store::Waiting>,
    pub drafts: Vec<draft::store::Waiting>,
}

impl Default for Index {
    fn default() -> Index {
        let index::Index { reach, led, warn, due } = index::Index::default();
        Index { reach, led, warn, due, clocks: Vec::new(), duties: Vec::new(), drafts: Vec::new() }
    }
}

impl Index {
    /// Found in these units, of which all lead it or are above the one that does; nothing runs.
    pub fn in_reach<S: AsRef<str>>(units: impl IntoIterator<Item = S>) -> Index {
        let reach: Vec<String> = units.into_iter().map(|unit| unit.as_ref().to_owned()).collect();
        Index { led: reach.clone(), reach, ..Index::default() }
    }

    /// The part by which it is listed.
    pub fn listed(&self) -> index::Index {
        index::Index { reach: self.reach.clone(), led: self.led.clone(), warn: self.warn, due: self.due }
    }
}

/// Keeps a new case.
pub async fn insert(tx: &mut Tx, case: &Case, found_by: &Index) -> Result<(), Error> {
    store::insert(tx, case).await?;
    figure::store::gates::came(tx, case).await?;
    index::set_terms(tx, case.id, case).await?;
    set(tx, case, found_by).await
}

/// Keeps a changed case.
pub async fn update(tx: &mut Tx, case: &Case, revision: i64, found_by: &Index) -> Result<(), Error> {
    let before = store::find(tx, case.id).await?;
    store::update(tx, case, revision).await?;
    if let Some(before) = before.filter(|before| before.revision != case.revision) {
        watching::store::keep_before(tx, &before, case.revision).await?;
    }
    figure::store::gates::passed(tx, case).await?;
    if !case.co_handlings.is_empty() && !case.co_handlings.iter().any(CoHandling::is_open) {
        co_handling::store::withdrawn(tx, case.id).await?;
    }
    set(tx, case, found_by).await
}

async fn set(tx: &mut Tx, case: &Case, found_by: &Index) -> Result<(), Error> {
    index::set(tx, case.id, case, &found_by.listed()).await?;
    draft::store::set(tx, case.id, &found_by.drafts).await?;
    duty::store::set(tx, case.id, &found_by.duties).await?;
    clock::store::set(tx, case.id, &found_by.clocks).await
}
