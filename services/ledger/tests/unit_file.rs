//! By which unit file cases were indexed, on both engines.

use std::sync::Arc;

use sanben_access::{Org, Role};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Tx, execute};
use sanben_host::App;
use sanben_ledger::case::duty::Whom;
use sanben_ledger::case::presets::Chosen;
use sanben_ledger::case::{Case, Opening, State};
use sanben_ledger::store::{self, duties, unit_file};
use sanben_ledger::{MIGRATIONS, index, reindex};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::DutyKind;
use uuid::Uuid;

const NONE: [Uuid; 0] = [];
const UNITS: &str = include_str!("../../../libs/access/units.toml");
const STATION: &str = "lianhu-beiyuanmen";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A station objects to being assigned a matter that is about `accused`.
fn objected(number: u128, accused: &str) -> Case {
    let opening = Opening {
        submissions: vec![id(number + 1000)],
        book: Book::Complaint,
        track: Track::Accusation,
        origin: Channel::Online,
        title: "窗口服务".into(),
        summary: "摘要".into(),
        lead_unit: STATION.into(),
        gate_unit: STATION.into(),
        gate_chain: vec![STATION.into(), "lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: vec![accused.to_owned()],
        sealed: true,
        parties: 1,
        external: None,
        received: Ts::from_micros(1),
        proposed: Ts::from_micros(2),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, state: State::Objected, ..Case::open(id(number), opening) }
}

fn app(db: &Db, units: &str) -> App {
    let org = Arc::new(Org::parse(units).expect("a unit file"));
    App { org, ..sanben_host::testing::app("ledger", db.clone(), Clock::system()) }
}

async fn insert(app: &App, case: &Case) {
    app.db.write(async |tx: &mut Tx| store::insert(tx, case, &index(app, case)).await).await.expect("kept");
}

async fn decides(db: &Db, case: u128) -> Vec<String> {
    let waiting = db.read(async |tx: &mut Tx| duties::of_case(tx, id(case)).await).await.expect("what waits");
    let chief = |one: duties::Waiting| match one.whom {
        Whom::Role(Role::Chief, unit) if one.kind == DutyKind::DecideObjection => Some(unit),
        Whom::Role(..) | Whom::Person(_) => None,
    };
    waiting.into_iter().filter_map(chief).collect()
}

#[tokio::test]
async fn fingerprint_set_fingerprint() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let kept = async || db.read(async |tx: &mut Tx| unit_file::fingerprint(tx).await).await.expect("read");
        assert_eq!(kept().await, None);
        for fingerprint in [7, i64::MIN, i64::MAX] {
            db.write(async |tx: &mut Tx| unit_file::set_fingerprint(tx, fingerprint).await).await.expect("kept");
            assert_eq!(kept().await, Some(fingerprint));
        }
    })
    .await;
}

#[tokio::test]
async fn open_cases() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app(&db, UNITS);
        for number in [3, 1, 2] {
            insert(&app, &objected(number, "p-x")).await;
        }
        let archived = db.write(async |tx: &mut Tx| execute!(tx, "UPDATE cases SET state = 11 WHERE case_id = $1", id(2))).await;
        assert_eq!(archived.expect("archived"), 1);
        let open = async |after, limit| db.read(async |tx: &mut Tx| unit_file::open_cases(tx, after, limit).await).await;
        for (after, limit, expected) in [(0, 9, &[id(1), id(3)][..]), (0, 1, &[id(1)]), (1, 9, &[id(3)]), (3, 9, &NONE)] {
            assert_eq!(open(id(after), limit).await.expect("ids"), expected);
        }
    })
    .await;
}

/// Whoever is complained about becomes chief: another one decides from then on, in all cases, however many pages they are.
#[tokio::test]
async fn by_these_units() {
    const MANY: u128 = 205;
    let renamed = UNITS.replace("\"p-lianhu-chief\", name = \"刘茜\"", "\"p-accused\", name = \"某人\"");
    assert_ne!(renamed, UNITS);
    on_both("ledger", &MIGRATIONS, async |db| {
        let (before, after) = (app(&db, UNITS), app(&db, &renamed));
        reindex::by_these_units(&before).await.expect("the first one");
        for number in 1..=MANY {
            insert(&before, &objected(number, if number % 2 == 1 { "p-accused" } else { "p-x" })).await;
        }
        let cannot_be_read =
            db.write(async |tx: &mut Tx| execute!(tx, "UPDATE cases SET snapshot = '{' WHERE case_id = $1", id(4))).await;
        assert_eq!(cannot_be_read.expect("spoilt"), 1);
        let units = async || {
            let mut units = Vec::new();
            for number in [1, 2, MANY - 1, MANY] {
                units.extend(decides(&db, number).await);
            }
            units
        };
        let kept = async || db.read(async |tx: &mut Tx| unit_file::fingerprint(tx).await).await.expect("read");
        let first = kept().await;
        reindex::by_these_units(&before).await.expect("the same again");
        assert_eq!((units().await, kept().await), (vec!["lianhu".to_owned(); 4], first));
        reindex::by_these_units(&after).await.expect("another one");
        assert_eq!(units().await, ["city", "lianhu", "lianhu", "city"]);
        assert_ne!(kept().await, first);
        // What is done is not done again.
        db.write(async |tx: &mut Tx| execute!(tx, "DELETE FROM duties")).await.expect("deleted");
        reindex::by_these_units(&after).await.expect("the same again");
        assert!(units().await.is_empty());
        reindex::by_these_units(&before).await.expect("back again");
        assert_eq!((units().await, kept().await), (vec!["lianhu".to_owned(); 4], first));
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("unit_file", include_str!("../src/store/unit_file.rs"), include_str!("unit_file.rs"));
}
