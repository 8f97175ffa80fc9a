//! Writing what happened, and reading it back.

use sanben_bus::{Actor, Aggregate, Fact, NewEvent, append, history, record};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx};
use serde::Serialize;
use uuid::Uuid;

use crate::{MIGRATIONS, SCHEMA, happened, id, write};

const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);

/// The smallest thing that is the fold of its events.
#[derive(Debug, PartialEq)]
struct Tally {
    id: Uuid,
    revision: i64,
    total: i64,
}

#[derive(Serialize)]
enum Counted {
    Up(i64),
}

impl Aggregate for Tally {
    const NAME: &'static str = "tally";
    type Event = Counted;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, Counted::Up(by): &Counted) {
        self.revision += 1;
        self.total += by;
    }

    fn fact(&self, _: &Counted) -> Fact {
        Fact { kind: "sanben.test.v1.Counted".to_owned(), payload: self.total.to_be_bytes().to_vec(), reason: "因为".to_owned() }
    }
}

fn tally() -> Tally {
    Tally { id: id(1), revision: 0, total: 0 }
}

fn chief() -> Actor {
    Actor { person: "p-chief".into(), unit: "lianhu".into(), role: "chief".into(), tenure: Some("t-1".into()), deputy: true }
}

async fn count(db: &Db, tally: &mut Tally, by: &[i64]) -> Result<(), Error> {
    let events: Vec<Counted> = by.iter().map(|by| Counted::Up(*by)).collect();
    db.write(async |tx: &mut Tx| record(tx, &Clock::system(), NOW, &chief(), tally, &events).await).await
}

async fn revisions(db: &Db, of: Uuid, after: i64, limit: i64) -> Vec<i64> {
    let entries = db.read(async |tx: &mut Tx| history(tx, of, after, limit).await).await.expect("a history");
    entries.iter().map(|entry| entry.revision).collect()
}

#[tokio::test]
async fn what_is_appended_is_read_back_as_it_went() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let event = NewEvent {
            id: id(9),
            aggregate: "thing",
            aggregate_id: id(1),
            revision: 1,
            kind: "sanben.test.v1.Happened",
            payload: vec![0, 255],
            detail: r#"{"原因":"「退款」𠮷"}"#.to_owned(),
            actor: &chief(),
            reason: "it's; \"quoted\"",
            time: NOW,
        };
        write(&db, async |tx: &mut Tx| append(tx, &event).await).await;
        let entries = db.read(async |tx: &mut Tx| history(tx, id(1), 0, 10).await).await.expect("a history");
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!((entry.revision, entry.kind.as_str(), entry.occur_time), (1, event.kind, NOW.micros()));
        assert_eq!((entry.detail.as_str(), entry.reason.as_str()), (event.detail.as_str(), event.reason));
        assert_eq!(entry.actor().expect("an actor"), chief());
    })
    .await;
}

#[tokio::test]
async fn a_history_is_of_one_thing_in_order_and_in_pages() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            for revision in [3, 1, 2] {
                happened(tx, id(1), revision, -revision).await?;
                happened(tx, id(2), revision, revision).await?;
            }
            Ok(())
        })
        .await;
        let rows: [(i64, i64, &[i64]); 5] = [(0, 10, &[1, 2, 3]), (1, 10, &[2, 3]), (0, 2, &[1, 2]), (2, 2, &[3]), (3, 2, &[])];
        for (after, limit, expected) in rows {
            assert_eq!(revisions(&db, id(1), after, limit).await, expected, "after {after}, at most {limit}");
        }
        assert!(revisions(&db, id(3), 0, 10).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn recorded_events_go_on_where_the_thing_was() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let mut tally = tally();
        count(&db, &mut tally, &[5, 7]).await.expect("recorded");
        count(&db, &mut tally, &[]).await.expect("nothing to record");
        count(&db, &mut tally, &[1]).await.expect("recorded");
        assert_eq!(tally, Tally { revision: 3, total: 13, ..super::events::tally() });
        let entries = db.read(async |tx: &mut Tx| history(tx, tally.id, 0, 10).await).await.expect("a history");
        let details: Vec<&str> = entries.iter().map(|entry| entry.detail.as_str()).collect();
        assert_eq!(details, [r#"{"Up":5}"#, r#"{"Up":7}"#, r#"{"Up":1}"#]);
        assert!(entries.iter().all(|entry| entry.reason == "因为" && entry.occur_time == NOW.micros()));
    })
    .await;
}

#[tokio::test]
async fn who_comes_second_with_a_revision_leaves_nothing() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (mut first, mut second) = (tally(), tally());
        count(&db, &mut first, &[1]).await.expect("recorded");
        let refused = count(&db, &mut second, &[1, 2]).await;
        assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
        assert_eq!(revisions(&db, id(1), 0, 10).await, [1]);
        let undone: Result<(), Error> = db
            .write(async |tx: &mut Tx| {
                record(tx, &Clock::system(), NOW, &chief(), &mut first, &[Counted::Up(1)]).await?;
                Err(Error::Corrupt("refused"))
            })
            .await;
        undone.expect_err("refused");
        assert_eq!(revisions(&db, id(1), 0, 10).await, [1], "an event goes with its transaction");
    })
    .await;
}
