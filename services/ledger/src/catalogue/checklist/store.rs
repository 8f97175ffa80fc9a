//! Versions of checklists that were published.

use sanben_db::{Error, Tx, execute, fetch_all};

use crate::catalogue::checklist::Published;

/// Waits until nobody else is publishing; called before what is there is read.
pub async fn take_turn(tx: &mut Tx) -> Result<(), Error> {
    execute!(tx, "UPDATE checklist_turn SET turn = turn + 1")?;
    Ok(())
}

/// Keeps a version.
///
/// # Errors
/// [`Error::Conflict`] when it is there.
pub async fn insert(tx: &mut Tx, published: &Published) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO checklists (checklist_id, name, version, publish_time, snapshot) VALUES ($1, $2, $3, $4, $5)",
        published.id,
        published.checklist.name.as_str(),
        i64::from(published.checklist.version),
        published.at.micros(),
        serde_json::to_string(published).map_err(|_| Error::Corrupt("checklists.snapshot"))?,
    )?;
    Ok(())
}

/// The newest version of each name, at most `limit`, in the order of their names.
pub async fn newest(tx: &mut Tx, limit: i64) -> Result<Vec<Published>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT snapshot
         FROM checklists AS c
         WHERE NOT EXISTS (SELECT 1 FROM checklists AS later WHERE later.name = c.name AND later.version > c.version)
         ORDER BY name
         LIMIT $1",
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// The versions of one name before `before`, newest first.
pub async fn versions(tx: &mut Tx, name: &str, before: i64, limit: i64) -> Result<Vec<Published>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT snapshot FROM checklists WHERE name = $1 AND version < $2 ORDER BY version DESC LIMIT $3",
        name,
        before,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

fn read(json: &str) -> Result<Published, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("checklists.snapshot"))
}
