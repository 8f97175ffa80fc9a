//! Events go on in order of position, at least once, from where the last replica was.

use sanben_bus::{Relay, Target};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx, execute, fetch_optional};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Trouble};
use crate::{MIGRATIONS, SCHEMA, Sequencer, happened, id, sequenced, until, within, write};

/// A relay at work.
struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    fn start(sequencer: &Sequencer, desk: &Desk) -> Running {
        let stop = CancellationToken::new();
        let task = tokio::spawn(Relay::new(sequencer.log.clone(), Target::Local(desk.consumer.clone())).run(stop.clone()));
        Running { stop, task }
    }

    async fn end(self) {
        self.stop.cancel();
        within("the relay ends", self.task).await.expect("no panic");
    }

    /// As when the process is killed.
    async fn crash(self) {
        self.task.abort();
        within("the relay ends", self.task).await.expect_err("killed");
    }
}

async fn append(db: &Db, aggregate: u128, revisions: impl IntoIterator<Item = i64>) {
    write(db, async |tx: &mut Tx| {
        for revision in revisions {
            happened(tx, id(aggregate), revision, revision).await?;
        }
        Ok(())
    })
    .await;
}

async fn cursor(db: &Db) -> i64 {
    let row =
        db.read(async |tx: &mut Tx| fetch_optional!(tx, (i64,), "SELECT position FROM relay_cursor WHERE target = $1", "desk"));
    row.await.expect("a cursor").map_or(0, |(position,)| position)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_goes_on_where_the_last_one_was() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (sequencer, desk) = (Sequencer::start(&db), Desk::new(&db));
        append(&db, 1, 1..=250).await;
        sequencer.reach(250).await;
        let relay = Running::start(&sequencer, &desk);
        until("the cursor is at the head", async || cursor(&db).await == 250).await;
        relay.end().await;
        append(&db, 1, 251..=260).await;
        sequencer.reach(260).await;
        let relay = Running::start(&sequencer, &desk);
        until("the cursor is at the head", async || cursor(&db).await == 260).await;
        append(&db, 2, 1..=1).await;
        sequencer.reach(261).await;
        until("what comes while it runs is handed on", async || cursor(&db).await == 261).await;
        relay.end().await;
        sequencer.end().await;
        assert_eq!(desk.handled(), sequenced(&db).await, "each once, in order");
        assert_eq!(desk.all_applied().await, sequenced(&db).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_applied_before_a_crash_is_not_applied_again() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (sequencer, desk) = (Sequencer::start(&db), Desk::new(&db));
        append(&db, 1, 1..=20).await;
        append(&db, 2, 1..=20).await;
        sequencer.reach(40).await;
        desk.trouble(2, 7, Trouble::Hangs);
        let relay = Running::start(&sequencer, &desk);
        until("it hangs in the middle of a batch", async || desk.handled().contains(&(id(2), 7))).await;
        relay.crash().await;
        let before = desk.all_applied().await.len();
        assert!(before > 0);
        assert_eq!(cursor(&db).await, 0, "the cursor has not moved");
        desk.repair();
        let relay = Running::start(&sequencer, &desk);
        until("the cursor is at the head", async || cursor(&db).await == 40).await;
        relay.end().await;
        sequencer.end().await;
        assert_eq!(desk.all_applied().await, sequenced(&db).await);
        assert_eq!(desk.handled().len(), 41, "only what hung is handled twice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_that_is_set_back_repeats_deliveries_and_no_effect() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (sequencer, desk) = (Sequencer::start(&db), Desk::new(&db));
        append(&db, 1, 1..=30).await;
        sequencer.reach(30).await;
        for _ in 0..3 {
            write(&db, async |tx: &mut Tx| execute!(tx, "DELETE FROM relay_cursor")).await;
            let relay = Running::start(&sequencer, &desk);
            until("the cursor is at the head", async || cursor(&db).await == 30).await;
            relay.end().await;
        }
        sequencer.end().await;
        assert_eq!(desk.all_applied().await, sequenced(&db).await);
        assert_eq!(desk.handled().len(), 30);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_waits_for_what_is_away_and_passes_what_is_poisoned() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (sequencer, desk) = (Sequencer::start(&db), Desk::new(&db));
        desk.trouble(1, 2, Trouble::Unreadable);
        desk.trouble(2, 2, Trouble::StoreAway);
        for aggregate in [1, 2] {
            append(&db, aggregate, 1..=4).await;
        }
        sequencer.reach(8).await;
        let relay = Running::start(&sequencer, &desk);
        let tries = || desk.handled().iter().filter(|handled| **handled == (id(2), 2)).count();
        until("it is tried again", async || tries() >= 2).await;
        assert_eq!(desk.applied(2).await, [1]);
        desk.repair_one(2, 2);
        until("the cursor is at the head", async || cursor(&db).await == 8).await;
        relay.end().await;
        assert_eq!(desk.applied(2).await, [1, 2, 3, 4]);
        assert_eq!(desk.applied(1).await, [1]);
        desk.repair();
        desk.consumer.retry_blocked().await.expect("nothing is away");
        assert_eq!(desk.applied(1).await, [1, 2, 3, 4]);
        sequencer.end().await;
    })
    .await;
}

/// Three replicas, each with its relay and sequencer, while two writers wake them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn relays_of_several_replicas_have_one_effect() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let rounds: i64 = if matches!(db, Db::Postgres(_)) { 100 } else { 25 };
        let desk = Desk::new(&db);
        let replicas = [(); 3].map(|()| {
            let sequencer = Sequencer::start(&db);
            let relay = Running::start(&sequencer, &desk);
            (sequencer, relay)
        });
        let writers: Vec<_> = [0_u8, 1]
            .map(|writer| {
                let (db, log) = (db.clone(), replicas[usize::from(writer)].0.log.clone());
                tokio::spawn(async move {
                    for revision in 1..=rounds {
                        db.write(async |tx: &mut Tx| {
                            for aggregate in 0..3 {
                                happened(tx, id(u128::from(writer) * 3 + aggregate), revision, -revision).await?;
                            }
                            Ok::<_, Error>(())
                        })
                        .await
                        .expect("written");
                        log.wake();
                    }
                })
            })
            .into();
        for writer in writers {
            within("a writer ends", writer).await.expect("no panic");
        }
        let total = rounds * 6;
        until("the cursor is at the head", async || cursor(&db).await == total).await;
        for (sequencer, relay) in replicas {
            relay.end().await;
            sequencer.end().await;
        }
        let expected: Vec<i64> = (1..=rounds).collect();
        for aggregate in 0..6 {
            assert_eq!(desk.applied(aggregate).await, expected, "{aggregate}");
        }
        assert_eq!((desk.parked().await, desk.blocked().await), (Vec::new(), Vec::new()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_does_not_hold_up_the_end() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (sequencer, desk) = (Sequencer::start(&db), Desk::new(&db));
        append(&db, 1, 1..=450).await;
        sequencer.reach(450).await;
        let relay = Running::start(&sequencer, &desk);
        until("it has begun", async || desk.handled().len() > 10).await;
        relay.end().await;
        assert!(cursor(&db).await < 450, "the batch under way is the last");
        sequencer.end().await;
    })
    .await;
}
