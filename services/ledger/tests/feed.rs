//! The feed of changes and its store, on both engines.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::kept::{self, Index};
use sanben_bus::{Actor, record, sequence};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx, execute};
use sanben_host::App;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::store;
use sanben_ledger::watching::{
    Face, Feed, Follower, Heard,
    store::{self as feed, Changed},
};
use sanben_ledger_rules::case::{Case, Event, Opening, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Track};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const HEARD_SECS_MAX: u64 = 60;
const FOLLOWERS: usize = 300;
const WRITERS: u64 = 4;
const CASES: u64 = 6;
const WRITES: u64 = 40;

fn case(number: u128) -> Case {
    let opening = Opening {
        submissions: vec![Uuid::from_u128(number + 1000)],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路灯".into(),
        summary: "it's; \"quoted\" 𠮷".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(1),
        proposed: Ts::from_micros(2),
        presets: Chosen::Shipped,
    };
    Case::open(Uuid::from_u128(number), opening)
}

/// Opens it, with its first event.
async fn open(db: &Db, mut case: Case, reach: &[&str]) -> Case {
    let (clock, actor) = (Clock::system(), Actor::default());
    let first = Event::Proposed(Box::new(case.opening.clone()));
    db.write(async |tx: &mut Tx| {
        record(tx, &clock, clock.now(), &actor, &mut case, &[first]).await?;
        kept::insert(tx, &case, &Index::in_reach(reach)).await
    })
    .await
    .expect("opened");
    case
}

/// Lets these events happen to it as one change.
async fn change(db: &Db, id: u128, events: &[Event], reach: &[&str]) -> i64 {
    let (clock, actor) = (Clock::system(), Actor::default());
    let id = Uuid::from_u128(id);
    db.write(async |tx: &mut Tx| {
        store::take_turn(tx, id).await?;
        let mut case = store::find(tx, id).await?.expect("a case");
        let revision = case.revision;
        record(tx, &clock, clock.now(), &actor, &mut case, events).await?;
        kept::update(tx, &case, revision, &Index::in_reach(reach)).await?;
        Ok::<_, Error>(case.revision)
    })
    .await
    .expect("changed")
}

/// Positions for all events, in the order of their times.
async fn place(db: &Db) {
    let sql = "UPDATE events SET position = (SELECT COUNT(*) FROM events AS e
               WHERE (e.occur_time, e.revision) <= (events.occur_time, events.revision))";
    db.write(async |tx: &mut Tx| execute!(tx, sql)).await.expect("placed");
}

fn reaches(face: &Option<Face>) -> Option<Vec<&str>> {
    face.as_ref().map(|face| face.reach.iter().map(String::as_str).collect())
}

#[tokio::test]
async fn changes_keep_before() {
    on_both("ledger", &MIGRATIONS, async |db| {
        open(&db, case(1), &["city", "lianhu"]).await;
        open(&db, case(2), &["city"]).await;
        change(&db, 1, &[Event::Coordinated, Event::Coordinated], &["city", "yanta"]).await;
        change(&db, 1, &[Event::Coordinated], &["city"]).await;
        place(&db).await;
        let read = async |after, until, limit| {
            db.read(async |tx: &mut Tx| feed::changes(tx, after, until, limit).await).await.expect("a page")
        };
        let all = read(0, 99, 10).await;
        let found: Vec<_> =
            all.iter().map(|one| (one.position, one.case.id.as_u128(), one.revision, reaches(&one.before))).collect();
        let expected = [(2, 2, 1, None), (4, 1, 3, Some(vec!["city", "lianhu"])), (5, 1, 4, Some(vec!["city", "yanta"]))];
        assert_eq!(found, expected);
        assert!(all.iter().filter(|one| one.case.id.as_u128() == 1).all(|one| one.case.revision == 4), "as it is now");
        let before = all[1].before.clone().expect("it was there");
        assert_eq!(before, Face::of(&all[1].case, before.reach.clone()), "nothing else has changed");
        let positions = |page: &[Changed]| page.iter().map(|one| one.position).collect::<Vec<_>>();
        for (after, until, limit, expected) in
            [(0, 4, 10, vec![2, 4]), (3, 5, 10, vec![4, 5]), (0, 5, 2, vec![2, 4]), (5, 9, 10, vec![]), (4, 4, 10, vec![])]
        {
            assert_eq!(positions(&read(after, until, limit).await), expected, "{after} {until} {limit}");
        }
        let again = db.write(async |tx: &mut Tx| feed::keep_before(tx, &all[1].case, 3).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "what was before is kept once");
        assert_eq!(read(0, 99, 10).await, all);
        db.write(async |tx: &mut Tx| execute!(tx, "UPDATE case_before SET face = '{}'")).await.expect("spoilt");
        let spoilt = db.read(async |tx: &mut Tx| feed::changes(tx, 0, 99, 10).await).await;
        assert!(matches!(spoilt, Err(Error::Corrupt("case_before.face"))), "{spoilt:?}");
    })
    .await;
}

