//! Versions of presets that were published.

use sanben_db::{Error, Tx, execute, fetch_optional};

use crate::catalogue::preset::Published;

/// Waits until nobody else is publishing; called before what is there is read.
pub async fn take_turn(tx: &mut Tx) -> Result<(), Error> {
    execute!(tx, "UPDATE presets_turn SET turn = turn + 1")?;
    Ok(())
}

/// Keeps a version.
///
/// # Errors
/// [`Error::Conflict`] when it is there.
pub async fn insert(tx: &mut Tx, published: &Published) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO presets (version, publish_time, snapshot) VALUES ($1, $2, $3)",
        i64::from(published.presets.version),
        published.at.micros(),
        serde_json::to_string(published).map_err(|_| Error::Corrupt("presets.snapshot"))?,
    )?;
    Ok(())
}

/// The newest one.
pub async fn newest(tx: &mut Tx) -> Result<Option<Published>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM presets ORDER BY version DESC LIMIT 1")?;
    row.map(|(json,)| read(&json)).transpose()
}

/// One version.
pub async fn version(tx: &mut Tx, version: i32) -> Result<Option<Published>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM presets WHERE version = $1", i64::from(version))?;
    row.map(|(json,)| read(&json)).transpose()
}

fn read(json: &str) -> Result<Published, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("presets.snapshot"))
}
