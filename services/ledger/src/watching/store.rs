//! SQL of the feed: what changed since a position, and how it was found before.

use std::collections::HashMap;
use std::sync::Arc;

use sanben_bus::Aggregate as _;
use sanben_db::{Error, Tx, execute, fetch_all};
use uuid::Uuid;

use sanben_ledger_rules::case::Case;

use crate::case::store::read;
use crate::watching::Face;

/// An event of a case that has a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub position: i64,
    /// Of the case after the event.
    pub revision: i64,
    /// As it is now, perhaps at a later revision; shared by its events on the page.
    pub case: Arc<Case>,
    /// How it was found before; none for its first revision.
    pub before: Option<Face>,
}

/// Keeps how a case was found before revision `next`, in the units in which it is still kept to be found.
pub async fn keep_before(tx: &mut Tx, before: &Case, next: i64) -> Result<(), Error> {
    let units = fetch_all!(tx, (String,), "SELECT unit_id FROM case_reach WHERE case_id = $1 ORDER BY unit_id", before.id)?;
    let face = Face::of(before, units.into_iter().map(|(unit,)| unit).collect());
    execute!(
        tx,
        "INSERT INTO case_before (case_id, revision, face) VALUES ($1, $2, $3)",
        before.id,
        next,
        serde_json::to_string(&face).map_err(|_| Error::Corrupt("case_before.face"))?,
    )?;
    Ok(())
}

/// The events of cases after position `after`, up to `until`, in their order; without those that neither ended a change nor left their
/// case as it is.
pub async fn changes(tx: &mut Tx, after: i64, until: i64, limit: i64) -> Result<Vec<Changed>, Error> {
    let rows = fetch_all!(
        tx,
        (i64, i64, Uuid, String, Option<String>),
        "SELECT e.position, e.revision, c.case_id, c.snapshot, b.face
         FROM events AS e
         JOIN cases AS c ON c.case_id = e.aggregate_id
         LEFT JOIN case_before AS b ON b.case_id = e.aggregate_id AND b.revision = e.revision
         WHERE e.position > $1 AND e.position <= $2 AND e.aggregate = $3 AND (b.face IS NOT NULL OR e.revision = c.revision)
         ORDER BY e.position
         LIMIT $4",
        after,
        until,
        Case::NAME,
        limit,
    )?;
    let mut cases: HashMap<Uuid, Arc<Case>> = HashMap::new();
    let changed = |(position, revision, id, snapshot, face): (i64, i64, Uuid, String, Option<String>)| {
        let case = match cases.get(&id) {
            Some(case) => case.clone(),
            None => Arc::new(read(&snapshot)?),
        };
        cases.insert(id, case.clone());
        let before = face.map(|json| serde_json::from_str(&json).map_err(|_| Error::Corrupt("case_before.face")));
        Ok(Changed { position, revision, case, before: before.transpose()? })
    };
    rows.into_iter().map(changed).collect()
}
