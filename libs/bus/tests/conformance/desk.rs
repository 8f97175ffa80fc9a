//! A consumer that can be given trouble.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sanben_bus::{Consumer, Effect, Event, Fault, Log};
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use uuid::Uuid;

use crate::id;

/// What goes wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The handler cannot read it.
    Unreadable,
    /// The effect finds that it cannot be, after it has changed something.
    Impossible,
    /// The handler asks somebody who does not answer.
    NoAnswer,
    /// The store goes away, after the effect has changed something.
    StoreAway,
    /// The handler has a defect.
    Panics,
    /// The handler waits and waits.
    Hangs,
}

/// Follows the events of its own store and notes what it did.
#[derive(Clone)]
pub struct Desk {
    pub db: Db,
    pub consumer: Consumer,
    book: Arc<Mutex<Book>>,
}

#[derive(Default)]
struct Book {
    troubles: HashMap<(Uuid, i64), Trouble>,
    handled: Vec<(Uuid, i64)>,
}

impl Desk {
    pub fn new(db: &Db) -> Desk {
        let book: Arc<Mutex<Book>> = Arc::default();
        let seen = book.clone();
        let consumer = Consumer::new("desk", "test", Log::new("desk", db.clone()), move |event: Event| {
            let mut book = seen.lock().unwrap_or_else(PoisonError::into_inner);
            book.handled.push((event.aggregate_id, event.revision));
            let trouble = book.troubles.get(&(event.aggregate_id, event.revision)).copied();
            async move { handle(event, trouble).await }
        });
        Desk { db: db.clone(), consumer, book }
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn trouble(&self, aggregate: u128, revision: i64, trouble: Trouble) {
        self.book().troubles.insert((id(aggregate), revision), trouble);
    }

    pub fn repair_one(&self, aggregate: u128, revision: i64) {
        self.book().troubles.remove(&(id(aggregate), revision));
    }

    pub fn repair(&self) {
        self.book().troubles.clear();
    }

    /// What was given to the handler.
    pub fn handled(&self) -> Vec<(Uuid, i64)> {
        self.book().handled.clone()
    }

    /// The revisions of an aggregate that had their effect, in the order they had it.
    pub async fn applied(&self, aggregate: u128) -> Vec<i64> {
        let all = self.all_applied().await;
        all.into_iter().filter(|(of, _)| *of == id(aggregate)).map(|(_, revision)| revision).collect()
    }

    pub async fn all_applied(&self) -> Vec<(Uuid, i64)> {
        let rows = self.db.read(async |tx: &mut Tx| {
            fetch_all!(tx, (Uuid, i64), "SELECT aggregate_id, revision FROM applied ORDER BY place, revision LIMIT 10000")
        });
        rows.await.expect("what was applied")
    }

    /// Events that wait for their turn.
    pub async fn parked(&self) -> Vec<(Uuid, i64)> {
        let rows = self.db.read(async |tx: &mut Tx| {
            fetch_all!(
                tx,
                (Uuid, i64),
                "SELECT aggregate_id, revision FROM inbox_parked ORDER BY aggregate_id, revision LIMIT 10000"
            )
        });
        rows.await.expect("what is parked")
    }

    /// Aggregates that wait to be looked at, and why.
    pub async fn blocked(&self) -> Vec<(Uuid, String)> {
        let rows = self.db.read(async |tx: &mut Tx| {
            fetch_all!(
                tx,
                (Uuid, String),
                "SELECT aggregate_id, blocked FROM inbox WHERE blocked <> '' ORDER BY aggregate_id LIMIT 100"
            )
        });
        rows.await.expect("what is blocked")
    }
}

async fn handle(event: Event, trouble: Option<Trouble>) -> Result<Effect, Fault> {
    match trouble {
        Some(Trouble::Unreadable) => return Err(Fault::Poisoned("unreadable".to_owned())),
        Some(Trouble::NoAnswer) => return Err(Fault::Away("no answer".to_owned())),
        Some(Trouble::Panics) => std::panic::resume_unwind(Box::new("on purpose")),
        Some(Trouble::Hangs) => std::future::pending().await,
        Some(Trouble::Impossible | Trouble::StoreAway) | None => {}
    }
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            note(tx, &event).await?;
            match trouble {
                Some(Trouble::Impossible) => Err(Fault::Poisoned("impossible".to_owned())),
                Some(Trouble::StoreAway) => Err(Fault::Away("store".to_owned())),
                _ => Ok(()),
            }
        })
    }))
}

async fn note(tx: &mut Tx, event: &Event) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO applied (place, consumer, aggregate_id, revision)
         SELECT COALESCE(MAX(place), 0) + 1, 'desk', $1, $2 FROM applied",
        event.aggregate_id,
        event.revision,
    )?;
    Ok(())
}
