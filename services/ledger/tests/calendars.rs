//! The store of the calendar's editions on both engines.

use sanben_bus::{Actor, history};
use sanben_clock::{Clock, Ts, Year};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx};
use sanben_host::Editions;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::catalogue::calendar::{self, Loaded, Refusal, catch_up, load_as_operator, store as calendars};

/// Made up, and says so.
const NEXT: &str = include_str!("../../../libs/clock/src/year/made-up-2027.csv");

fn year(notice: &str) -> Year {
    Year::parse(&NEXT.replace("国办发明电〔2026〕0号(虚构)", notice)).expect("a year")
}

fn loaded(edition: i64) -> Loaded {
    let by = Actor { person: "p-admin".into(), unit: "city".into(), role: "administrator".into(), ..Actor::default() };
    let year = year(&format!("第{edition}号"));
    Loaded { edition, year, replaces: edition > 1, reason: "it's «更正» 𠮷".into(), by, at: Ts::from_micros(edition) }
}

async fn insert(db: &Db, of: &Loaded) -> Result<(), Error> {
    db.write(async |tx: &mut Tx| calendars::insert(tx, of).await).await
}

fn editions(rows: &[Loaded]) -> Vec<i64> {
    rows.iter().map(|one| one.edition).collect()
}

#[tokio::test]
async fn insert_after_before() {
    on_both("ledger", &MIGRATIONS, async |db| {
        for edition in [2, 1, 3, 10] {
            insert(&db, &loaded(edition)).await.expect("kept");
        }
        assert!(matches!(insert(&db, &loaded(2)).await, Err(Error::Conflict)));
        let after = async |edition, limit| db.read(async |tx: &mut Tx| calendars::after(tx, edition, limit).await).await;
        let before = async |edition, limit| db.read(async |tx: &mut Tx| calendars::before(tx, edition, limit).await).await;
        assert_eq!(after(2, 10).await.expect("editions"), [loaded(3), loaded(10)]);
        assert_eq!(before(3, 10).await.expect("editions"), [loaded(2), loaded(1)]);
        let rows: [(i64, i64, &[i64]); 4] = [(0, 10, &[1, 2, 3, 10]), (0, 2, &[1, 2]), (10, 10, &[]), (3, 1, &[10])];
        for (edition, limit, expected) in rows {
            assert_eq!(editions(&after(edition, limit).await.expect("editions")), expected, "after {edition} {limit}");
        }
        let rows: [(i64, i64, &[i64]); 4] = [(i64::MAX, 10, &[10, 3, 2, 1]), (i64::MAX, 1, &[10]), (3, 1, &[2]), (1, 10, &[])];
        for (edition, limit, expected) in rows {
            assert_eq!(editions(&before(edition, limit).await.expect("editions")), expected, "before {edition} {limit}");
        }
    })
    .await;
}

/// Who loads in their turn follows the one before.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    const WRITERS: i64 = 6;
    on_both("ledger", &MIGRATIONS, async |db| {
        let writers = (1..=WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    calendars::take_turn(tx).await?;
                    let last = calendars::before(tx, i64::MAX, 1).await?;
                    calendars::insert(tx, &loaded(last.first().map_or(0, |one| one.edition) + 1)).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else loaded first");
        }
        let found = db.read(async |tx: &mut Tx| calendars::after(tx, 0, 100).await).await.expect("editions");
        assert_eq!(editions(&found), (1..=WRITERS).collect::<Vec<_>>());
    })
    .await;
}

/// More editions than are read at once are caught up with; the newest notice of a year holds.
#[tokio::test]
async fn whoever_comes_late_catches_up() {
    on_both("ledger", &MIGRATIONS, async |db| {
        for edition in 1..=250 {
            insert(&db, &loaded(edition)).await.expect("kept");
        }
        let known = Editions::shipped();
        for _ in 0..2 {
            db.read(async |tx: &mut Tx| catch_up(tx, &known).await).await.expect("caught up");
            let current = known.current();
            assert_eq!((current.number, current.calendar.notice(2027)), (250, Some("第250号")));
        }
        assert_eq!(calendar::in_force(&db).await.expect("an edition"), known.current());
    })
    .await;
}

/// Each edition is an event of the one calendar, and what is refused is none.
#[tokio::test]
async fn every_edition_is_an_event_and_a_refused_one_is_nothing() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let clock = Clock::fake(Ts::from_micros(7));
        let load = async |notice: &str, reason: &str| {
            load_as_operator(&db, &clock, year(notice), reason).await.expect("the store is there")
        };
        let first = load("甲", "").await.expect("loaded");
        assert_eq!((first.edition, first.replaces, first.at), (1, false, Ts::from_micros(7)));
        for reason in ["", " \t"] {
            assert_eq!(load("乙", reason).await, Err(Refusal::ReasonMissing));
        }
        let second = load("乙", "更正").await.expect("loaded");
        assert_eq!((second.edition, second.replaces), (2, true));
        let found = db.read(async |tx: &mut Tx| history(tx, calendar::ID, 0, 10).await).await.expect("a history");
        let seen: Vec<_> = found.iter().map(|one| (one.revision, one.reason.as_str(), one.actor().expect("an actor"))).collect();
        let operator = || Actor { person: "operator".into(), role: "administrator".into(), ..Actor::default() };
        assert_eq!(seen, [(1, "", operator()), (2, "更正", operator())]);
        let kept = db.read(async |tx: &mut Tx| calendars::after(tx, 0, 10).await).await.expect("editions");
        assert_eq!(kept, [first, second]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    on_both("ledger", &MIGRATIONS, async |db| {
        insert(&db, &loaded(1)).await.expect("kept");
        db.write(async |tx: &mut Tx| sanben_db::execute!(tx, "UPDATE calendar_editions SET snapshot = '{\"edition\":1}'"))
            .await
            .expect("spoilt");
        let found = db.read(async |tx: &mut Tx| calendars::after(tx, 0, 1).await).await;
        assert!(matches!(found, Err(Error::Corrupt("calendar_editions.snapshot"))), "{found:?}");
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("calendars", include_str!("../src/catalogue/calendar/store.rs"), include_str!("calendars.rs"));
}