/// A process of the service: its sequencer and its feed.
struct Replica {
    app: App,
    feed: Feed,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Replica {
    fn on(db: &Db, held_max: usize) -> Replica {
        let app = sanben_host::testing::app("ledger", db.clone(), Clock::system());
        let feed = Feed::holding(app.clone(), held_max);
        let stop = CancellationToken::new();
        let tasks = vec![tokio::spawn(sequence(app.log.clone(), stop.clone())), tokio::spawn(feed.clone().run(stop.clone()))];
        Replica { app, feed, stop, tasks }
    }

    async fn change(&self, id: u128) -> i64 {
        let revision = change(&self.app.db, id, &[Event::Coordinated], &["city", "lianhu"]).await;
        self.app.log.wake();
        revision
    }

    async fn end(self) {
        self.stop.cancel();
        for task in self.tasks {
            task.await.expect("it ends");
        }
    }
}

/// What somebody who watches knows: each case as it last changed.
#[derive(Debug, Default)]
struct Known {
    cases: BTreeMap<u128, i64>,
    shown: BTreeSet<(u128, i64)>,
    position: i64,
}

impl Known {
    /// Takes the next change in; `false` if there was none.
    async fn hear(&mut self, follower: &mut Follower) -> bool {
        let heard = tokio::time::timeout(Duration::from_secs(HEARD_SECS_MAX), follower.next()).await.expect("something comes");
        let Heard::Change(change) = heard.expect("the store is there") else { return false };
        assert!(change.position > self.position, "in order, and each once: {change:?} after {}", self.position);
        self.position = change.position;
        if change.is_last() {
            let id = change.now.case.id.as_u128();
            assert!(self.shown.insert((id, change.revision)), "twice: {id} {}", change.revision);
            self.cases.insert(id, change.revision);
        }
        true
    }

    async fn hear_until(&mut self, follower: &mut Follower, expected: &BTreeMap<u128, i64>) {
        while self.cases != *expected {
            self.hear(follower).await;
        }
    }
}

/// However many watch, a change is read once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_who_watch_cost_one_reading() {
    const CHANGES: i64 = 20;
    on_both("ledger", &MIGRATIONS, async |db| {
        let replica = Replica::on(&db, 256);
        let mut probe = replica.feed.follow(0);
        open(&db, case(1), &["city"]).await;
        replica.app.log.wake();
        Known::default().hear(&mut probe).await;
        let (before, position) = (replica.feed.reads(), probe.position());
        let mut watching = JoinSet::new();
        for _ in 0..FOLLOWERS {
            let mut follower = replica.feed.follow(position);
            watching.spawn(async move {
                let mut known = Known::default();
                known.hear_until(&mut follower, &BTreeMap::from([(1, CHANGES + 1)])).await;
            });
        }
        for _ in 0..CHANGES {
            replica.change(1).await;
        }
        assert_eq!(watching.join_all().await.len(), FOLLOWERS);
        let reads = replica.feed.reads() - before;
        assert!(reads <= CHANGES.unsigned_abs(), "{reads} readings of {CHANGES} changes for {FOLLOWERS}");
        replica.end().await;
    })
    .await;
}

