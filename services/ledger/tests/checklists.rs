//! The store of checklists on both engines.

use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::catalogue::checklist::{Published, store as checklists};
use sanben_ledger_rules::case::{Checklist, checklist::shipped};
use uuid::Uuid;

fn published(id: u128, name: &str, version: i32) -> Published {
    let checklist = Checklist { name: name.into(), version, title: "it's «清单» 𠮷".into(), ..shipped()[1].clone() };
    Published { id: Uuid::from_u128(id), revision: 1, checklist, at: Ts::from_micros(i64::from(version)) }
}

async fn insert(db: &Db, of: &Published) -> Result<(), Error> {
    db.write(async |tx: &mut Tx| checklists::insert(tx, of).await).await
}

fn ids(rows: &[Published]) -> Vec<u128> {
    rows.iter().map(|one| one.id.as_u128()).collect()
}

#[tokio::test]
async fn insert_newest_versions() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let all = [published(1, "b", 2), published(2, "b", 3), published(3, "a", 1), published(4, "c", 1), published(5, "b", 4)];
        for one in &all {
            insert(&db, one).await.expect("kept");
        }
        for again in [published(9, "b", 3), published(1, "d", 1)] {
            assert!(matches!(insert(&db, &again).await, Err(Error::Conflict)), "{again:?}");
        }
        let newest = async |limit| db.read(async |tx: &mut Tx| checklists::newest(tx, limit).await).await.expect("a list");
        let expected = [all[2].clone(), all[4].clone(), all[3].clone()];
        assert_eq!(newest(10).await, expected);
        assert_eq!(ids(&newest(2).await), [3, 5]);
        let rows: [(&str, i64, i64, &[u128]); 5] = [
            ("b", i64::MAX, 10, &[5, 2, 1]),
            ("b", 4, 10, &[2, 1]),
            ("b", i64::MAX, 1, &[5]),
            ("a", i64::MAX, 10, &[3]),
            ("b' OR ''='", i64::MAX, 10, &[]),
        ];
        for (name, before, limit, expected) in rows {
            let found = db.read(async |tx: &mut Tx| checklists::versions(tx, name, before, limit).await).await;
            assert_eq!(ids(&found.expect("a list")), expected, "{name} {before} {limit}");
        }
    })
    .await;
}

/// Who publishes in their turn reads what the one before published.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    const WRITERS: u128 = 6;
    on_both("ledger", &MIGRATIONS, async |db| {
        let writers = (1..=WRITERS).map(|id| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    checklists::take_turn(tx).await?;
                    let last = checklists::versions(tx, "a", i64::MAX, 1).await?;
                    let version = last.first().map_or(0, |one| one.checklist.version) + 1;
                    checklists::insert(tx, &published(id, "a", version)).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else published first");
        }
        let found = db.read(async |tx: &mut Tx| checklists::newest(tx, 10).await).await.expect("a list");
        assert_eq!(found.iter().map(|one| one.checklist.version).collect::<Vec<_>>(), [6]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    on_both("ledger", &MIGRATIONS, async |db| {
        insert(&db, &published(1, "a", 1)).await.expect("kept");
        db.write(async |tx: &mut Tx| sanben_db::execute!(tx, "UPDATE checklists SET snapshot = '{\"id\":1}'"))
            .await
            .expect("spoilt");
        let found = db.read(async |tx: &mut Tx| checklists::newest(tx, 1).await).await;
        assert!(matches!(found, Err(Error::Corrupt("checklists.snapshot"))), "{found:?}");
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("checklists", include_str!("../src/catalogue/checklist/store.rs"), include_str!("checklists.rs"));
}
