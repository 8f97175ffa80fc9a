//! The same promises over a real broker.

use std::sync::Arc;

use async_nats::jetstream;
use sanben_bus::testing::Broker;
use sanben_bus::{Choice, Consumer, Log, Nats, Relay, Subscription, Target, ignore, letters};
use sanben_db::testing::on_both;
use sanben_db::{Db, Tx};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Trouble};
use crate::{MIGRATIONS, SCHEMA, Sequencer, happened, id, until, within, write};

/// Carries what happens in `db` over the broker to `consumer`, until it is dropped.
async fn carry(db: &Db, broker: &Broker, consumer: &Consumer) -> (Sequencer, CancellationToken) {
    let (sequencer, stop) = (Sequencer::start(db), CancellationToken::new());
    let nats = Nats::connect(&broker.address()).await.expect("an address");
    tokio::spawn(Relay::new(sequencer.log.clone(), Target::Nats(nats.clone())).run(stop.clone()));
    tokio::spawn(Subscription::new(nats, consumer.clone()).run(stop.clone()));
    (sequencer, stop)
}

/// Whether the broker holds so many events and the consumer has acknowledged all of them.
async fn is_done(broker: &Broker, consumer: &str, events: u64) -> Option<bool> {
    let context = jetstream::new(async_nats::connect(broker.address()).await.ok()?);
    let stream = context.get_stream("SANBEN").await.ok()?;
    let kept = stream.get_info().await.ok()?.state.messages;
    // Asked afterwards: whatever the broker holds by then is counted as pending.
    let info = stream.consumer_info(consumer).await.ok()?;
    Some(kept == events && info.num_pending == 0 && info.num_ack_pending == 0)
}

/// The broker dies between the commit and the acknowledgement, and gives the event again to whoever comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_committed_and_not_acknowledged_has_one_effect() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut broker = Broker::start(folder.path()).await;
        let desk = Desk::new(&db);
        let (entered, may_go) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (entering, waiting, inner) = (entered.clone(), may_go.clone(), desk.consumer.clone());
        // Holds each event until it may go, and applies it as the desk does.
        let slow = Consumer::new("slow", "test", Log::new("desk", db.clone()), move |event| {
            let (entering, waiting, inner) = (entering.clone(), waiting.clone(), inner.clone());
            async move {
                entering.add_permits(1);
                waiting.acquire().await.expect("open").forget();
                inner.apply(event).await?;
                Ok(ignore())
            }
        });
        let (sequencer, stop) = carry(&db, &broker, &slow).await;
        write(&db, async |tx: &mut Tx| happened(tx, id(1), 1, 1).await).await;
        sequencer.log.wake();
        within("it is delivered", entered.acquire()).await.expect("open").forget();
        broker.stop().await;
        may_go.add_permits(1);
        until("it is committed", async || desk.applied(1).await == [1]).await;
        broker.come_back().await;
        write(&db, async |tx: &mut Tx| happened(tx, id(1), 2, 2).await).await;
        sequencer.log.wake();
        may_go.add_permits(10);
        until("the broker is told of both", async || is_done(&broker, "slow", 2).await == Some(true)).await;
        assert_eq!(desk.applied(1).await, [1, 2], "each once");
        stop.cancel();
        sequencer.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poisoned_event_holds_up_its_own_aggregate_only() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let folder = tempfile::tempdir().expect("a folder");
        let broker = Broker::start(folder.path()).await;
        let desk = Desk::new(&db);
        desk.trouble(1, 1, Trouble::Unreadable);
        let (sequencer, stop) = carry(&db, &broker, &desk.consumer).await;
        for (aggregate, revision) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
            write(&db, async |tx: &mut Tx| happened(tx, id(aggregate), revision, revision).await).await;
        }
        sequencer.log.wake();
        until("all is delivered", async || is_done(&broker, "desk", 4).await == Some(true)).await;
        assert_eq!((desk.applied(1).await, desk.applied(2).await), (Vec::new(), vec![1, 2]));
        let found = db.read(async |tx: &mut Tx| letters(tx, &Choice::default(), 10).await).await.expect("letters");
        assert_eq!(found.iter().map(|letter| (letter.aggregate_id, letter.behind)).collect::<Vec<_>>(), [(id(1), 1)]);
        stop.cancel();
        sequencer.end().await;
    })
    .await;
}
