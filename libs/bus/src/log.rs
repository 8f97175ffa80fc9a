use std::sync::Arc;

use sanben_db::{Db, Error, Tx, fetch_one};
use tokio::sync::{Notify, watch};

/// The events of one service: wakes its sequencer after a commit, and its followers after positions were given.
#[derive(Clone, Debug)]
pub struct Log {
    service: &'static str,
    db: Db,
    committed: Arc<Notify>,
    head: watch::Sender<i64>,
}

impl Log {
    /// The log of `service`, kept in `db`.
    pub fn new(service: &'static str, db: Db) -> Log {
        Log { service, db, committed: Arc::new(Notify::new()), head: watch::Sender::new(0) }
    }

    /// Whose log it is.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// Where it is kept.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Says that events were committed. Forgetting it delays them until the sequencer's next look, and loses nothing.
    pub fn wake(&self) {
        self.committed.notify_one();
    }

    /// Follows the last position given out; changes after each new one.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    pub(crate) async fn committed(&self) {
        self.committed.notified().await;
    }

    pub(crate) fn advance(&self, position: i64) {
        self.head.send_if_modified(|head| {
            let moved = position > *head;
            *head = position.max(*head);
            moved
        });
    }

    /// The last position given out, by whichever replica.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn stored_head(&self) -> Result<i64, Error> {
        self.db.read(async |tx: &mut Tx| Ok(fetch_one!(tx, (i64,), "SELECT position FROM log_head WHERE one = 1")?.0)).await
    }
}
