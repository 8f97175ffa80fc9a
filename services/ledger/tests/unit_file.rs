//! By which unit file cases were indexed, on both engines.

use std::sync::Arc;
use std::time::Duration;

use sanben_access::{Org, Role};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Tx, execute, fetch_all};
use sanben_host::App;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::{act::reach, reader::Reader, store};
use sanben_ledger::draft::store as drafts;
use sanben_ledger::duty::store as duties;
use sanben_ledger::finding::{reindex, store::unit_file};
use sanben_ledger::ledger;
use sanben_ledger_rules::case::{Case, Draft, Opening, Reached, Reply, Report, State, duty::Whom, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Outcome, Track};
use sanben_proto::ledger::{ClockKind, Door, DraftKind, DraftState, DutyKind, Rung};
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
    app.db.write(async |tx: &mut Tx| ledger(app.clone()).open(tx, case).await).await.expect("kept");
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
async fn cases() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app(&db, UNITS);
        for number in [3, 1, 2] {
            insert(&app, &objected(number, "p-x")).await;
        }
        let found = async |after, limit| db.read(async |tx: &mut Tx| unit_file::cases(tx, after, limit).await).await;
        for (after, limit, expected) in [(0, 9, &[id(1), id(2), id(3)][..]), (0, 1, &[id(1)]), (2, 9, &[id(3)]), (3, 9, &NONE)] {
            assert_eq!(found(id(after), limit).await.expect("ids"), expected);
        }
    })
    .await;
}

