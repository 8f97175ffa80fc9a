//! What the bus promises, held against both engines.

mod consumer;
mod desk;
mod events;
mod nats;
mod relay;
mod sequencer;

use std::time::Duration;

use sanben_bus::{Actor, Event, Log, NewEvent, append, sequence};
use sanben_clock::{Clock, Ts};
use sanben_db::{Db, Error, Migrations, Part, Tx, fetch_all, migrations};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

static OWN: Part = migrations!("tests/migrations");

const SCHEMA: &str = "bus";
const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &OWN]);
const WAIT_SECS_MAX: u64 = 60;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// What `work` answers, which must not take a minute.
async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), work)
        .await
        .unwrap_or_else(|_| panic!("{what} within {WAIT_SECS_MAX} s"))
}

/// Looks again and again until it is so.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    within(what, async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

/// Writes that something happened to an aggregate at that time.
async fn happened(tx: &mut Tx, aggregate_id: Uuid, revision: i64, micros: i64) -> Result<(), Error> {
    let event = NewEvent {
        id: Clock::system().id(),
        aggregate: "thing",
        aggregate_id,
        revision,
        kind: "sanben.test.v1.Happened",
        payload: revision.to_be_bytes().to_vec(),
        detail: "{}".to_owned(),
        actor: &Actor::default(),
        reason: "",
        time: Ts::from_micros(micros),
    };
    append(tx, &event).await
}

/// An event as it is delivered.
fn delivered(aggregate: u128, revision: i64) -> Event {
    Event {
        id: Uuid::from_u64_pair(u64::try_from(aggregate).expect("a small number"), revision.unsigned_abs()),
        aggregate: "thing".to_owned(),
        aggregate_id: id(aggregate),
        revision,
        kind: "sanben.test.v1.Happened".to_owned(),
        payload: revision.to_be_bytes().to_vec(),
        traceparent: String::new(),
        occur_time: revision,
    }
}

/// Aggregate and revision in order of position; fails unless positions go from one without gaps and every aggregate is in order.
async fn sequenced(db: &Db) -> Vec<(Uuid, i64)> {
    let rows = db
        .read(async |tx: &mut Tx| {
            fetch_all!(
                tx,
                (i64, Uuid, i64),
                "SELECT position, aggregate_id, revision FROM events WHERE position IS NOT NULL ORDER BY position LIMIT 10000"
            )
        })
        .await
        .expect("events");
    let mut seen = std::collections::HashMap::new();
    for (expected, (position, aggregate_id, revision)) in (1..).zip(&rows) {
        assert_eq!(*position, expected, "positions have no gap");
        let before = seen.insert(*aggregate_id, *revision).unwrap_or(0);
        assert_eq!(*revision, before + 1, "{aggregate_id} is in order at position {position}");
    }
    rows.into_iter().map(|(_, aggregate_id, revision)| (aggregate_id, revision)).collect()
}

/// A sequencer at work, until it is dropped.
struct Sequencer {
    log: Log,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Sequencer {
    fn start(db: &Db) -> Sequencer {
        let (log, stop) = (Log::new("bus", db.clone()), CancellationToken::new());
        let task = tokio::spawn(sequence(log.clone(), stop.clone()));
        Sequencer { log, stop, task }
    }

    /// Waits until so many positions are given out.
    async fn reach(&self, head: i64) {
        self.log.wake();
        let mut follow = self.log.follow();
        let reached = within("the sequencer is there", follow.wait_for(|at| *at >= head)).await;
        assert_eq!(*reached.expect("the log stands"), head);
    }

    async fn end(self) {
        self.stop.cancel();
        within("the sequencer ends", self.task).await.expect("no panic");
    }
}

/// A deterministic source of numbers that look random (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).expect("an index");
            items.swap(last, other);
        }
    }
}
