//! Reads a reader's notices in order of position, first those that are there, then each as it comes.

use std::collections::VecDeque;

use sanben_db::{Db, Error, Tx};
use tokio::sync::watch;

use crate::notice::Reader;
use crate::store;
use crate::store::Positioned;

const PAGE_MAX: i64 = 100;

/// How far a reader has read. Only what has a position is read, and positions have no gaps, so nothing is skipped.
#[derive(Debug)]
pub struct Follower {
    db: Db,
    /// The last position given out.
    head: watch::Receiver<i64>,
    reader: Reader,
    /// Everything up to here is in `waiting` or was given out.
    read_to: i64,
    caught_up: bool,
    waiting: VecDeque<Positioned>,
}

impl Follower {
    /// Reads on after `position`.
    pub fn new(db: Db, head: watch::Receiver<i64>, reader: Reader, position: i64) -> Follower {
        Follower { db, head, reader, read_to: position, caught_up: false, waiting: VecDeque::new() }
    }

    /// A notice that is read already; nothing if [`Follower::read`] must be asked for more.
    pub fn take(&mut self) -> Option<Positioned> {
        self.waiting.pop_front()
    }

    /// Reads at least one more notice, waiting for it if there is none. `false` when no more can come, as the process ends.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(&mut self) -> Result<bool, Error> {
        while self.waiting.is_empty() {
            // Seen before the look: whatever had a position by then is found by it.
            let head = *self.head.borrow_and_update();
            if !self.caught_up {
                self.catch_up(head).await?;
            } else if self.read_to < head {
                self.go_on(head).await?;
            } else if self.head.changed().await.is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn catch_up(&mut self, head: i64) -> Result<(), Error> {
        let (reader, from) = (&self.reader, self.read_to);
        let page = self.db.read(async |tx: &mut Tx| store::after(tx, reader, from, PAGE_MAX).await).await?;
        self.caught_up = !is_full(&page);
        self.read_to = last(&page).unwrap_or(from).max(if self.caught_up { head } else { from });
        self.waiting.extend(page);
        Ok(())
    }

    async fn go_on(&mut self, head: i64) -> Result<(), Error> {
        let (reader, from) = (&self.reader, self.read_to);
        let page = self.db.read(async |tx: &mut Tx| store::between(tx, reader, from, head, PAGE_MAX).await).await?;
        self.read_to = if is_full(&page) { last(&page).unwrap_or(head) } else { head };
        self.waiting.extend(page);
        Ok(())
    }
}

fn is_full(page: &[Positioned]) -> bool {
    i64::try_from(page.len()).is_ok_and(|length| length >= PAGE_MAX)
}

fn last(page: &[Positioned]) -> Option<i64> {
    page.last().map(|positioned| positioned.position)
}
