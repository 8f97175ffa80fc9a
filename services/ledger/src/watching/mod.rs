//! Watching: what changes, for whoever watches. The room owns how each case was found before its last changes (`case_before`), and
//! one feed a process.
//!
//! `WatchCases` tells each caller of every case within their reach that a filter takes, as it changes; `WatchCase` sends one case
//! and resumes by etag. The feed follows the positions that the sequencer gives out, whichever replica's, and reads each change
//! from the store one time, however many watch. It holds the last 256 changes. Whoever comes back after that, or reads slowly,
//! reads the store up to there, three at a time, and then goes on with the others. Filters and reach are compared in memory, and
//! the policies are asked for what is left. Another replica's positions are noticed within a second, by one look a process.
//!
//! A change is an event of a case with its position. What is sent of it follows from the store alone: the case, if it is still as
//! the event left it (else a later event will show it); or that it is gone, if it was within reach and asked for before this change
//! and is not now. So it is the same whether it is read as it happens, by whoever fell behind, or at another replica: a token needs
//! to hold nothing but a position, and whoever goes on after it misses nothing and gets nothing twice.
//!
//! Whoever is complained about is told nothing of it. What does not change what a caller sees sends them nothing: the responses
//! without news come by the clock.
//!
//! Says and hears nothing; it reads the ledger's own events.

pub mod filter_projection;
pub mod projection;
pub mod ring;
pub mod store;
#[cfg(test)]
pub mod tests;
pub mod watch_case;
pub mod watch_cases;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use sanben_access::Matter;
use sanben_db::{Error, Tx};
use sanben_host::{App, Task};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Interval, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use filter_projection::{Face, Marks, Wanted};
use ring::{Next, Ring};

use sanben_ledger_rules::case::{Case, clock};

use crate::case::act;
use crate::watching::store::{Changed, changes};

/// Changes that are held for all; whoever is further behind reads the store.
pub const HELD_MAX: usize = 256;
const PAGE_MAX: i64 = 100;
/// So many who are behind read the store at once, so that they leave it to others.
const READERS_MAX: usize = 3;
const RETRY_MS: u64 = 1000;
/// After so long without news, somebody who watches is given a newer place to go on from.
const QUIET_SECS: u64 = 30;

/// A case as it was when it was read, with what is asked before it is shown.
#[derive(Clone, Debug)]
pub struct Now {
    pub case: Arc<Case>,
    pub matter: Matter,
    pub face: Face,
    pub marks: Marks,
}

/// A change of a case.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whoever has seen it goes on after here.
    pub position: i64,
    /// The revision that it made.
    pub revision: i64,
    pub now: Arc<Now>,
    /// How the case was found before.
    pub before: Option<Arc<Face>>,
}

impl Change {
    /// Whether the case is still as this change left it.
    pub fn is_last(&self) -> bool {
        self.revision == self.now.case.revision
    }
}

/// What changes, for all who watch in this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Feed {
    app: App,
    held: Arc<RwLock<Ring>>,
    held_max: usize,
    /// Changes whenever the ring does.
    moved: watch::Sender<()>,
    readers: Arc<Semaphore>,
    reads: Arc<AtomicU64>,
}

impl Feed {
    /// Of the service's cases. Nothing comes before its task runs.
    pub fn new(app: App) -> Feed {
        Feed::holding(app, HELD_MAX)
    }

    /// Holds so many changes for all.
    pub fn holding(app: App, held_max: usize) -> Feed {
        let held = Arc::new(RwLock::new(Ring::at(0, held_max)));
        let readers = Arc::new(Semaphore::new(READERS_MAX));
        Feed { app, held, held_max, moved: watch::Sender::new(()), readers, reads: Arc::default() }
    }

    /// How often the store was asked for changes: by this feed, and by whoever was behind.
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Reads on as positions are given out, by whichever replica.
    pub fn task(&self) -> Task {
        let feed = self.clone();
        Task::new("feed", move |stop| feed.run(stop))
    }

    /// Somebody who watches, and has seen everything up to `position`.
    pub fn follow(&self, position: i64) -> Follower {
        let mut quiet = tokio::time::interval(Duration::from_secs(QUIET_SECS));
        quiet.set_missed_tick_behavior(MissedTickBehavior::Delay);
        quiet.reset();
        let moved = self.moved.subscribe();
        Follower { feed: self.clone(), moved, position, read: VecDeque::new(), read_to: position, quiet }
    }

