//! Every store function on both engines.

use crate::kept::{self, Index};
use sanben_bus::{Actor, record};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::{
    reader::Reader,
    store::{
        self, Document,
        accountability::{self, Accountability},
    },
};
use sanben_ledger::catalogue::praise::store::PraiseFilter;
use sanben_ledger::catalogue::praise::{self, Praise};
use sanben_ledger::figure::store::{
    gates::{self, Decided, Followed, Waiting},
    personal_duties::{self, DutyCount},
};
use sanben_ledger::finding::store::index;
use sanben_ledger::finding::store::query::{self, Filter};
use sanben_ledger::paper::store::{self as papers, Paper};
use sanben_ledger_rules::case::{Accounted, Case, Event, Opening, Owner, Registration, Reply, Report, State, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Outcome, PaperKind, Track};
use sanben_proto::ledger::{AccountabilityMeasure, CaseState, DocumentKind, Door, PersonalDuty};
use uuid::Uuid;

const CITY: &[&str] = &["city"];
const LIANHU: &[&str] = &["lianhu", "city"];
const STATION: &[&str] = &["lianhu-beiyuanmen", "lianhu", "city"];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

/// A case that was proposed at `time`, at its first revision.
fn case(number: u128, book: Book, time: i64) -> Case {
    let opening = Opening {
        submissions: vec![id(number + 1000)],
        book,
        track: Track::Petition,
        origin: Channel::Online,
        title: "窗口服务「态度」".into(),
        summary: "it's; \"quoted\" 𠮷".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(time - 1),
        proposed: Ts::from_micros(time),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(id(number), opening) }
}

fn accusing(mut case: Case, units: &[&str], persons: &[&str]) -> Case {
    case.opening.accused_units = owned(units);
    case.opening.accused_persons = owned(persons);
    case
}

