//! The store of what authorities outside the bureau are asked for, on both engines.

use crate::kept::{self, Index};
use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx};
use sanben_host::Key;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::{
    reader::Reader,
    store::{self, Document},
};
use sanben_ledger::co_handling::store as co_handlings;
use sanben_ledger::co_handling::store::Asked;
use sanben_ledger_rules::case::{Case, CoHandling, Opening, State, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::DocumentKind;
use uuid::Uuid;

const SYSTEM: &str = "system-chengguan";
const OTHER: &str = "system-zhujian";
const TWICE: i64 = 20;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn case(number: u128, accused: &[&str]) -> Case {
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
        accused_units: accused.iter().filter_map(|who| who.strip_prefix("u:")).map(str::to_owned).collect(),
        accused_persons: accused.iter().filter_map(|who| who.strip_prefix("p:")).map(str::to_owned).collect(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(1),
        proposed: Ts::from_micros(2),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(id(number), opening) }
}

fn text(number: u128) -> String {
    format!("请核实第 {number} 处「路灯」。𠮷")
}

/// Asked at `time`; its paper has the same number as its row.
async fn ask(tx: &mut Tx, row: u128, case: u128, number: usize, system: &str, time: i64) -> Result<(), Error> {
    let (kind, created) = (DocumentKind::CoHandling, Ts::from_micros(time));
    let (unit, authority) = ("lianhu".to_owned(), "市城管局".to_owned());
    let document = Document { id: id(row), kind, round: 1, text: text(row), created, unit, authority };
    store::insert_document(tx, id(case), &document).await?;
    co_handlings::insert(tx, id(row), id(case), number, system, id(row), created).await
}

async fn listed(db: &Db, system: &str, units: &[&str], open: bool, before: Option<Key>, limit: i64) -> Vec<u128> {
    let reader = Reader { units: units.iter().map(|unit| (*unit).to_owned()).collect(), person: system.to_owned() };
    let found = db.read(async |tx: &mut Tx| co_handlings::list(tx, &reader, open, before, limit).await).await;
    found.expect("a list").iter().map(|asked| asked.id.as_u128()).collect()
}

async fn filled(db: &Db) {
    let work = async |tx: &mut Tx| {
        for one in [case(1, &[]), case(2, &[]), case(3, &["u:lianhu", "p:system-accused"])] {
            kept::insert(tx, &one, &Index::in_reach(["city"])).await?;
        }
        for (row, case, number, system, time) in [
            (11, 1, 1, SYSTEM, 10),
            (12, 1, 2, OTHER, TWICE),
            (13, 1, 3, SYSTEM, TWICE),
            (14, 2, 1, SYSTEM, TWICE),
            (15, 3, 1, SYSTEM, 40),
            (16, 3, 2, "system-accused", 40),
        ] {
            ask(tx, row, case, number, system, time).await?;
        }
        Ok::<_, Error>(())
    };
    db.write(work).await.expect("kept");
}

#[tokio::test]
async fn insert_find() {
    on_both("ledger", &MIGRATIONS, async |db| {
        filled(&db).await;
        let found = async |case, number| db.read(async |tx: &mut Tx| co_handlings::find(tx, id(case), number).await).await;
        let expected = Asked { id: id(13), case: case(1, &[]), number: 3, request: text(13), at: Ts::from_micros(TWICE) };
        assert_eq!(found(1, 3).await.expect("a row"), Some(expected));
        for (case, number) in [(1, 0), (1, 4), (9, 1), (1, usize::MAX)] {
            assert_eq!(found(case, number).await.expect("an answer"), None, "{case} {number}");
        }
        let twice = async |tx: &mut Tx| co_handlings::insert(tx, id(99), id(1), 1, SYSTEM, id(99), Ts::from_micros(1)).await;
        let again = db.write(twice).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn list_by_system_and_page() {
    on_both("ledger", &MIGRATIONS, async |db| {
        filled(&db).await;
        let all = [15, 14, 13, 11];
        let reader = Reader { units: Vec::new(), person: SYSTEM.to_owned() };
        let found = db.read(async |tx: &mut Tx| co_handlings::list(tx, &reader, true, None, 1).await).await.expect("a list");
        assert_eq!(found, [Asked { id: id(15), ..found[0].clone() }], "the newest first");
        assert_eq!(listed(&db, SYSTEM, &[], false, None, 10).await, all);
        assert_eq!(listed(&db, SYSTEM, &[], true, None, 2).await, all[..2]);
        assert_eq!(listed(&db, SYSTEM, &[], true, Some((TWICE, id(14))), 10).await, all[2..]);
        assert_eq!(listed(&db, SYSTEM, &["beilin", "city"], false, Some((10, id(11))), 10).await, [0; 0]);
        assert_eq!(listed(&db, OTHER, &[], false, None, 10).await, [12]);
        // Whoever is complained about finds it by no route.
        assert_eq!(listed(&db, SYSTEM, &["lianhu-tumen", "lianhu", "city"], false, None, 10).await, all[1..]);
        for system in ["system-accused", "", "system-chengguan' OR ''='", "SYSTEM-CHENGGUAN"] {
            assert_eq!(listed(&db, system, &[], false, None, 10).await, [0; 0], "{system}");
        }
    })
    .await;
}

#[tokio::test]
async fn answered_withdrawn() {
    on_both("ledger", &MIGRATIONS, async |db| {
        filled(&db).await;
        db.write(async |tx: &mut Tx| co_handlings::answered(tx, id(1), 3).await).await.expect("kept");
        assert_eq!(listed(&db, SYSTEM, &[], true, None, 10).await, [15, 14, 11]);
        assert_eq!(listed(&db, OTHER, &[], true, None, 10).await, [12]);
        db.write(async |tx: &mut Tx| co_handlings::withdrawn(tx, id(1)).await).await.expect("kept");
        assert_eq!(listed(&db, SYSTEM, &[], true, None, 10).await, [15, 14]);
        assert_eq!(listed(&db, OTHER, &[], true, None, 10).await, [0; 0]);
        assert_eq!(listed(&db, SYSTEM, &[], false, None, 10).await, [15, 14, 13, 11], "they are still there");
    })
    .await;
}

/// What a case says of them goes with it when it is kept: as long as one waits, nothing is withdrawn.
#[tokio::test]
async fn update_withdraws_what_waits_no_more() {
    on_both("ledger", &MIGRATIONS, async |db| {
        filled(&db).await;
        let asked = |withdrawn| CoHandling {
            authority: "市城管局".into(),
            system: SYSTEM.into(),
            due: "2026-12-01".into(),
            answered: false,
            withdrawn,
        };
        let kept = async |revision: i64, withdrawn| {
            let next = Case {
                revision: revision + 1,
                state: State::Registered,
                co_handlings: vec![asked(true), asked(withdrawn)],
                ..case(1, &[])
            };
            db.write(async |tx: &mut Tx| kept::update(tx, &next, revision, &Index::in_reach(["city"])).await).await.expect("kept");
        };
        kept(1, false).await;
        assert_eq!(listed(&db, SYSTEM, &[], true, None, 10).await, [15, 14, 13, 11]);
        kept(2, true).await;
        assert_eq!(listed(&db, SYSTEM, &[], true, None, 10).await, [15, 14]);
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("co_handlings", include_str!("../src/co_handling/store.rs"), include_str!("co_handlings.rs"));
}
