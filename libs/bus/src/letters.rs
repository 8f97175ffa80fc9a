//! Dead letters: events that a consumer has set aside. Each blocks its own aggregate, is tried again now and then, and at once when an
//! operator asks.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_one};
use uuid::Uuid;

use crate::Event;

/// An event that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whose it is.
    pub consumer: String,
    /// The event.
    pub event_id: Uuid,
    /// The full name of its message.
    pub kind: String,
    /// What it happened to; nothing later of it is applied before this.
    pub aggregate_id: Uuid,
    /// The revision that waits to be applied.
    pub revision: i64,
    /// When it happened.
    pub time: Ts,
    /// Why it could not be applied when it was last tried.
    pub why: String,
    /// How often it was set aside: once, and again after each attempt since.
    pub tries: i64,
    /// How many later events of the same aggregate wait behind it.
    pub behind: i64,
}

/// Which dead letters are meant; all where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those of this consumer.
    pub consumer: Option<String>,
    /// That of this aggregate.
    pub aggregate_id: Option<Uuid>,
}

/// The dead letters that `choice` means, those that were tried least first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn letters(tx: &mut Tx, choice: &Choice, limit: i64) -> Result<Vec<Letter>, Error> {
    let rows = fetch_all!(
        tx,
        (String, String, i64, i64, String),
        "SELECT i.consumer, i.blocked, i.tries,
                (SELECT COUNT(*) FROM inbox_parked AS later
                 WHERE later.consumer = i.consumer AND later.aggregate_id = i.aggregate_id AND later.revision > p.revision),
                p.event
         FROM inbox AS i
         JOIN inbox_parked AS p ON p.consumer = i.consumer AND p.aggregate_id = i.aggregate_id AND p.revision = i.revision + 1
         WHERE i.blocked <> '' AND ($1 IS NULL OR i.consumer = $1) AND ($2 IS NULL OR i.aggregate_id = $2)
         ORDER BY i.consumer, i.tries, i.aggregate_id
         LIMIT $3",
        choice.consumer.as_deref(),
        choice.aggregate_id,
        limit,
    )?;
    rows.into_iter().map(|(consumer, why, tries, behind, event)| read(consumer, why, tries, behind, &event)).collect()
}

fn read(consumer: String, why: String, tries: i64, behind: i64, event: &str) -> Result<Letter, Error> {
    let event: Event = serde_json::from_str(event).map_err(|_| Error::Corrupt("inbox_parked.event"))?;
    Ok(Letter {
        consumer,
        event_id: event.id,
        kind: event.kind.clone(),
        aggregate_id: event.aggregate_id,
        revision: event.revision,
        time: event.time(),
        why,
        tries,
        behind,
    })
}

/// Asks for those that `choice` means to be tried now, by whichever process runs their consumer; how many they are.
///
/// # Errors
/// When the store fails.
pub async fn replay(tx: &mut Tx, choice: &Choice) -> Result<u64, Error> {
    execute!(
        tx,
        "UPDATE inbox SET replay = 1 WHERE blocked <> '' AND ($1 IS NULL OR consumer = $1) AND ($2 IS NULL OR aggregate_id = $2)",
        choice.consumer.as_deref(),
        choice.aggregate_id,
    )
}

/// How many were asked for and not tried yet.
///
/// # Errors
/// When the store fails.
pub async fn asked(tx: &mut Tx) -> Result<i64, Error> {
    Ok(fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM inbox WHERE blocked <> '' AND replay = 1")?.0)
}

/// How many dead letters a consumer has.
///
/// # Errors
/// When the store fails.
pub async fn letter_count(tx: &mut Tx, consumer: &str) -> Result<i64, Error> {
    Ok(fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM inbox WHERE consumer = $1 AND blocked <> ''", consumer)?.0)
}
