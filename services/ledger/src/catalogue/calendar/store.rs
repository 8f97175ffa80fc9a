//! Editions of the working calendar that were loaded.

use sanben_db::{Error, Tx, execute, fetch_all};

use crate::catalogue::calendar::Loaded;

/// Waits until nobody else is loading; called before what is there is read.
pub async fn take_turn(tx: &mut Tx) -> Result<(), Error> {
    execute!(tx, "UPDATE calendar_turn SET turn = turn + 1")?;
    Ok(())
}

/// Keeps an edition.
///
/// # Errors
/// [`Error::Conflict`] when it is there.
pub async fn insert(tx: &mut Tx, loaded: &Loaded) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO calendar_editions (edition, snapshot) VALUES ($1, $2)",
        loaded.edition,
        serde_json::to_string(loaded).map_err(|_| Error::Corrupt("calendar_editions.snapshot"))?,
    )?;
    Ok(())
}

/// The editions after `edition`, oldest first.
pub async fn after(tx: &mut Tx, edition: i64, limit: i64) -> Result<Vec<Loaded>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT snapshot FROM calendar_editions WHERE edition > $1 ORDER BY edition LIMIT $2",
        edition,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// The editions before `edition`, newest first.
pub async fn before(tx: &mut Tx, edition: i64, limit: i64) -> Result<Vec<Loaded>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT snapshot FROM calendar_editions WHERE edition < $1 ORDER BY edition DESC LIMIT $2",
        edition,
        limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

fn read(json: &str) -> Result<Loaded, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("calendar_editions.snapshot"))
}
