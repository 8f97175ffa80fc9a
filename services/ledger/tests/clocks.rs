//! The stores of clocks and of their presets on both engines.

use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Error, Tx};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::catalogue::preset::{Published, store as presets};
use sanben_ledger::clock::store::{self as clocks, Running};
use sanben_ledger_rules::case::presets::{Presets, shipped};
use sanben_proto::ledger::ClockKind;
use uuid::Uuid;

fn running(kind: ClockKind, subject: &str, turn: i64, edition: i64) -> Running {
    let at = Ts::from_micros;
    let (due, warn, over) = (at(i64::MAX), at(-1), at(7));
    let (subject, rung) = (subject.to_owned(), at(i64::MAX));
    Running { kind, subject, turn, due, warn, over, paused: turn == 1, provisional: turn == 2, edition, rung }
}

#[tokio::test]
async fn set_of_case_and_of_earlier_editions() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let set = async |case, of: &[Running]| {
            db.write(async |tx: &mut Tx| clocks::set(tx, Uuid::from_u128(case), of).await).await.expect("kept");
        };
        let of_case = async |case| {
            let found = db.read(async |tx: &mut Tx| clocks::of_case(tx, Uuid::from_u128(case)).await).await;
            found.expect("what runs")
        };
        let oldest = async || db.read(async |tx: &mut Tx| clocks::oldest_edition(tx).await).await.expect("an answer");
        assert_eq!(oldest().await, None);
        let first = [running(ClockKind::Finish, "", 1, 0), running(ClockKind::Assistance, "it's «交警» 𠮷", 2, 0)];
        set(1, &first).await;
        set(2, &first[..1]).await;
        set(3, &[running(ClockKind::Finish, "", 1, 1)]).await;
        assert_eq!(of_case(1).await, first);
        assert_eq!(of_case(9).await, []);
        let changed = [Running { due: Ts::from_micros(5), ..first[0].clone() }, running(ClockKind::Assistance, "beilin", 2, 0)];
        set(1, &changed).await;
        set(1, &changed).await;
        assert_eq!(of_case(1).await, changed, "what has changed, and nothing else");
        assert_eq!(of_case(2).await, first[..1], "of no other case");
        let earlier = async |edition, after, limit| {
            let after = Uuid::from_u128(after);
            let found = db.read(async |tx: &mut Tx| clocks::of_earlier_editions(tx, edition, after, limit).await).await;
            found.expect("cases").iter().map(|id| id.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(earlier(1, 0, 10).await, [1, 2], "each once");
        assert_eq!(earlier(1, 0, 1).await, [1]);
        assert_eq!(earlier(1, 1, 10).await, [2]);
        assert_eq!(earlier(2, 0, 10).await, [1, 2, 3]);
        assert_eq!((earlier(0, 0, 10).await, oldest().await), (Vec::new(), Some(0)));
        set(1, &[]).await;
        assert_eq!(of_case(1).await, []);
    })
    .await;
}

/// Once a case, with the first of its rungs; in the order in which they are due, to the microsecond.
#[tokio::test]
async fn with_rungs_due() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let at = Ts::from_micros;
        for (case, rungs) in [(4, &[30, 10][..]), (3, &[10, 10]), (2, &[20]), (1, &[41, i64::MAX]), (5, &[i64::MAX]), (6, &[0])] {
            let of = |(turn, rung): (i64, &i64)| Running { rung: at(*rung), ..running(ClockKind::Finish, "", turn, 0) };
            let all: Vec<Running> = (1..).zip(rungs).map(of).collect();
            db.write(async |tx: &mut Tx| clocks::set(tx, Uuid::from_u128(case), &all).await).await.expect("kept");
        }
        let due = async |now, after: (i64, u128), limit| {
            let after = (after.0, Uuid::from_u128(after.1));
            let found = db.read(async |tx: &mut Tx| clocks::with_rungs_due(tx, at(now), after, limit).await).await;
            found.expect("cases").into_iter().map(|(time, id)| (time, id.as_u128())).collect::<Vec<_>>()
        };
        let all = [(0, 6), (10, 3), (10, 4), (20, 2)];
        assert_eq!(due(40, (i64::MIN, 0), 10).await, all);
        assert_eq!(due(41, (20, u128::MAX), 10).await, [(41, 1)]);
        assert_eq!(due(40, (i64::MIN, 0), 2).await, all[..2]);
        assert_eq!(due(40, (10, 3), 10).await, all[2..]);
        assert_eq!(due(9, (i64::MIN, 0), 10).await, all[..1]);
        // What was looked at at 20 and was held is not looked at again, whatever else of it is due since.
        assert_eq!(due(40, (20, u128::MAX), 10).await, []);
    })
    .await;
}

fn published(version: i32) -> Published {
    let presets = Presets { version, note: "it's «预设» 𠮷".to_owned(), ..shipped().clone() };
    Published { id: Uuid::from_u128(1), revision: 1, presets, at: Ts::from_micros(i64::from(version)) }
}

#[tokio::test]
async fn insert_newest_version() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let newest = async || db.read(async |tx: &mut Tx| presets::newest(tx).await).await.expect("an answer");
        assert_eq!(newest().await, None);
        for version in [3, 2] {
            db.write(async |tx: &mut Tx| presets::insert(tx, &published(version)).await).await.expect("kept");
        }
        let again = db.write(async |tx: &mut Tx| presets::insert(tx, &published(2)).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        assert_eq!(newest().await, Some(published(3)));
        let version = async |number| db.read(async |tx: &mut Tx| presets::version(tx, number).await).await.expect("an answer");
        assert_eq!((version(2).await, version(9).await), (Some(published(2)), None));
    })
    .await;
}

/// Who publishes in their turn reads what the one before published.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    const WRITERS: i32 = 6;
    on_both("ledger", &MIGRATIONS, async |db| {
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    presets::take_turn(tx).await?;
                    let last = presets::newest(tx).await?.map_or(1, |one| one.presets.version);
                    presets::insert(tx, &published(last + 1)).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else published first");
        }
        let found = db.read(async |tx: &mut Tx| presets::newest(tx).await).await.expect("an answer");
        assert_eq!(found.map(|one| one.presets.version), Some(WRITERS + 1));
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("clocks", include_str!("../src/clock/store.rs"), include_str!("clocks.rs"));
    assert_held_against_both("presets", include_str!("../src/catalogue/preset/store.rs"), include_str!("clocks.rs"));
}
