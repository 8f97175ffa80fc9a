//! Each event has its effect once, in order, whatever the wire does.

use futures::future::join_all;
use sanben_bus::{Applied, Consumer, Fault, Log, ignore};
use sanben_db::testing::on_both;

use crate::desk::{Desk, Trouble};
use crate::{Dice, MIGRATIONS, SCHEMA, delivered, id};

async fn deliver(desk: &Desk, aggregate: u128, revision: i64) -> Applied {
    desk.consumer.apply(delivered(aggregate, revision)).await.expect("nothing is away")
}

async fn assert_away(desk: &Desk, aggregate: u128, revision: i64) {
    let answer = desk.consumer.apply(delivered(aggregate, revision)).await;
    assert!(matches!(answer, Err(Fault::Away(_))), "{aggregate}@{revision}: {answer:?}");
}

#[tokio::test]
async fn a_duplicate_does_nothing() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        assert_eq!(deliver(&desk, 1, 1).await, Applied::Now);
        for _ in 1..163 {
            assert_eq!(deliver(&desk, 1, 1).await, Applied::Before);
        }
        assert_eq!(deliver(&desk, 1, 2).await, Applied::Now);
        assert_eq!(deliver(&desk, 1, 1).await, Applied::Before, "also when more has come since");
        assert_eq!(desk.applied(1).await, [1, 2]);
        assert_eq!(desk.handled().len(), 2, "the handler is not asked again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn duplicates_at_once_have_one_effect() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        let deliveries = (0..163).map(|_| {
            let consumer = desk.consumer.clone();
            tokio::spawn(async move { consumer.apply(delivered(1, 1)).await })
        });
        let mut now = 0;
        for answer in join_all(deliveries).await {
            now += usize::from(answer.expect("no panic").expect("nothing is away") == Applied::Now);
        }
        assert_eq!((now, desk.applied(1).await), (1, vec![1]));
    })
    .await;
}

#[tokio::test]
async fn what_comes_early_waits_for_its_turn() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        let rows = [(3, Applied::Parked), (2, Applied::Parked), (3, Applied::Parked), (5, Applied::Parked), (1, Applied::Now)];
        for (revision, expected) in rows {
            assert_eq!(deliver(&desk, 1, revision).await, expected, "{revision}");
        }
        assert_eq!(desk.applied(1).await, [1, 2, 3]);
        assert_eq!(desk.parked().await, [(id(1), 5)]);
        assert_eq!(deliver(&desk, 1, 2).await, Applied::Before);
        assert_eq!(deliver(&desk, 1, 4).await, Applied::Now);
        assert_eq!(desk.applied(1).await, [1, 2, 3, 4, 5]);
        assert_eq!(desk.parked().await, []);
    })
    .await;
}

#[tokio::test]
async fn any_order_with_duplicates_ends_alike() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        for seed in 1..=12 {
            let mut deck: Vec<i64> = (1..=6).chain(1..=6).collect();
            Dice(seed).shuffle(&mut deck);
            for revision in &deck {
                deliver(&desk, seed.into(), *revision).await;
            }
            assert_eq!(desk.applied(seed.into()).await, [1, 2, 3, 4, 5, 6], "{deck:?}");
        }
        assert_eq!(desk.parked().await, []);
    })
    .await;
}

#[tokio::test]
async fn a_poisoned_event_blocks_its_own_aggregate_until_the_program_is_repaired() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let troubles = [
            (1, Trouble::Unreadable, "unreadable"),
            (2, Trouble::Impossible, "impossible"),
            (3, Trouble::Panics, "the handler panicked"),
        ];
        for (aggregate, trouble, why) in troubles {
            let desk = Desk::new(&db);
            desk.trouble(aggregate, 2, trouble);
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Now);
            assert_eq!(deliver(&desk, aggregate, 2).await, Applied::Blocked);
            for revision in [4, 3, 2] {
                assert_eq!(deliver(&desk, aggregate, revision).await, Applied::Parked, "{revision}");
            }
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Before);
            for revision in 1..=3 {
                assert_eq!(deliver(&desk, aggregate + 10, revision).await, Applied::Now, "others go on");
            }
            assert_eq!(desk.blocked().await, [(id(aggregate), why.to_owned())]);
            assert_eq!(desk.consumer.retry_blocked().await.expect("the store answers"), 1);
            assert_eq!(desk.applied(aggregate).await, [1], "not repaired yet");
            assert_eq!(desk.parked().await.len(), 3);
            desk.repair();
            desk.consumer.retry_blocked().await.expect("nothing is away");
            assert_eq!(desk.applied(aggregate).await, [1, 2, 3, 4]);
            assert_eq!((desk.blocked().await, desk.parked().await), (Vec::new(), Vec::new()));
            assert_eq!(deliver(&desk, aggregate, 5).await, Applied::Now);
        }
    })
    .await;
}