/// Whoever is slow, or comes back with an old position, reads what the ring has let go from the store, and then goes on with the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_falls_behind_misses_nothing() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let replica = Replica::on(&db, 4);
        let (mut quick, mut slow) = (replica.feed.follow(0), replica.feed.follow(0));
        let mut expected = BTreeMap::new();
        for id in 1..=3 {
            open(&db, case(id), &["city"]).await;
            expected.insert(id, 1);
        }
        replica.app.log.wake();
        let (mut known, mut late) = (Known::default(), Known::default());
        known.hear_until(&mut quick, &expected).await;
        late.hear(&mut slow).await;
        // More than the ring and a page of the store hold.
        for turn in 0..120_u128 {
            let id = turn % 3 + 1;
            expected.insert(id, replica.change(id).await);
            if turn % 10 == 9 {
                known.hear_until(&mut quick, &expected).await;
            }
        }
        known.hear_until(&mut quick, &expected).await;
        late.hear_until(&mut slow, &expected).await;
        // It is with the others again.
        let reads = replica.feed.reads();
        expected.insert(1, replica.change(1).await);
        late.hear_until(&mut slow, &expected).await;
        assert_eq!(replica.feed.reads(), reads + 1);
        replica.end().await;
    })
    .await;
}

/// Many write at two replicas, many watch, are cut wherever they are, and go on at one of the two: what each knows in the end is what is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_cut_anywhere_goes_on_at_any_replica() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let replicas = [Replica::on(&db, 8), Replica::on(&db, 8)];
        for id in 1..=CASES {
            open(&db, case(u128::from(id)), &["city"]).await;
        }
        replicas[0].app.log.wake();
        let mut writing = JoinSet::new();
        for writer in 0..WRITERS {
            let (db, log) = (db.clone(), replicas[usize::from(writer % 2 == 1)].app.log.clone());
            writing.spawn(async move {
                for write in 0..WRITES {
                    let id = u128::from((writer * 7 + write * (writer + 3)) % CASES + 1);
                    change(&db, id, &[Event::Coordinated], &["city"]).await;
                    log.wake();
                }
            });
        }
        let feeds = [replicas[0].feed.clone(), replicas[1].feed.clone()];
        let (done, end) = tokio::sync::watch::channel(None::<BTreeMap<u128, i64>>);
        let mut watching = JoinSet::new();
        for watcher in 0..8_u64 {
            let (feeds, mut end) = (feeds.clone(), end.clone());
            watching.spawn(async move {
                let mut known = Known::default();
                let mut dice = watcher + 1;
                loop {
                    dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let mut follower = feeds[usize::from((dice >> 40) % 2 == 1)].follow(known.position);
                    let expected = end.borrow_and_update().clone();
                    if let Some(expected) = expected {
                        known.hear_until(&mut follower, &expected).await;
                        return known;
                    }
                    for _ in 0..(dice >> 33) % 12 {
                        tokio::select! {
                            heard = known.hear(&mut follower) => assert!(heard),
                            _ = end.changed() => break,
                        }
                    }
                }
            });
        }
        writing.join_all().await;
        let mut expected = BTreeMap::new();
        for id in (1..=CASES).map(u128::from) {
            let found = db.read(async |tx: &mut Tx| store::find(tx, Uuid::from_u128(id)).await).await;
            expected.insert(id, found.expect("readable").expect("a case").revision);
        }
        done.send_replace(Some(expected.clone()));
        for known in watching.join_all().await {
            assert_eq!(known.cases, expected);
        }
        for replica in replicas {
            replica.end().await;
        }
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("feed", include_str!("../src/watching/store.rs"), include_str!("feed.rs"));
}
