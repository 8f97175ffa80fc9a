//! The store of duties on both engines.

use crate::kept::{self, Index};
use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Tx};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::reader::Reader;
use sanben_ledger::duty::store::{self as duties, NEVER, Place, Waiting};
use sanben_ledger_rules::case::{Case, Opening, duty::Whom, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::DutyKind;
use uuid::Uuid;

fn at(micros: i64) -> Ts {
    Ts::from_micros(micros)
}

fn case(number: u128, accused_units: &[&str], accused_persons: &[&str]) -> Case {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let opening = Opening {
        submissions: vec![Uuid::from_u128(number + 1000)],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路灯".into(),
        summary: "it's «路灯» 𠮷".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: owned(accused_units),
        accused_persons: owned(accused_persons),
        sealed: false,
        parties: 1,
        external: None,
        received: at(1),
        proposed: at(2),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(Uuid::from_u128(number), opening) }
}

fn handlers() -> Whom {
    Whom::Role(Role::Handler, "lianhu".into())
}

fn somebody() -> Whom {
    Whom::Person("p-it's 𠮷".into())
}

fn waiting(kind: DutyKind, subject: &str, whom: Whom, due: Ts, since: Ts) -> Waiting {
    Waiting { kind, subject: subject.to_owned(), whom, due, since }
}

async fn insert(db: &Db, case: &Case, duties: &[Waiting]) {
    let index = Index { duties: duties.to_vec(), ..Index::in_reach(["lianhu", "city"]) };
    db.write(async |tx: &mut Tx| kept::insert(tx, case, &index).await).await.expect("kept");
}

#[tokio::test]
async fn set_and_of_case() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let set = async |case, of: &[Waiting]| {
            db.write(async |tx: &mut Tx| duties::set(tx, Uuid::from_u128(case), of).await).await.expect("kept");
        };
        let first = [
            waiting(DutyKind::Undertake, "", handlers(), at(50), at(10)),
            waiting(DutyKind::AnswerUrge, "1", handlers(), at(60), at(11)),
            waiting(DutyKind::Deliver, "", somebody(), NEVER, at(12)),
        ];
        let of_case = async |case| {
            let found = db.read(async |tx: &mut Tx| duties::of_case(tx, Uuid::from_u128(case)).await).await;
            found.expect("what waits")
        };
        let sorted = |of: &[Waiting]| {
            let mut of = of.to_vec();
            of.sort_by_key(|one| (one.kind as i32, one.subject.clone()));
            of
        };
        set(1, &first).await;
        set(2, &first[..1]).await;
        assert_eq!(of_case(1).await, sorted(&first));
        assert_eq!(of_case(9).await, []);
        let changed = [
            waiting(DutyKind::Undertake, "", handlers(), at(55), at(40)),
            waiting(DutyKind::AnswerUrge, "2", handlers(), at(60), at(40)),
            waiting(DutyKind::Deliver, "", somebody(), NEVER, at(5)),
        ];
        set(1, &changed).await;
        set(1, &changed).await;
        let [undertake, answer, deliver] = changed;
        let expected = [Waiting { since: at(10), ..undertake }, answer, deliver];
        assert_eq!(of_case(1).await, sorted(&expected), "what waited before has waited since then, or longer");
        assert_eq!(of_case(2).await, first[..1], "of no other case");
        let forget = async |since| {
            db.write(async |tx: &mut Tx| duties::forget_since(tx, Uuid::from_u128(1), at(since)).await).await.expect("forgotten");
        };
        forget(11).await;
        assert_eq!(of_case(1).await, sorted(&expected), "nothing has waited since then");
        forget(10).await;
        assert_eq!(of_case(1).await, sorted(&expected[1..]));
        set(1, &expected).await;
        assert_eq!(of_case(2).await, first[..1], "of no other case");
        set(1, &[]).await;
        assert_eq!(of_case(1).await, []);
    })
    .await;
}