#[tokio::test]
async fn the_first_of_an_aggregate_and_one_that_was_parked_can_be_poisoned() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        desk.trouble(1, 1, Trouble::Unreadable);
        desk.trouble(2, 2, Trouble::Impossible);
        assert_eq!(deliver(&desk, 1, 1).await, Applied::Blocked);
        assert_eq!(deliver(&desk, 2, 2).await, Applied::Parked);
        assert_eq!(deliver(&desk, 2, 3).await, Applied::Parked);
        assert_eq!(deliver(&desk, 2, 1).await, Applied::Now);
        assert_eq!((desk.applied(1).await, desk.applied(2).await), (vec![], vec![1]));
        assert_eq!(desk.blocked().await.len(), 2);
        desk.repair();
        desk.consumer.retry_blocked().await.expect("nothing is away");
        assert_eq!((desk.applied(1).await, desk.applied(2).await), (vec![1], vec![1, 2, 3]));
    })
    .await;
}

#[tokio::test]
async fn what_is_away_is_tried_again_and_has_one_effect() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        for (aggregate, trouble) in [(1, Trouble::NoAnswer), (2, Trouble::StoreAway)] {
            let desk = Desk::new(&db);
            desk.trouble(aggregate, 1, trouble);
            for _ in 0..3 {
                assert_away(&desk, aggregate, 1).await;
            }
            assert!(desk.applied(aggregate).await.is_empty(), "{trouble:?}: what was half done is undone");
            desk.repair();
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Now);
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Before);
            assert_eq!(desk.applied(aggregate).await, [1]);
        }
    })
    .await;
}

/// The delivery that would have set the parked ones free is repeated, and is not the first any more.
#[tokio::test]
async fn what_is_away_behind_a_parked_event_is_tried_again() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        for (aggregate, trouble) in [(1, Trouble::NoAnswer), (2, Trouble::StoreAway)] {
            let desk = Desk::new(&db);
            desk.trouble(aggregate, 2, trouble);
            for revision in [2, 3] {
                assert_eq!(deliver(&desk, aggregate, revision).await, Applied::Parked);
            }
            assert_away(&desk, aggregate, 1).await;
            assert_away(&desk, aggregate, 1).await;
            assert_eq!(desk.applied(aggregate).await, [1]);
            desk.repair();
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Before);
            assert_eq!(desk.applied(aggregate).await, [1, 2, 3]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_away_behind_a_blocked_event_is_tried_again() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        desk.trouble(1, 1, Trouble::Unreadable);
        assert_eq!(deliver(&desk, 1, 1).await, Applied::Blocked);
        assert_eq!(deliver(&desk, 1, 2).await, Applied::Parked);
        desk.repair();
        desk.trouble(1, 2, Trouble::StoreAway);
        assert_eq!(desk.consumer.retry_blocked().await.expect("the store answers"), 1, "it is not blocked any more, but waits");
        assert_eq!(desk.applied(1).await, [1]);
        desk.repair();
        assert_eq!(desk.consumer.retry_blocked().await.expect("the store answers"), 0);
        assert_eq!(desk.applied(1).await, [1, 2]);
    })
    .await;
}

/// A replica that starts tries again what is blocked, while others hand on what comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_between_a_retry_and_a_delivery() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        for aggregate in 1..=40 {
            desk.trouble(aggregate, 1, Trouble::Unreadable);
            assert_eq!(deliver(&desk, aggregate, 1).await, Applied::Blocked);
            desk.repair();
            let (retrying, delivering) = (desk.consumer.clone(), desk.consumer.clone());
            let retry = tokio::spawn(async move { retrying.retry_blocked().await });
            let delivery = tokio::spawn(async move { delivering.apply(delivered(aggregate, 2)).await });
            retry.await.expect("no panic").expect("nothing is away");
            delivery.await.expect("no panic").expect("nothing is away");
            assert_eq!(desk.applied(aggregate).await, [1, 2]);
        }
    })
    .await;
}

/// While programs are replaced, an old replica may not know what a new one applies.
#[tokio::test]
async fn what_another_replica_could_apply_blocks_nothing() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let new = Desk::new(&db);
        let replica = new.consumer.clone();
        let old = Consumer::new("desk", "bus", Log::new("desk", db.clone()), move |event| {
            let replica = replica.clone();
            async move {
                replica.apply(event).await?;
                Err(Fault::Poisoned("unheard of".to_owned()))
            }
        });
        old.apply(delivered(1, 1)).await.expect("nothing is away");
        assert_eq!(new.blocked().await, []);
        assert_eq!(deliver(&new, 1, 2).await, Applied::Now);
        assert_eq!((new.applied(1).await, new.parked().await), (vec![1, 2], vec![]));
    })
    .await;
}

#[tokio::test]
async fn two_consumers_of_one_store_keep_their_own_inbox() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(&db);
        let log = Log::new("other", db.clone());
        let other = Consumer::new("other", "bus", log, |_| async { Ok(ignore()) });
        assert_eq!(deliver(&desk, 1, 2).await, Applied::Parked);
        assert_eq!(other.apply(delivered(1, 1)).await.expect("nothing is away"), Applied::Now);
        assert_eq!(desk.applied(1).await, Vec::<i64>::new());
        assert_eq!(desk.parked().await, [(id(1), 2)]);
        assert_eq!(deliver(&desk, 1, 1).await, Applied::Now);
        assert_eq!(desk.applied(1).await, [1, 2]);
    })
    .await;
}
