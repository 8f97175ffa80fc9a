//! The store of drafts that wait, on both engines.

use crate::kept::{self, Index};
use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx};
use sanben_host::Key;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::reader::Reader;
use sanben_ledger::draft::store as drafts;
use sanben_ledger::draft::store::Waiting;
use sanben_ledger_rules::case::{Case, Opening, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Track};
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn case(number: u128, accused_units: &[&str], accused_persons: &[&str]) -> Case {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let opening = Opening {
        submissions: vec![id(number + 1000)],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路口「照明」".into(),
        summary: "it's; \"quoted\" 𠮷".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: owned(accused_units),
        accused_persons: owned(accused_persons),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(1),
        proposed: Ts::from_micros(2),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(id(number), opening) }
}

fn waiting(row: u128, number: i32, signer: &str, time: i64) -> Waiting {
    Waiting { id: id(row), number, signer: signer.to_owned(), at: Ts::from_micros(time) }
}

async fn keep(db: &Db, case: &Case, waiting: &[Waiting]) {
    let index = Index { drafts: waiting.to_vec(), ..Index::in_reach(["city", "lianhu", "lianhu-tumen"]) };
    db.write(async |tx: &mut Tx| kept::insert(tx, case, &index).await).await.expect("kept");
}

async fn found(db: &Db, units: &[&str], person: &str, after: Option<Key>, limit: i64) -> Vec<(u128, u128)> {
    let reader = Reader { units: units.iter().map(|unit| (*unit).to_owned()).collect(), person: person.to_owned() };
    let found = db.read(async |tx: &mut Tx| drafts::waiting(tx, &reader, after, limit).await).await.expect("a list");
    found.iter().map(|(waiting, case)| (waiting.id.as_u128(), case.id.as_u128())).collect()
}

#[tokio::test]
async fn set_waiting() {
    on_both("ledger", &MIGRATIONS, async |db| {
        keep(&db, &case(1, &[], &[]), &[waiting(11, 1, "lianhu", 10), waiting(12, 2, "city", 10), waiting(13, 3, "lianhu", 30)])
            .await;
        keep(&db, &case(2, &["lianhu-tumen"], &["p-accused"]), &[waiting(21, 1, "lianhu", 10), waiting(22, 2, "lianhu-tumen", 5)])
            .await;
        let lianhu = &["lianhu", "city"];
        let all = [(11, 1), (21, 2), (13, 1)];
        assert_eq!(found(&db, lianhu, "p-a", None, 10).await, all, "oldest first, of the own unit only");
        assert_eq!(found(&db, lianhu, "p-a", None, 2).await, all[..2]);
        assert_eq!(found(&db, lianhu, "p-a", Some((10, id(11))), 10).await, all[1..]);
        assert_eq!(found(&db, &["city"], "p-a", None, 10).await, [(12, 1)]);
        assert_eq!(found(&db, &[], "p-a", None, 10).await, []);
        // Whoever is complained about finds it by no route.
        assert_eq!(found(&db, lianhu, "p-accused", None, 10).await, [(11, 1), (13, 1)]);
        assert_eq!(found(&db, &["lianhu-tumen", "lianhu", "city"], "p-a", None, 10).await, []);
        let reader = Reader { units: vec!["city".to_owned()], person: String::new() };
        let rows = db.read(async |tx: &mut Tx| drafts::waiting(tx, &reader, None, 10).await).await.expect("a list");
        assert_eq!(rows, [(waiting(12, 2, "city", 10), case(1, &[], &[]))]);
        let changed = [waiting(13, 3, "lianhu", 30), waiting(14, 4, "lianhu", 7)];
        let set = async |tx: &mut Tx| drafts::set(tx, id(1), &changed).await;
        db.write(set).await.expect("kept");
        assert_eq!(found(&db, lianhu, "p-a", None, 10).await, [(14, 1), (21, 2), (13, 1)]);
        let none = async |tx: &mut Tx| Ok::<_, Error>(drafts::set(tx, id(1), &[]).await?);
        db.write(none).await.expect("kept");
        assert_eq!(found(&db, lianhu, "p-a", None, 10).await, [(21, 2)]);
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("drafts", include_str!("../src/draft/store.rs"), include_str!("drafts.rs"));
}