#[tokio::test]
async fn of_whom() {
    const FROM_THE_BEGINNING: Place = Place { due: at_min(), since: at_min(), number: i64::MIN };
    on_both("ledger", &MIGRATIONS, async |db| {
        let one = |kind, due, since| waiting(kind, "", handlers(), due, since);
        insert(&db, &case(1, &[], &[]), &[one(DutyKind::Undertake, at(50), at(10)), one(DutyKind::ReviewHandler, NEVER, at(10))])
            .await;
        insert(&db, &case(2, &[], &[]), &[one(DutyKind::Undertake, at(50), at(9))]).await;
        insert(&db, &case(3, &["beilin"], &[]), &[one(DutyKind::Undertake, at(40), at(11))]).await;
        insert(&db, &case(4, &[], &["p-accused"]), &[one(DutyKind::Undertake, at(30), at(11))]).await;
        let to_come = waiting(DutyKind::StrikeOff, "", handlers(), NEVER, at(100));
        insert(&db, &case(5, &[], &[]), &[to_come, waiting(DutyKind::Deliver, "", somebody(), at(1), at(1))]).await;
        let alike = [("1", 60), ("2", 60), ("3", 60)]
            .map(|(subject, due)| waiting(DutyKind::AnswerUrge, subject, handlers(), at(due), at(12)));
        insert(&db, &case(6, &[], &[]), &alike).await;
        let reader = |person: &str, units: &[&str]| Reader {
            person: person.to_owned(),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        };
        let listed = async |whom: &Whom, reader: &Reader, now, after, limit| {
            let found = db.read(async |tx: &mut Tx| duties::of_whom(tx, whom, reader, at(now), after, limit).await).await;
            found.expect("a list")
        };
        let ids = |of: &[duties::Listed]| of.iter().map(|one| one.case.id.as_u128()).collect::<Vec<_>>();
        let own = reader("p-handler", &["lianhu", "city"]);
        let all = listed(&handlers(), &own, 99, FROM_THE_BEGINNING, 20).await;
        assert_eq!(ids(&all), [4, 3, 2, 1, 6, 6, 6, 1], "by when it is due, then since when it waits; not what is to come");
        assert!(all.is_sorted_by_key(|one| one.place) && all.windows(2).all(|two| two[0].place != two[1].place));
        assert_eq!((all[7].kind, all[7].place.due), (DutyKind::ReviewHandler, NEVER));
        assert_eq!(all[0].case, case(4, &[], &["p-accused"]));
        let now = listed(&handlers(), &own, 100, FROM_THE_BEGINNING, 20).await;
        assert_eq!(ids(&now), [4, 3, 2, 1, 6, 6, 6, 1, 5], "it has come");
        let mut paged = Vec::new();
        let mut after = FROM_THE_BEGINNING;
        loop {
            let page = listed(&handlers(), &own, 100, after, 2).await;
            let Some(last) = page.last() else { break };
            after = last.place;
            paged.extend(page);
        }
        assert_eq!(paged, now, "page by page");
        assert_eq!(ids(&listed(&handlers(), &own, 99, Place::before(at(50)), 20).await), [2, 1, 6, 6, 6, 1]);
        assert_eq!(ids(&listed(&handlers(), &own, 99, Place::before(at(51)), 20).await), [6, 6, 6, 1]);
        let accused = reader("p-accused", &["lianhu", "city"]);
        assert_eq!(ids(&listed(&handlers(), &accused, 99, FROM_THE_BEGINNING, 20).await), [3, 2, 1, 6, 6, 6, 1]);
        let below = reader("p-x", &["beilin-nanyuanmen", "beilin", "city"]);
        assert_eq!(ids(&listed(&handlers(), &below, 99, FROM_THE_BEGINNING, 20).await), [4, 2, 1, 6, 6, 6, 1]);
        assert_eq!(ids(&listed(&somebody(), &own, 99, FROM_THE_BEGINNING, 20).await), [5]);
        for nobody in
            [Whom::Person("p-nobody".into()), Whom::Role(Role::Office, "lianhu".into()), Whom::Role(Role::Handler, "city".into())]
        {
            assert_eq!(listed(&nobody, &own, 99, FROM_THE_BEGINNING, 20).await, []);
        }
    })
    .await;
}

const fn at_min() -> Ts {
    Ts::from_micros(i64::MIN)
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("duties", include_str!("../src/duty/store.rs"), include_str!("duties.rs"));
}
