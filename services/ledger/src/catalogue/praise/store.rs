//! SQL of praise.

use sanben_db::{Error, Tx, execute, fetch_all, fetch_one};
use sanben_host::Key;
use uuid::Uuid;

use crate::catalogue::praise::Praise;

/// Which praise a list asks for.
#[derive(Clone, Debug, Default)]
pub struct PraiseFilter {
    /// The unit of the reader, who sees what is for it and below.
    pub reader: String,
    /// Only for this unit; empty for all.
    pub unit: String,
    pub before: Option<Key>,
    pub limit: i64,
}

/// Keeps praise.
pub async fn insert(tx: &mut Tx, praise: &Praise, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO praises (praise_id, submission_id, unit_id, record_time, snapshot) VALUES ($1, $2, $3, $4, $5)",
        praise.id,
        praise.submission,
        praise.unit.as_str(),
        praise.recorded.micros(),
        serde_json::to_string(praise).map_err(|_| Error::Corrupt("praises.snapshot"))?,
    )?;
    for unit in reach {
        execute!(tx, "INSERT INTO praise_reach (praise_id, unit_id) VALUES ($1, $2)", praise.id, unit.as_str())?;
    }
    Ok(())
}

/// Praise that the reader may see, newest first.
pub async fn list(tx: &mut Tx, filter: &PraiseFilter) -> Result<Vec<Praise>, Error> {
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT p.snapshot
         FROM praises AS p
         JOIN praise_reach AS r ON r.praise_id = p.praise_id AND r.unit_id = $1
         WHERE ($2 = '' OR p.unit_id = $2) AND (p.record_time, p.praise_id) < ($3, $4)
         ORDER BY p.record_time DESC, p.praise_id DESC
         LIMIT $5",
        filter.reader.as_str(),
        filter.unit.as_str(),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| serde_json::from_str(json).map_err(|_| Error::Corrupt("praises.snapshot"))).collect()
}

/// How much praise the reader may see on all pages.
pub async fn count(tx: &mut Tx, filter: &PraiseFilter) -> Result<i64, Error> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*)
         FROM praises AS p
         JOIN praise_reach AS r ON r.praise_id = p.praise_id AND r.unit_id = $1
         WHERE $2 = '' OR p.unit_id = $2",
        filter.reader.as_str(),
        filter.unit.as_str(),
    )?;
    Ok(count)
}