fn registered(case: &Case, number: &str) -> Case {
    Case { revision: case.revision + 1, number: Some(number.to_owned()), state: State::Registered, ..case.clone() }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

async fn insert(db: &Db, cases: &[Case], reach: &[&str]) {
    write(db, async |tx: &mut Tx| {
        for case in cases {
            kept::insert(tx, case, &Index::in_reach(reach)).await?;
        }
        Ok(())
    })
    .await;
}

async fn listed(db: &Db, filter: &Filter) -> Vec<u128> {
    let found = db.read(async |tx: &mut Tx| query::list(tx, filter).await).await.expect("a list");
    found.iter().map(|case| case.id.as_u128()).collect()
}

fn reader(units: &[&str], person: &str) -> Filter {
    Filter { reader: Reader { units: owned(units), person: person.into() }, limit: 10, ..Filter::default() }
}

#[tokio::test]
async fn insert_find() {
    on_both("ledger", &MIGRATIONS, async |db| {
        // The same person may be named twice.
        let of = accusing(case(1, Book::Complaint, 5), &["beilin", "beilin"], &["p-a", "p-a"]);
        insert(&db, std::slice::from_ref(&of), LIANHU).await;
        write(&db, async |tx: &mut Tx| {
            assert_eq!(store::find(tx, of.id).await?, Some(of.clone()));
            assert_eq!(store::find(tx, id(2)).await?, None);
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert(tx, &of).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn update() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let of = case(1, Book::Demand, 5);
        let next = registered(&of, "诉〔2023〕7F3K2Q");
        insert(&db, std::slice::from_ref(&of), LIANHU).await;
        write(&db, async |tx: &mut Tx| kept::update(tx, &next, of.revision, &Index::in_reach(["beilin", "city"])).await).await;
        let found = write(&db, async |tx: &mut Tx| store::find(tx, of.id).await).await;
        assert_eq!(found, Some(next.clone()));
        let rows: [(&[&str], &[u128]); 3] = [(LIANHU, &[]), (&["beilin", "city"], &[1]), (CITY, &[1])];
        for (units, expected) in rows {
            assert_eq!(listed(&db, &reader(units, "p-a")).await, expected, "reach is the new one: {units:?}");
        }
        for stale in [of.revision, of.revision - 1, next.revision + 1] {
            let refused = db.write(async |tx: &mut Tx| store::update(tx, &next, stale).await).await;
            assert!(matches!(refused, Err(Error::Conflict)), "at {stale}: {refused:?}");
        }
        let missing = db.write(async |tx: &mut Tx| store::update(tx, &case(2, Book::Demand, 5), 1).await).await;
        assert!(matches!(missing, Err(Error::Conflict)), "{missing:?}");
        assert_eq!(listed(&db, &reader(&["beilin"], "p-a")).await, [1], "a refused update leaves the reach");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn update_by_several_at_once() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let of = case(1, Book::Demand, 5);
        insert(&db, std::slice::from_ref(&of), LIANHU).await;
        let writers = ["诉〔2023〕AAAAAA", "诉〔2023〕BBBBBB", "诉〔2023〕CCCCCC"].map(|number| {
            let (db, next) = (db.clone(), registered(&of, number));
            tokio::spawn(
                async move { db.write(async |tx: &mut Tx| kept::update(tx, &next, 1, &Index::in_reach(LIANHU)).await).await },
            )
        });
        let mut done = 0;
        for writer in writers {
            match writer.await.expect("no panic") {
                Ok(()) => done += 1,
                Err(error) => assert!(matches!(error, Error::Conflict), "{error:?}"),
            }
        }
        assert_eq!(done, 1);
    })
    .await;
}

/// Who reads in their turn reads what the one before wrote, so that nobody is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    const WRITERS: i64 = 6;
    on_both("ledger", &MIGRATIONS, async |db| {
        let of = case(1, Book::Demand, 5);
        insert(&db, std::slice::from_ref(&of), LIANHU).await;
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    store::take_turn(tx, id(1)).await?;
                    let mut of = store::find(tx, id(1)).await?.expect("it is there");
                    (of.revision, of.round) = (of.revision + 1, of.round + 1);
                    kept::update(tx, &of, of.revision - 1, &Index::in_reach(LIANHU)).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else changed it first");
        }
        let found = write(&db, async |tx: &mut Tx| store::find(tx, id(1)).await).await;
        assert_eq!(found.map(|of| (of.revision, of.round)), Some((1 + WRITERS, 7)));
        write(&db, async |tx: &mut Tx| store::take_turn(tx, id(2)).await).await;
    })
    .await;
}

#[tokio::test]
async fn number_taken() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let (first, second) = (case(1, Book::Demand, 5), case(2, Book::Demand, 6));
        insert(&db, &[first.clone(), second.clone()], LIANHU).await;
        let number = "诉〔2023〕7F3K2Q";
        write(&db, async |tx: &mut Tx| {
            assert!(!store::number_taken(tx, number).await?);
            kept::update(tx, &registered(&first, number), 1, &Index::default()).await?;
            assert!(store::number_taken(tx, number).await?);
            assert!(!store::number_taken(tx, "诉〔2023〕7F3K2R").await?);
            assert!(!store::number_taken(tx, "").await?, "many have none");
            Ok(())
        })
        .await;
        let twice = db.write(async |tx: &mut Tx| kept::update(tx, &registered(&second, number), 1, &Index::default()).await).await;
        assert!(matches!(twice, Err(Error::Conflict)), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn list_by_each_filter_alone_and_together() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let numbered = case(3, Book::Demand, 30);
        insert(&db, &[case(1, Book::Complaint, 10), case(2, Book::Demand, 20), numbered.clone()], LIANHU).await;
        insert(&db, &[case(4, Book::Demand, 30)], &["beilin", "city"]).await;
        write(&db, async |tx: &mut Tx| {
            kept::update(tx, &registered(&numbered, "诉〔2023〕7F3K2Q"), 1, &Index::in_reach(LIANHU)).await
        })
        .await;
        let city = || reader(CITY, "p-a");
        let rows: [(Filter, &[u128]); 15] = [
            (city(), &[4, 3, 2, 1]),
            (reader(LIANHU, "p-a"), &[3, 2, 1]),
            (reader(&["beilin", "city"], "p-a"), &[4]),
            (reader(STATION, "p-a"), &[]),
            (reader(&[], "p-a"), &[]),
            (reader(&[""], "p-a"), &[]),
            (Filter { book: Some(Book::Demand), ..city() }, &[4, 3, 2]),
            (Filter { book: Some(Book::Suggestion), ..city() }, &[]),
            (Filter { states: vec![CaseState::Registered], ..city() }, &[3]),
            (Filter { states: vec![CaseState::Proposed], ..city() }, &[4, 2, 1]),
            (Filter { number: "诉〔2023〕7F3K2Q".into(), ..city() }, &[3]),
            (Filter { number: "诉〔2023〕7f3k2q' OR ''='".into(), ..city() }, &[]),
            (Filter { before: Some((30, id(4))), ..city() }, &[3, 2, 1]),
            (Filter { limit: 2, ..city() }, &[4, 3]),
            (
                Filter {
                    book: Some(Book::Demand),
                    states: vec![CaseState::Proposed],
                    before: Some((30, id(4))),
                    limit: 1,
                    ..reader(LIANHU, "p-a")
                },
                &[2],
            ),
        ];
        for (filter, expected) in rows {
            assert_eq!(listed(&db, &filter).await, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_shows_nothing_to_who_is_complained_about() {
    on_both("ledger", &MIGRATIONS, async |db| {
        insert(&db, &[accusing(case(1, Book::Complaint, 1), &["lianhu-beiyuanmen"], &["p-accused"])], STATION).await;
        insert(&db, &[accusing(case(2, Book::Complaint, 2), &["lianhu"], &[])], STATION).await;
        insert(&db, &[accusing(case(3, Book::Complaint, 3), &[], &["lianhu", "u:city"])], STATION).await;
        let rows: [(&[&str], &str, &[u128]); 7] = [
            (CITY, "p-a", &[3, 2, 1]),
            (CITY, "p-accused", &[3, 2]),
            (CITY, "lianhu", &[2, 1]),
            (CITY, "u:lianhu", &[3, 2, 1]),
            (LIANHU, "p-a", &[3, 1]),
            (LIANHU, "p-accused", &[3]),
            (STATION, "p-a", &[3]),
        ];
        for (units, person, expected) in rows {
            assert_eq!(listed(&db, &reader(units, person)).await, expected, "{person} of {units:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_in_pages_while_others_write() {
    on_both("ledger", &MIGRATIONS, async |db| {
        // Three at each instant, so that pages end within one.
        let at = |number: u128| i64::try_from(number / 3).expect("a small number");
        let cases: Vec<Case> = (10..30).map(|number| case(number, Book::Demand, at(number))).collect();
        insert(&db, &cases, LIANHU).await;
        let (mut seen, mut before) = (Vec::new(), None);
        for new in 100..110 {
            let filter = Filter { before, limit: 3, ..reader(CITY, "p-a") };
            let page = db.read(async |tx: &mut Tx| query::list(tx, &filter).await).await.expect("a page");
            seen.extend(page.iter().map(|case| case.id.as_u128()));
            before = page.last().map(|case| (case.opening.proposed.micros(), case.id)).or(before);
            // Newer than every page, and one that has moved on meanwhile.
            insert(&db, &[case(new, Book::Demand, 1000)], LIANHU).await;
            let moved = &cases[usize::try_from(new).expect("a small number") - 100];
            let next = registered(moved, &format!("诉〔2023〕{new}"));
            write(&db, async |tx: &mut Tx| kept::update(tx, &next, 1, &Index::in_reach(LIANHU)).await).await;
        }
        assert_eq!(seen, (10..30).rev().collect::<Vec<u128>>());
    })
    .await;
}

fn paper(number: u128, kind: DocumentKind, time: i64) -> Document {
    Document {
        id: id(number),
        kind,
        round: 2,
        text: "您好，「退款」已办结。𠮷".into(),
        created: Ts::from_micros(time),
        unit: "lianhu".into(),
        authority: if kind == DocumentKind::Reply { "市「城管」局".into() } else { String::new() },
    }
}

#[tokio::test]
async fn insert_document_documents() {
    on_both("ledger", &MIGRATIONS, async |db| {
        // Written in another order than they were made; two at one instant.
        let papers = [
            paper(5, DocumentKind::Reply, 20),
            paper(2, DocumentKind::Report, 10),
            paper(4, DocumentKind::Report, 20),
            paper(3, DocumentKind::Accountability, i64::MAX),
        ];
        write(&db, async |tx: &mut Tx| {
            for paper in &papers {
                store::insert_document(tx, id(1), paper).await?;
            }
            store::insert_document(tx, id(9), &paper(6, DocumentKind::Reply, 1)).await?;
            let all = store::documents(tx, id(1), None, 10).await?;
            assert_eq!(all, [&papers[1], &papers[2], &papers[0], &papers[3]].map(Clone::clone));
            let key = |paper: &Document| Some((paper.created.micros(), paper.id));
            assert_eq!(store::documents(tx, id(1), None, 2).await?, all[..2]);
            assert_eq!(store::documents(tx, id(1), key(&all[1]), 10).await?, all[2..]);
            assert_eq!(store::documents(tx, id(1), key(&all[3]), 10).await?, []);
            assert_eq!(store::documents(tx, id(7), None, 10).await?, []);
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert_document(tx, id(8), &papers[0]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn last_of_each_round_documents_of() {
    on_both("ledger", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            let of = |number, round, kind, time| Document { round, ..paper(number, kind, time) };
            let papers = [
                of(2, 1, DocumentKind::Reply, 30),
                of(3, 1, DocumentKind::Reply, 20),
                of(4, 2, DocumentKind::Reply, 10),
                of(5, 2, DocumentKind::Reply, 10),
                of(6, 3, DocumentKind::Report, 40),
            ];
            for paper in &papers {
                store::insert_document(tx, id(1), paper).await?;
            }
            store::insert_document(tx, id(9), &of(7, 2, DocumentKind::Reply, 50)).await?;
            let last = store::last_of_each_round(tx, id(1), DocumentKind::Reply).await?;
            assert_eq!(last, [papers[3].clone(), papers[0].clone()]);
            assert_eq!(store::last_of_each_round(tx, id(1), DocumentKind::Publication).await?, []);
            let all = store::documents_of(tx, id(1), DocumentKind::Reply).await?;
            assert_eq!(all, [2, 3, 1, 0].map(|index| papers[index].clone()));
            assert_eq!(store::documents_of(tx, id(1), DocumentKind::Publication).await?, []);
            for number in 100..160 {
                store::insert_document(tx, id(2), &of(number, 1, DocumentKind::Reply, 1)).await?;
            }
            let newest = store::documents_of(tx, id(2), DocumentKind::Reply).await?;
            assert_eq!(newest.iter().map(|paper| paper.id.as_u128()).collect::<Vec<_>>(), (110..160).collect::<Vec<_>>());
            Ok(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn list_by_door() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let reply = || {
            let report = Report { handler: "p-handler".into(), outcome: Outcome::Supported, reviews: Vec::new(), opinion: false };
            Reply { report, delivered: Ts::from_micros(1), verdict_deadline: Ts::from_micros(2), opinion: None }
        };
        let left = |number: u128, state: State| {
            let before = case(number, Book::Demand, 1);
            (before.clone(), Case { revision: 2, state, ..before })
        };
        let cases = [
            left(1, State::StruckOff { reply: reply(), door: Door::Confirmed }),
            left(2, State::StruckOff { reply: reply(), door: Door::Exception }),
            left(3, State::Archived { reply: reply(), door: Door::Exception }),
            left(4, State::Undertaken { handler: "p-handler".into() }),
        ];
        for (before, after) in &cases {
            insert(&db, std::slice::from_ref(before), LIANHU).await;
            write(&db, async |tx: &mut Tx| kept::update(tx, after, 1, &Index::in_reach(LIANHU)).await).await;
        }
        let rows: [(Option<Door>, &[u128]); 3] =
            [(None, &[4, 3, 2, 1]), (Some(Door::Confirmed), &[1]), (Some(Door::Exception), &[3, 2])];
        for (door, expected) in rows {
            assert_eq!(listed(&db, &Filter { door, ..reader(CITY, "p-a") }).await, expected, "{door:?}");
        }
        // Taken up again, it is open.
        let again = Case { revision: 3, state: State::Undertaken { handler: "p-handler".into() }, ..cases[0].1.clone() };
        write(&db, async |tx: &mut Tx| kept::update(tx, &again, 2, &Index::in_reach(LIANHU)).await).await;
        assert!(listed(&db, &Filter { door: Some(Door::Confirmed), ..reader(CITY, "p-a") }).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn insert_praise_praises_count_praises() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let praise = |number: u128, unit: &str, time: i64| Praise {
            id: id(number),
            revision: 1,
            submission: id(number + 1000),
            unit: unit.into(),
            summary: "雨夜送走失老人回家。𠮷".into(),
            origin: Channel::Online,
            received: Ts::from_micros(time - 1),
            recorded: Ts::from_micros(time),
        };
        let all = [praise(1, "lianhu-beiyuanmen", 10), praise(2, "lianhu", 20), praise(3, "beilin", 20)];
        let reaches: [&[&str]; 3] = [STATION, LIANHU, &["beilin", "city"]];
        write(&db, async |tx: &mut Tx| {
            for (praise, reach) in all.iter().zip(reaches) {
                praise::store::insert(tx, praise, &owned(reach)).await?;
            }
            Ok(())
        })
        .await;
        let reader = |unit: &str| PraiseFilter { reader: unit.into(), limit: 10, ..PraiseFilter::default() };
        let rows: [(PraiseFilter, &[u128], i64); 6] = [
            (reader("city"), &[3, 2, 1], 3),
            (reader("lianhu"), &[2, 1], 2),
            (reader("yanta"), &[], 0),
            (PraiseFilter { unit: "lianhu".into(), ..reader("city") }, &[2], 1),
            (PraiseFilter { before: Some((20, id(3))), ..reader("city") }, &[2, 1], 3),
            (PraiseFilter { limit: 1, ..reader("city") }, &[3], 3),
        ];
        for (filter, expected, count) in rows {
            let (found, counted) = db
                .read(async |tx: &mut Tx| {
                    Ok::<_, Error>((praise::store::list(tx, &filter).await?, praise::store::count(tx, &filter).await?))
                })
                .await
                .expect("a list");
            assert_eq!(found.iter().map(|praise| praise.id.as_u128()).collect::<Vec<_>>(), expected, "{filter:?}");
            assert_eq!(counted, count, "{filter:?}");
        }
        let same = Praise { id: id(9), ..all[0].clone() };
        let again = db.write(async |tx: &mut Tx| praise::store::insert(tx, &same, &[]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn set_accountabilities_accountabilities() {
    on_both("ledger", &MIGRATIONS, async |db| {
        insert(&db, &[case(1, Book::Demand, 1), accusing(case(2, Book::Complaint, 2), &["beilin"], &["p-x"])], LIANHU).await;
        insert(&db, &[case(3, Book::Demand, 3)], &["beilin", "city"]).await;
        let accounted = |person: &str, measure| Accounted { person: person.into(), measure };
        let (none, reminder) = (AccountabilityMeasure::None, AccountabilityMeasure::Reminder);
        let found = [
            (1, 1, 10, vec![(id(11), accounted("p-a", none))]),
            // A later one in the same round takes its place.
            (1, 1, 20, vec![(id(12), accounted("p-a", reminder)), (id(13), accounted("p-b", none))]),
            (2, 1, 30, vec![(id(14), accounted("p-a", none))]),
            (3, 2, 40, vec![(id(15), accounted("p-a", none))]),
        ];
        for (number, round, at, rows) in found {
            write(&db, async |tx: &mut Tx| {
                accountability::set_accountabilities(tx, id(number), round, &rows, Ts::from_micros(at)).await
            })
            .await;
        }
        let reader = |units: &[&str], person: &str| Reader { units: owned(units), person: person.into() };
        let rows = [
            (reader(CITY, "p"), "", None, 10, [15, 14, 13, 12].as_slice()),
            (reader(CITY, "p"), "p-a", None, 10, &[15, 14, 12]),
            (reader(CITY, "p"), "p-a", Some((30, id(14))), 10, &[12]),
            (reader(CITY, "p"), "", None, 2, &[15, 14]),
            (reader(LIANHU, "p"), "", None, 10, &[14, 13, 12]),
            (reader(LIANHU, "p-x"), "", None, 10, &[13, 12]),
            (reader(&["beilin", "city"], "p"), "", None, 10, &[15]),
            (reader(&["yanta", "city"], "p"), "", None, 10, &[]),
        ];
        for (reader, person, before, limit, expected) in rows {
            let work = async |tx: &mut Tx| accountability::accountabilities(tx, &reader, person, before, limit).await;
            let found = db.read(work).await.expect("a list");
            assert_eq!(found.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>(), expected, "{reader:?} {person}");
        }
        let work = async |tx: &mut Tx| accountability::accountabilities(tx, &reader(LIANHU, "p"), "p-b", None, 1).await;
        let (case_id, at) = (id(1), Ts::from_micros(20));
        let expected =
            Accountability { id: id(13), case_id, number: String::new(), round: 1, accounted: accounted("p-b", none), at };
        assert_eq!(db.read(work).await.expect("a list"), [expected]);
    })
    .await;
}

#[tokio::test]
async fn personal_duties() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let (petition, safety) = (PersonalDuty::Petition, PersonalDuty::Safety);
        let report = Report { handler: "p-h".into(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false };
        let reply = Reply { report, delivered: Ts::from_micros(1), verdict_deadline: Ts::from_micros(1), opinion: None };
        let settled = State::Settled(reply.clone());
        let struck_off = State::StruckOff { reply: reply.clone(), door: Door::Confirmed };
        let by_exception = State::StruckOff { reply, door: Door::Exception };
        let taken = [
            (1, "p-a", petition, 10, State::Registered),
            (2, "p-a", petition, 20, settled),
            (3, "p-a", safety, 30, struck_off),
            (6, "p-a", safety, 30, by_exception),
            (4, "p-b", petition, 40, State::Registered),
        ];
        for (number, person, duty, since, state) in taken {
            let opened = accusing(case(number, Book::Demand, 1), &[], if number == 4 { &["p-x"] } else { &[] });
            insert(&db, std::slice::from_ref(&opened), LIANHU).await;
            let owner = Some(Owner { person: person.into(), duty, since: Ts::from_micros(since) });
            let owned_case = Case { revision: 2, owner, state, ..opened };
            write(&db, async |tx: &mut Tx| kept::update(tx, &owned_case, 1, &Index::in_reach(LIANHU)).await).await;
        }
        insert(&db, &[case(5, Book::Demand, 1)], LIANHU).await;
        let reader = |units: &[&str], person: &str| Reader { units: owned(units), person: person.into() };
        let count = |person: &str, duty, owned, settled, closed| DutyCount { person: person.into(), duty, owned, settled, closed };
        let a = [count("p-a", petition, 2, 1, 0), count("p-a", safety, 2, 1, 2)];
        let rows = [
            (reader(CITY, "p"), (0, 100), [a.to_vec(), vec![count("p-b", petition, 1, 0, 0)]].concat()),
            (reader(LIANHU, "p-x"), (0, 100), a.to_vec()),
            (reader(CITY, "p"), (20, 30), vec![count("p-a", petition, 1, 1, 0)]),
            (reader(&["yanta", "city"], "p"), (0, 100), Vec::new()),
        ];
        for (reader, (from, until), expected) in rows {
            let (from, until) = (Ts::from_micros(from), Ts::from_micros(until));
            let found = db.read(async |tx: &mut Tx| personal_duties::personal_duties(tx, &reader, from, until).await).await;
            assert_eq!(found.expect("counts"), expected, "{reader:?} {from} {until}");
        }
    })
    .await;
}

/// A case that came to its gate at 0 and was decided on at `at`.
fn decided_at(number: u128, unit: &str, at: i64, declined: bool) -> (Case, Case) {
    let mut before = case(number, Book::Demand, 0);
    before.opening.gate_unit = unit.into();
    let mut after = Case { revision: 2, ..before.clone() };
    let at = Ts::from_micros(at);
    match declined {
        true => (after.declined, after.state) = (Some(at), State::Declined),
        false => (after.registered, after.state) = (Some(Registration { by: "p-chief".into(), at }), State::Registered),
    }
    (before, after)
}

#[tokio::test]
async fn came_passed_decided_waiting_followed() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let (one, reader) = (Ts::from_micros, |units: &[&str], person: &str| Reader { units: owned(units), person: person.into() });
        let decisions = [(1, 40, false), (2, 10, true), (3, 30, false), (4, 25, false)];
        let mut pairs: Vec<_> = decisions.iter().map(|(n, at, declined)| decided_at(*n, "lianhu", *at, *declined)).collect();
        pairs[3].1.assigned = Some(one(5));
        // Taken from the unit that led it, long after it was signed: not urgent.
        pairs[0].1.assigned = Some(one(99));
        let (before, after) = decided_at(5, "city", 60, false);
        pairs.push((accusing(before, &[], &["p-x"]), accusing(after, &[], &["p-x"])));
        for (before, after) in &pairs {
            insert(&db, std::slice::from_ref(before), LIANHU).await;
            write(&db, async |tx: &mut Tx| kept::update(tx, after, 1, &Index::in_reach(LIANHU)).await).await;
        }
        // The gate decides once, whatever comes later.
        let later = Case { revision: 3, declined: Some(one(77)), ..pairs[1].1.clone() };
        write(&db, async |tx: &mut Tx| kept::update(tx, &later, 2, &Index::in_reach(LIANHU)).await).await;
        write(&db, async |tx: &mut Tx| gates::passed(tx, &later).await).await;
        insert(&db, &[case(6, Book::Demand, 7), case(7, Book::Demand, 3)], LIANHU).await;
        let again = db.write(async |tx: &mut Tx| gates::came(tx, &case(6, Book::Demand, 7)).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");

        let figure = |unit: &str, registered, declined, urgent, median, longest| {
            let unit = unit.to_owned();
            Decided { unit, registered, declined, urgent, median, longest }
        };
        let (city, four) = (figure("city", 1, 0, 0, 60, 60), figure("lianhu", 3, 1, 1, 27, 40));
        let rows = [
            (reader(CITY, "p"), (0, 100), vec![city.clone(), four.clone()]),
            (reader(LIANHU, "p"), (0, 100), vec![city, four.clone()]),
            (reader(LIANHU, "p-x"), (0, 100), vec![four]),
            (reader(CITY, "p"), (11, 40), vec![figure("lianhu", 3, 0, 1, 30, 40)]),
            (reader(CITY, "p"), (41, 59), Vec::new()),
            (reader(&["yanta", "city"], "p"), (0, 100), Vec::new()),
        ];
        for (reader, (from, until), expected) in rows {
            let found = db.read(async |tx: &mut Tx| gates::decided(tx, &reader, one(from), one(until)).await).await;
            assert_eq!(found.expect("figures"), expected, "{reader:?} {from} {until}");
        }
        let waits = Waiting { unit: "lianhu".into(), count: 2, since: one(3) };
        for (reader, expected) in [(reader(CITY, "p"), vec![waits]), (reader(&["yanta", "city"], "p"), Vec::new())] {
            let found = db.read(async |tx: &mut Tx| gates::waiting(tx, &reader).await).await;
            assert_eq!(found.expect("figures"), expected, "{reader:?}");
        }
        let signed = Followed { case_id: id(4), unit: "lianhu".into(), assigned: one(5), signed: one(25) };
        let rows = [((0, 100), None, 1), ((25, 25), None, 1), ((26, 100), None, 0), ((0, 100), Some((25, id(4))), 0)];
        for ((from, until), after, count) in rows {
            let work = async |tx: &mut Tx| gates::followed(tx, &reader(CITY, "p"), one(from), one(until), after, 10).await;
            assert_eq!(db.read(work).await.expect("signatures"), vec![signed.clone(); count], "{from} {until} {after:?}");
        }
    })
    .await;
}

/// What the migration finds of cases from before is what is written as they go.
#[tokio::test]
async fn gates_of_cases_from_before_are_filled_in() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let at = |micros: i64| Ts::from_micros(micros);
        let (number, by) = (|of: &str| of.to_owned(), || "p-chief".to_owned());
        let urgently = |micros: i64| Event::AssignedUrgently {
            lead: "lianhu".into(),
            assisting: Vec::new(),
            by: "p-duty".into(),
            at: at(micros),
            assist_due: String::new(),
        };
        let roads = [
            vec![Event::Registered { number: number("诉〔2023〕AAAAAA"), by: by(), at: at(20), checklists: None }],
            vec![Event::Declined { reason: "不属于".into(), at: Some(at(20)) }],
            vec![urgently(20), Event::Registered { number: number("诉〔2023〕BBBBBB"), by: by(), at: at(30), checklists: None }],
            vec![urgently(20)],
            Vec::new(),
        ];
        for (n, events) in (1..).zip(roads) {
            let opened = Case { revision: 0, ..case(n, Book::Demand, 10) };
            let mut of = opened.clone();
            write(&db, async |tx: &mut Tx| {
                let proposed = [Event::Proposed(Box::new(opened.opening.clone()))];
                record(tx, &Clock::fake(at(10)), at(10), &Actor::default(), &mut of, &proposed).await?;
                store::insert(tx, &of).await?;
                gates::came(tx, &of).await?;
                index::set(tx, of.id, &of, &Index::in_reach(LIANHU).listed()).await?;
                for (time, event) in [20, 30].into_iter().zip(&events) {
                    let revision = of.revision;
                    let event = std::slice::from_ref(event);
                    record(tx, &Clock::fake(at(time)), at(time), &Actor::default(), &mut of, event).await?;
                    // The first has gone to another unit since, and its gate has to do with it no more.
                    store::update(tx, &of, revision).await?;
                    gates::passed(tx, &of).await?;
                    let found_by = Index::in_reach(if n == 1 { &["beilin", "city"] } else { LIANHU }).listed();
                    index::set(tx, of.id, &of, &found_by).await?;
                }
                Ok(())
            })
            .await;
        }
        let rows = async || {
            let sql =
                "SELECT case_id, unit_id, propose_time, decide_time, declined, urgent_time FROM gates ORDER BY case_id LIMIT 10";
            db.read(async |tx: &mut Tx| fetch_all!(tx, (Uuid, String, i64, i64, i64, i64), sql)).await.expect("rows")
        };
        let written = rows().await;
        let row = |n, decided, declined, urgent| (id(n), "lianhu".to_owned(), 10, decided, declined, urgent);
        assert_eq!(written, [row(1, 20, 0, 0), row(2, 20, 1, 0), row(3, 30, 0, 20), row(4, 0, 0, 20), row(5, 0, 0, 0)]);
        write(&db, async |tx: &mut Tx| {
            execute!(tx, "DROP TABLE gates")?;
            for statement in include_str!("../migrations/0106_gates.sql").split(";\n").filter(|text| !text.trim().is_empty()) {
                execute!(tx, statement)?;
            }
            Ok(())
        })
        .await;
        assert_eq!(rows().await, written);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_not_shown() {
    on_both("ledger", &MIGRATIONS, async |db| {
        insert(&db, &[case(1, Book::Demand, 1)], LIANHU).await;
        write(&db, async |tx: &mut Tx| sanben_db::execute!(tx, "UPDATE cases SET snapshot = '{\"id\":1}'")).await;
        let found = db.read(async |tx: &mut Tx| store::find(tx, id(1)).await).await;
        assert!(matches!(found, Err(Error::Corrupt("cases.snapshot"))), "{found:?}");
        let reach =
            db.read(async |tx: &mut Tx| fetch_all!(tx, (String,), "SELECT unit_id FROM case_reach ORDER BY unit_id LIMIT 10"));
        assert_eq!(reach.await.expect("units"), [("city".to_owned(),), ("lianhu".to_owned(),)]);
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("store", include_str!("../src/case/store/mod.rs"), include_str!("conformance.rs"));
    assert_held_against_both("gates", include_str!("../src/figure/store/gates.rs"), include_str!("conformance.rs"));
    assert_held_against_both("papers", include_str!("../src/paper/store.rs"), include_str!("conformance.rs"));
    assert_held_against_both("accountability", include_str!("../src/case/store/accountability.rs"), include_str!("conformance.rs"));
    assert_held_against_both(
        "personal_duties",
        include_str!("../src/figure/store/personal_duties.rs"),
        include_str!("conformance.rs"),
    );
    assert_held_against_both("praise::store", include_str!("../src/catalogue/praise/store.rs"), include_str!("conformance.rs"));
}

/// A paper of the first case, made at `time`; a draft without a number.
fn official(number: u128, kind: PaperKind, name: Option<&str>, version: i32, time: i64) -> Paper {
    Paper {
        id: id(number),
        kind,
        number: name.map(str::to_owned),
        version,
        round: 1,
        unit: "lianhu".into(),
        submission: None,
        created: Ts::from_micros(time),
        issued: name.map(|_| Ts::from_micros(time)),
        content: vec![0, 255, 1],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn official_papers_are_numbered_versioned_and_shown_to_their_persons() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let (first, other) = (id(1), id(2));
        let notice = official(11, PaperKind::PathNotice, Some("告知1"), 1, 10);
        let corrected = official(12, PaperKind::PathNotice, Some("告知1"), 2, 20);
        let drafts = [official(13, PaperKind::HandlingOpinion, None, 1, 30), official(14, PaperKind::HandlingOpinion, None, 2, 40)];
        let order = official(15, PaperKind::SupervisionOrder, Some("督办1"), 1, 50);
        let own = Paper { submission: Some(id(7)), ..official(16, PaperKind::SettlementAgreement, Some("和解1"), 1, 60) };
        let all = [&notice, &corrected, &drafts[0], &drafts[1], &order, &own];
        write(&db, async |tx: &mut Tx| {
            for one in all {
                papers::insert(tx, first, one).await?;
            }
            papers::insert(tx, other, &official(21, PaperKind::PathNotice, Some("告知2"), 1, 10)).await
        })
        .await;
        let again = async |tx: &mut Tx| papers::insert(tx, other, &official(22, PaperKind::PathNotice, Some("告知1"), 2, 10)).await;
        assert!(db.write(again).await.is_err(), "one version, one paper");

        let kind = PaperKind::HandlingOpinion;
        let issue =
            |round| async move |tx: &mut Tx| papers::issue_draft(tx, first, round, kind, "意见1", Ts::from_micros(70)).await;
        assert!(matches!(db.write(issue(2)).await, Err(Error::Conflict)), "no draft of that round");
        write(&db, issue(1)).await;
        assert!(matches!(db.write(issue(1)).await, Err(Error::Conflict)), "a draft is issued once");

        let issued = Paper { number: Some("意见1".into()), version: 1, issued: Some(Ts::from_micros(70)), ..drafts[1].clone() };
        let (listed, rest, shown, of_another, count, taken, free) = db
            .read(async |tx: &mut Tx| {
                Ok::<_, Error>((
                    papers::list(tx, first, None, 4).await?,
                    papers::list(tx, first, Some((40, id(14))), 10).await?,
                    papers::for_person(tx, first, id(7)).await?,
                    papers::for_person(tx, first, id(8)).await?,
                    papers::drafts(tx, first, 1, kind).await?,
                    papers::number_taken(tx, "意见1").await?,
                    papers::number_taken(tx, "意见2").await?,
                ))
            })
            .await
            .expect("papers");
        assert_eq!(listed, [notice.clone(), corrected.clone(), drafts[0].clone(), issued.clone()]);
        assert_eq!(rest, [order, own.clone()]);
        assert_eq!(shown, [corrected.clone(), own, issued.clone()], "what is issued, and not the bureau's own");
        assert_eq!(of_another, [corrected, issued], "an agreement is for who is a party to it");
        assert_eq!((count, taken, free), (2, true, false));
    })
    .await;
}