    /// As [`Feed::task`], until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let work = async {
            let mut head = self.app.log.follow();
            let mut to = self.begin().await;
            loop {
                // Seen before the look: whatever has a position by then is found by it.
                let until = *head.borrow_and_update();
                while to < until {
                    to = self.go_on(to, until).await;
                }
                if head.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            // Nothing more can come; a task ends with the process.
            () = work => stop.cancelled().await,
        }
    }

    /// Holds what comes after the last position of now.
    async fn begin(&self) -> i64 {
        loop {
            match self.app.log.stored_head().await {
                Ok(head) => {
                    *self.held.write().unwrap_or_else(PoisonError::into_inner) = Ring::at(head, self.held_max);
                    self.moved.send_replace(());
                    return head;
                }
                Err(error) => away(&error).await,
            }
        }
    }

    /// Reads and holds a page. Answers up to where.
    async fn go_on(&self, after: i64, until: i64) -> i64 {
        match self.page(after, until).await {
            Ok((changes, to)) => {
                self.held.write().unwrap_or_else(PoisonError::into_inner).extend(&changes, to);
                self.moved.send_replace(());
                to
            }
            Err(error) => {
                away(&error).await;
                after
            }
        }
    }

    /// The changes after a position, and the position up to which these are all.
    async fn page(&self, after: i64, until: i64) -> Result<(Vec<Change>, i64), Error> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let rows = self.app.db.read(async |tx: &mut Tx| changes(tx, after, until, PAGE_MAX).await).await?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|length| length >= PAGE_MAX);
        let to = rows.last().filter(|_| is_full).map_or(until, |last| last.position);
        let mut seen: HashMap<Uuid, Arc<Now>> = HashMap::new();
        let change = |row: Changed| {
            let Changed { position, revision, case, before } = row;
            let now = seen.entry(case.id).or_insert_with(|| Arc::new(self.now(case))).clone();
            Change { position, revision, now, before: before.map(Arc::new) }
        };
        Ok((rows.into_iter().map(change).collect(), to))
    }

    fn now(&self, case: Arc<Case>) -> Now {
        let matter = act::matter(&self.app, &case);
        let face = Face::of(&case, matter.reach.clone());
        let (warn, due) = clock::marks(&case, &self.app.calendar());
        Now { marks: Marks { warn, due }, matter, face, case }
    }
}

/// The store is away, as it may be for a while.
async fn away(error: &Error) {
    tracing::warn!(%error, "the feed waits for its store");
    tokio::time::sleep(Duration::from_millis(RETRY_MS)).await;
}

/// What somebody who watches hears.
#[derive(Debug)]
pub enum Heard {
    /// A change of some case, whoever may see it.
    Change(Change),
    /// Nothing for a while.
    Quiet,
    /// Nothing more can come.
    End,
}

/// Somebody who watches: how far they have seen.
#[derive(Debug)]
pub struct Follower {
    feed: Feed,
    moved: watch::Receiver<()>,
    /// Everything up to here was heard.
    position: i64,
    /// Of the store, when behind; everything up to `read_to` that is not in `position`.
    read: VecDeque<Change>,
    read_to: i64,
    quiet: Interval,
}

impl Follower {
    /// Whoever has heard everything so far goes on after here.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// Something was told, so that it is not quiet.
    pub fn told(&mut self) {
        self.quiet.reset();
    }

    /// Waits for what comes next.
    ///
    /// # Errors
    /// When the store fails; nothing is lost by asking again.
    pub async fn next(&mut self) -> Result<Heard, Error> {
        loop {
            if let Some(change) = self.read.pop_front() {
                self.position = change.position;
                return Ok(Heard::Change(change));
            }
            self.position = self.position.max(self.read_to);
            // Seen before the look, so that what comes during it wakes the next one.
            self.moved.mark_unchanged();
            let next = self.feed.held.read().unwrap_or_else(PoisonError::into_inner).after(self.position);
            match next {
                Next::Change(change) => {
                    self.position = change.position;
                    return Ok(Heard::Change(change));
                }
                Next::Passed(until) => self.catch_up(until).await?,
                Next::Nothing(to) => {
                    self.position = self.position.max(to);
                    tokio::select! {
                        biased;
                        moved = self.moved.changed() => if moved.is_err() { return Ok(Heard::End) },
                        _ = self.quiet.tick() => return Ok(Heard::Quiet),
                    }
                }
            }
        }
    }

    async fn catch_up(&mut self, until: i64) -> Result<(), Error> {
        let readers = self.feed.readers.clone();
        let Ok(_turn) = readers.acquire().await else { return Ok(()) };
        let (changes, to) = self.feed.page(self.position, until).await?;
        self.read.extend(changes);
        self.read_to = to;
        Ok(())
    }
}
