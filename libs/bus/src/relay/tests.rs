use sanben_clock::Clock;
use sanben_db::testing::on_both;
use sanben_db::{Db, Migrations};
use uuid::Uuid;

use super::*;
use crate::{Actor, Choice, NewEvent, append, letters, replay, sequencer};

const MIGRATIONS: Migrations = Migrations(&[&crate::MIGRATIONS]);

async fn happened(db: &Db, aggregate_id: Uuid, revision: i64) {
    let (clock, actor) = (Clock::system(), Actor::default());
    let event = NewEvent {
        id: clock.id(),
        aggregate: "thing",
        aggregate_id,
        revision,
        kind: "sanben.test.v1.Happened",
        payload: Vec::new(),
        detail: "{}".to_owned(),
        actor: &actor,
        reason: "",
        time: Ts::from_micros(revision * 1_000_000),
    };
    db.write(async |tx: &mut Tx| append(tx, &event).await).await.expect("kept");
}

/// One thing is away for as long as it takes; everybody behind it is held up until it is set aside, and no longer.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_away_time_and_again_is_set_aside_and_replayed() {
    on_both("bus", &MIGRATIONS, async |db| {
        let [away, fine] = [1, 2].map(Uuid::from_u128);
        for (aggregate, revision) in [(away, 1), (away, 2), (fine, 1)] {
            happened(&db, aggregate, revision).await;
        }
        let (log, back) = (Log::new("bus", db.clone()), tokio::sync::watch::Sender::new(false));
        let is_back = back.subscribe();
        let consumer = Consumer::new("desk", "bus", log.clone(), move |event| {
            let there = event.aggregate_id != away || *is_back.borrow();
            async move { if there { Ok(crate::ignore()) } else { Err(Fault::Away("nobody is there".to_owned())) } }
        });
        let target = Target::Local(consumer.clone());
        let waits = backlog(&log, &target).await.expect("readable");
        assert_eq!(waits, Backlog { count: 3, oldest: Some(Ts::from_micros(1_000_000)) }, "before it has a position, too");
        sequencer::give_positions(&log).await.expect("positions");
        let relay = Relay::new(log.clone(), target.clone());
        let (mut failures, mut failed) = (0, 0);
        while relay.relay_batch(&mut failures).await.is_err() {
            failed += 1;
            assert!(failed < DELIVERIES_MAX, "not tried without end");
        }
        assert_eq!(failed, DELIVERIES_MAX - 1, "then it is set aside");
        assert_eq!(backlog(&log, &target).await.expect("readable"), Backlog { count: 0, oldest: None });
        let found = db.read(async |tx: &mut Tx| letters(tx, &Choice::default(), 10).await).await.expect("letters");
        let [letter] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((letter.aggregate_id, letter.revision, letter.behind, letter.tries), (away, 1, 1, 1));
        assert_eq!((letter.consumer.as_str(), letter.why.as_str()), ("desk", "away: nobody is there"));

        assert_eq!(consumer.retry_asked().await.expect("it answers"), 0, "nobody has asked");
        let other = Choice { consumer: Some("another".to_owned()), ..Choice::default() };
        let this = Choice { consumer: Some("desk".to_owned()), aggregate_id: Some(away) };
        for (choice, expected) in [(other, 0), (this.clone(), 1)] {
            assert_eq!(db.write(async |tx: &mut Tx| replay(tx, &choice).await).await.expect("kept"), expected);
        }
        assert_eq!(consumer.retry_asked().await.expect("it answers"), 1);
        let found = db.read(async |tx: &mut Tx| letters(tx, &this, 10).await).await.expect("letters");
        assert_eq!(found.iter().map(|letter| letter.tries).collect::<Vec<_>>(), [2], "still away");
        assert_eq!(consumer.retry_asked().await.expect("it answers"), 0, "asked once, tried once");

        back.send_replace(true);
        db.write(async |tx: &mut Tx| replay(tx, &Choice::default()).await).await.expect("kept");
        assert_eq!(consumer.retry_asked().await.expect("it answers"), 1);
        let left = db.read(async |tx: &mut Tx| letters(tx, &Choice::default(), 10).await).await.expect("letters");
        assert_eq!((left, consumer.retry_blocked().await.expect("it answers")), (Vec::new(), 0));
    })
    .await;
}
