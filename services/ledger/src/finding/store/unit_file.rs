//! By which unit file cases were indexed.

use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use uuid::Uuid;

/// The fingerprint of that unit file; nothing before the first one.
pub async fn fingerprint(tx: &mut Tx) -> Result<Option<i64>, Error> {
    Ok(fetch_optional!(tx, (i64,), "SELECT fingerprint FROM unit_file WHERE one = 1")?.map(|(fingerprint,)| fingerprint))
}

/// Keeps it, in place of the one before.
pub async fn set_fingerprint(tx: &mut Tx, fingerprint: i64) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO unit_file (one, fingerprint) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET fingerprint = excluded.fingerprint",
        fingerprint,
    )?;
    Ok(())
}

/// All cases after `after`, in the order of their ids.
pub async fn cases(tx: &mut Tx, after: Uuid, limit: i64) -> Result<Vec<Uuid>, Error> {
    let sql = "SELECT case_id FROM cases WHERE case_id > $1 ORDER BY case_id LIMIT $2";
    let rows = fetch_all!(tx, (Uuid,), sql, after, limit)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