/// A station goes over to another sub-bureau: whoever was above it finds none of its cases any more, also of those that are archived.
#[tokio::test]
async fn by_these_units_with_another_tree() {
    let station = UNITS.find(&format!("id = \"{STATION}\"")).expect("a station");
    let (head, tail) = UNITS.split_at(station);
    let moved = format!("{head}{}", tail.replacen("parent = \"lianhu\"", "parent = \"beilin\"", 1));
    on_both("ledger", &MIGRATIONS, async |db| {
        let (before, after) = (app(&db, UNITS), app(&db, &moved));
        reindex::by_these_units(&ledger(before.clone())).await.expect("the first one");
        let (id_of_it, at) = (id(77), Ts::from_micros(3));
        let order = Draft {
            id: id_of_it,
            number: 1,
            kind: DraftKind::Order,
            state: DraftState::Open,
            clock: ClockKind::Finish,
            subject: String::new(),
            turn: 1,
            rung: Rung::Due,
            unit: STATION.into(),
            signer: "lianhu".into(),
            at,
            due: at,
        };
        let rungs = vec![Reached { kind: ClockKind::Finish, subject: String::new(), turn: 1, rung: Rung::Due, at }];
        // The sub-bureau was late before the station led: the sub-bureau does not sign that itself.
        let bulletin = Draft {
            id: id(78),
            number: 2,
            kind: DraftKind::Bulletin,
            unit: "lianhu".into(),
            signer: "city".into(),
            ..order.clone()
        };
        let open = Case { drafts: vec![order, bulletin], rungs, ..objected(1, "p-x") };
        insert(&before, &open).await;
        let mut of_city = objected(3, "p-x");
        of_city.gate = Some(vec!["city".into()]);
        insert(&before, &of_city).await;
        let reply = Reply {
            report: Report { handler: "p-handler".into(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false },
            delivered: Ts::from_micros(3),
            verdict_deadline: Ts::from_micros(4),
            opinion: None,
        };
        insert(&before, &Case { state: State::Archived { reply, door: Door::Confirmed }, ..objected(2, "p-x") }).await;
        let reach = async |number| {
            let sql = "SELECT unit_id FROM case_reach WHERE case_id = $1 ORDER BY unit_id";
            let rows = db.read(async |tx: &mut Tx| fetch_all!(tx, (String,), sql, id(number))).await.expect("rows");
            rows.into_iter().map(|(unit,)| unit).collect::<Vec<_>>()
        };
        assert_eq!((reach(1).await, reach(2).await), (vec!["city".to_owned(), "lianhu".into(), STATION.into()], reach(1).await));
        assert!(reindex::by_these_units(&ledger(after.clone())).await.expect("another one"));
        assert!(!reindex::by_these_units(&ledger(after.clone())).await.expect("the same one"));
        assert_eq!((reach(1).await, reach(2).await), (vec!["beilin".to_owned(), "city".into(), STATION.into()], reach(1).await));
        let found = |number| db.read(async move |tx: &mut Tx| store::find(tx, id(number)).await);
        let (open, archived) = (found(1).await.expect("read").expect("a case"), found(2).await.expect("read").expect("a case"));
        assert_eq!(open.gate_chain(), [STATION, "beilin", "city"], "who reviews it");
        assert_eq!(reach(3).await, ["beilin", "city", STATION]);
        assert_eq!(found(3).await.expect("read").expect("a case").revision, 2, "whoever watches hears that others find it");
        assert_eq!(open.drafts[1].signer, "city", "above the unit that it is about");
        assert_eq!((open.revision, archived.revision), (2, 1), "it says so in its history, and what is sealed stays as it is");
        assert_eq!((open.drafts[0].signer.as_str(), open.drafts[0].state), ("beilin", DraftState::Open), "who signs what waits");
        let waits = async |unit: &str| {
            let reader = Reader { units: vec![unit.to_owned(), "city".into()], person: "p-reader".into() };
            let found = db.read(async |tx: &mut Tx| drafts::waiting(tx, &reader, None, 9).await).await.expect("drafts");
            found.into_iter().map(|(waiting, _)| waiting.id).collect::<Vec<_>>()
        };
        assert_eq!((waits("lianhu").await, waits("beilin").await), (NONE.to_vec(), vec![id_of_it]));
    })
    .await;
}

/// A matter has gone to another sub-bureau, and a bulletin about the station that led it before still waits: whoever signs it finds the case.
#[tokio::test]
async fn waiting_for_a_unit_that_is_not_above_the_lead() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app(&db, UNITS);
        let at = Ts::from_micros(3);
        let bulletin = Draft {
            id: id(79),
            number: 1,
            kind: DraftKind::Bulletin,
            state: DraftState::Open,
            clock: ClockKind::Finish,
            subject: String::new(),
            turn: 1,
            rung: Rung::Over,
            unit: "beilin-nandajie".into(),
            signer: "beilin".into(),
            at,
            due: at,
        };
        for (number, state, expected) in [(1, DraftState::Open, vec![id(79)]), (2, DraftState::Signed, NONE.to_vec())] {
            let drafts = vec![Draft { id: id(78 + number), state, ..bulletin.clone() }];
            let case = Case { drafts, ..objected(number, "p-x") };
            insert(&app, &case).await;
            assert_eq!(reach(&app, &case).contains(&"beilin".to_owned()), state == DraftState::Open);
            let reader = Reader { units: vec!["beilin".into(), "city".into()], person: "p-reader".into() };
            let found = db.read(async |tx: &mut Tx| drafts::waiting(tx, &reader, None, 9).await).await.expect("drafts");
            let of_it = found.into_iter().filter(|(_, case)| case.id == id(number)).map(|(waiting, _)| waiting.id);
            assert_eq!(of_it.collect::<Vec<_>>(), expected);
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
        reindex::by_these_units(&ledger(before.clone())).await.expect("the first one");
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
        reindex::by_these_units(&ledger(before.clone())).await.expect("the same again");
        assert_eq!((units().await, kept().await), (vec!["lianhu".to_owned(); 4], first));
        reindex::by_these_units(&ledger(after.clone())).await.expect("another one");
        assert_eq!(units().await, ["city", "lianhu", "lianhu", "city"]);
        let case = db.read(async |tx: &mut Tx| store::find(tx, id(1)).await).await.expect("read").expect("a case");
        assert_eq!(case.revision, 1, "the same units find it and sign for it, so its history says nothing");
        assert_ne!(kept().await, first);
        // What is done is not done again.
        db.write(async |tx: &mut Tx| execute!(tx, "DELETE FROM duties")).await.expect("deleted");
        reindex::by_these_units(&ledger(after.clone())).await.expect("the same again");
        assert!(units().await.is_empty());
        reindex::by_these_units(&ledger(before.clone())).await.expect("back again");
        assert_eq!((units().await, kept().await), (vec!["lianhu".to_owned(); 4], first));
    })
    .await;
}

/// Whoever is complained about becomes chief on a day that the file named all along.
#[tokio::test]
async fn by_these_units_of_another_day() {
    let chief = UNITS.lines().find(|line| line.contains("\"p-lianhu-chief\"")).expect("a chief");
    let (head, from) = chief.split_once("from = \"").expect("a first day");
    let ended = format!("{head}from = \"{}\", to = \"2026-12-31\" }},", &from[..10]);
    let next = "{ id = \"t-next\", person = \"p-accused\", name = \"某人\", post = \"chief\", from = \"2027-01-01\" },";
    let units = UNITS.replace(chief, &format!("{ended}\n{next}"));
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = App { clock: Clock::fake(Ts::parse("2026-12-31T15:59:59Z").expect("an instant")), ..app(&db, &units) };
        reindex::by_these_units(&ledger(app.clone())).await.expect("the first one");
        insert(&app, &objected(1, "p-accused")).await;
        reindex::by_these_units(&ledger(app.clone())).await.expect("the same day");
        assert_eq!(decides(&db, 1).await, ["lianhu"]);
        app.clock.advance(Duration::from_secs(1)).expect("a fake clock");
        reindex::by_these_units(&ledger(app.clone())).await.expect("the day after");
        assert_eq!(decides(&db, 1).await, ["city"]);
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("unit_file", include_str!("../src/finding/store/unit_file.rs"), include_str!("unit_file.rs"));
}
