//! Every store function on both engines.

use sanben_bus::{Actor, NewEvent, append};
use sanben_clock::{Clock, Ts, Year};
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx};
use sanben_intake::MIGRATIONS;
use sanben_intake::store::{self, Filter, Step};
use sanben_intake::submission::{Accused, External, Proposal, State, Submission};
use sanben_proto::intake::SubmissionKind;
use sanben_proto::kinds::{Book, Channel, PublicStep, Track};
use uuid::Uuid;

const ROOT: &str = "city";
const CITY: &[&str] = &["city"];
const LIANHU: &[&str] = &["lianhu", "city"];
const STATION: &[&str] = &["lianhu-beiyuanmen", "lianhu", "city"];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

fn receipt_hash(number: u128) -> [u8; 16] {
    (number << 64 | 0xFF).to_be_bytes()
}

/// A submission of `time`, at its first revision.
fn submission(number: u128, kind: SubmissionKind, channel: Channel, unit: &str, time: i64) -> Submission {
    let new = Submission::new(id(number), id(900), kind, channel, unit, Ts::from_micros(time));
    Submission { revision: 1, ..new }
}

fn demand(number: u128, time: i64) -> Submission {
    submission(number, SubmissionKind::Demand, Channel::Online, "lianhu", time)
}

fn proposed(of: &Submission, accused_units: &[&str], accused_persons: &[&str]) -> Submission {
    let proposal = Proposal {
        book: Book::Complaint,
        track: Track::Accusation,
        title: "窗口服务「态度」".into(),
        summary: "it's; \"quoted\" 𠮷".into(),
        lead_unit: "lianhu".into(),
        accused_units: owned(accused_units),
        accused_persons: owned(accused_persons),
    };
    Submission { revision: of.revision + 1, state: State::Proposed, proposal: Some(proposal), proposals: 1, ..of.clone() }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

async fn insert(tx: &mut Tx, of: &Submission, reach: &[&str]) -> Result<(), Error> {
    store::insert(tx, of, &receipt_hash(of.id.as_u128()), ROOT, &owned(reach)).await
}

async fn update(db: &Db, of: &Submission, revision: i64, reach: &[&str]) -> Result<(), Error> {
    db.write(async |tx: &mut Tx| store::update(tx, of, revision, ROOT, &owned(reach)).await).await
}

async fn listed(db: &Db, filter: &Filter) -> Vec<u128> {
    let found = db.read(async |tx: &mut Tx| store::list(tx, filter).await).await.expect("a list");
    found.iter().map(|submission| submission.id.as_u128()).collect()
}

fn reader(units: &[&str], person: &str) -> Filter {
    Filter { units: owned(units), person: person.into(), limit: 10, ..Filter::default() }
}

#[tokio::test]
async fn insert_find_find_by_receipt() {
    on_both("intake", &MIGRATIONS, async |db| {
        let of = proposed(&demand(1, 5), &["beilin", "beilin"], &["p-a", "p-a"]);
        write(&db, async |tx: &mut Tx| {
            insert(tx, &of, LIANHU).await?;
            assert_eq!(store::find(tx, of.id).await?, Some(of.clone()));
            assert_eq!(store::find(tx, id(2)).await?, None);
            assert_eq!(store::find_by_receipt(tx, &receipt_hash(1)).await?, Some(of.clone()));
            for other in [receipt_hash(2).as_slice(), &receipt_hash(1)[..15], &[]] {
                assert_eq!(store::find_by_receipt(tx, other).await?, None);
            }
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| insert(tx, &of, &[]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        let twin = demand(2, 5);
        let same_code = db.write(async |tx: &mut Tx| store::insert(tx, &twin, &receipt_hash(1), ROOT, &[]).await).await;
        assert!(matches!(same_code, Err(Error::Conflict)), "{same_code:?}");
        assert_eq!(listed(&db, &reader(CITY, "p-b")).await, [1]);
    })
    .await;
}

#[tokio::test]
async fn update_only_what_is_at_its_revision() {
    on_both("intake", &MIGRATIONS, async |db| {
        let of = demand(1, 5);
        let next = proposed(&of, &["yanta"], &["p-accused"]);
        write(&db, async |tx: &mut Tx| insert(tx, &of, LIANHU).await).await;
        update(&db, &next, of.revision, &["beilin", "city"]).await.expect("updated");
        let found = write(&db, async |tx: &mut Tx| store::find_by_receipt(tx, &receipt_hash(1)).await).await;
        assert_eq!(found, Some(next.clone()));
        let rows: [(&[&str], &str, &[u128]); 4] =
            [(LIANHU, "p-a", &[]), (&["beilin"], "p-a", &[1]), (CITY, "p-a", &[1]), (CITY, "p-accused", &[])];
        for (units, person, expected) in rows {
            assert_eq!(listed(&db, &reader(units, person)).await, expected, "{person} of {units:?}");
        }
        for stale in [of.revision, of.revision - 1, next.revision + 1] {
            let refused = update(&db, &of, stale, LIANHU).await;
            assert!(matches!(refused, Err(Error::Conflict)), "at {stale}: {refused:?}");
        }
        let missing = update(&db, &demand(2, 5), 1, LIANHU).await;
        assert!(matches!(missing, Err(Error::Conflict)), "{missing:?}");
        assert_eq!(listed(&db, &reader(&["beilin"], "p-a")).await, [1], "a refused update leaves the reach");
        assert!(listed(&db, &reader(CITY, "p-accused")).await.is_empty(), "and who is complained about");
        let back = Submission { revision: 3, state: State::Received, proposal: None, ..next.clone() };
        update(&db, &back, next.revision, LIANHU).await.expect("updated");
        assert_eq!(listed(&db, &reader(CITY, "p-accused")).await, [1], "nobody is complained about any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn update_by_several_at_once() {
    on_both("intake", &MIGRATIONS, async |db| {
        let of = demand(1, 5);
        write(&db, async |tx: &mut Tx| insert(tx, &of, LIANHU).await).await;
        let writers = ["p-a", "p-b", "p-c"].map(|person| {
            let (db, next) = (db.clone(), proposed(&of, &[], &[person]));
            tokio::spawn(async move { update(&db, &next, 1, LIANHU).await })
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
    on_both("intake", &MIGRATIONS, async |db| {
        let of = demand(1, 5);
        write(&db, async |tx: &mut Tx| insert(tx, &of, LIANHU).await).await;
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    store::take_turn(tx, id(1)).await?;
                    let mut of = store::find(tx, id(1)).await?.expect("it is there");
                    (of.revision, of.proposals) = (of.revision + 1, of.proposals + 1);
                    store::update(tx, &of, of.revision - 1, ROOT, &owned(LIANHU)).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else changed it first");
        }
        let found = write(&db, async |tx: &mut Tx| store::find(tx, id(1)).await).await;
        assert_eq!(found.map(|of| (of.revision, of.proposals)), Some((1 + WRITERS, 6)));
        write(&db, async |tx: &mut Tx| store::take_turn(tx, id(2)).await).await;
    })
    .await;
}

/// What waits longest comes first, page by page; what does not wait is not there.
#[tokio::test]
async fn list_to_do_oldest_first() {
    on_both("intake", &MIGRATIONS, async |db| {
        let letter = submission(2, SubmissionKind::Demand, Channel::Letter, "lianhu", 20);
        write(&db, async |tx: &mut Tx| {
            for of in [&demand(5, 30), &demand(3, 10), &demand(1, 10), &letter] {
                insert(tx, of, LIANHU).await?;
            }
            insert(tx, &demand(4, 5), &["beilin", "city"]).await
        })
        .await;
        let sealed = proposed(&demand(3, 10), &[], &["p-accused"]);
        update(&db, &Submission { state: State::Received, ..sealed }, 1, LIANHU).await.expect("updated");
        let to_do = async |filter: &Filter| {
            let found = db.read(async |tx: &mut Tx| store::list_to_do(tx, filter).await).await.expect("a list");
            found.iter().map(|submission| submission.id.as_u128()).collect::<Vec<_>>()
        };
        let city = || reader(CITY, "p-a");
        let rows: [(Filter, &[u128]); 11] = [
            (city(), &[4, 1, 3, 2, 5]),
            (reader(LIANHU, "p-a"), &[1, 3, 2, 5]),
            (reader(LIANHU, "p-accused"), &[1, 2, 5]),
            (reader(STATION, "p-a"), &[]),
            (reader(&[], "p-a"), &[]),
            (Filter { limit: 2, ..city() }, &[4, 1]),
            (Filter { before: Some((10, id(1))), limit: 2, ..city() }, &[3, 2]),
            (Filter { before: Some((20, id(2))), ..city() }, &[5]),
            (Filter { channel: Some(Channel::Letter), ..city() }, &[2]),
            (Filter { state: Some(State::Received), ..city() }, &[4, 1, 3, 2, 5]),
            (Filter { state: Some(State::Proposed), ..city() }, &[]),
        ];
        for (filter, expected) in rows {
            assert_eq!(to_do(&filter).await, expected, "{filter:?}");
        }
        update(&db, &proposed(&demand(4, 5), &[], &[]), 1, &["beilin", "city"]).await.expect("updated");
        assert_eq!(to_do(&city()).await, [1, 3, 2, 5]);
    })
    .await;
}

#[tokio::test]
async fn list_by_each_filter_alone_and_together() {
    on_both("intake", &MIGRATIONS, async |db| {
        let letter = submission(2, SubmissionKind::Demand, Channel::Letter, "lianhu", 20);
        let third = demand(3, 30);
        write(&db, async |tx: &mut Tx| {
            for of in [&demand(1, 10), &letter, &third] {
                insert(tx, of, LIANHU).await?;
            }
            insert(tx, &demand(4, 30), &["beilin", "city"]).await
        })
        .await;
        update(&db, &proposed(&third, &[], &[]), 1, LIANHU).await.expect("updated");
        let city = || reader(CITY, "p-a");
        let together = Filter {
            state: Some(State::Received),
            channel: Some(Channel::Online),
            before: Some((30, id(4))),
            limit: 1,
            ..reader(LIANHU, "p-a")
        };
        let rows: [(Filter, &[u128]); 13] = [
            (city(), &[4, 3, 2, 1]),
            (reader(LIANHU, "p-a"), &[3, 2, 1]),
            (reader(STATION, "p-a"), &[]),
            (reader(&[], "p-a"), &[]),
            (reader(&[""], "p-a"), &[]),
            (Filter { state: Some(State::Proposed), ..city() }, &[3]),
            (Filter { state: Some(State::Received), ..city() }, &[4, 2, 1]),
            (Filter { state: Some(State::Withdrawn), ..city() }, &[]),
            (Filter { channel: Some(Channel::Letter), ..city() }, &[2]),
            (Filter { channel: Some(Channel::Phone), ..city() }, &[]),
            (Filter { before: Some((30, id(4))), ..city() }, &[3, 2, 1]),
            (Filter { limit: 2, ..city() }, &[4, 3]),
            (together, &[1]),
        ];
        for (filter, expected) in rows {
            assert_eq!(listed(&db, &filter).await, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_shows_nothing_to_who_is_complained_about() {
    on_both("intake", &MIGRATIONS, async |db| {
        let complaint = |number, channel, unit| submission(number, SubmissionKind::Complaint, channel, unit, 5);
        let all = [
            complaint(1, Channel::Online, "lianhu-beiyuanmen"),
            complaint(2, Channel::Hall, "lianhu-beiyuanmen"),
            complaint(3, Channel::Online, "city"),
            proposed(&demand(4, 5), &["lianhu"], &["p-accused"]),
            proposed(&demand(5, 5), &[], &["lianhu", "u:city"]),
        ];
        write(&db, async |tx: &mut Tx| {
            for of in &all {
                insert(tx, of, STATION).await?;
            }
            Ok(())
        })
        .await;
        let rows: [(&[&str], &str, &[u128]); 6] = [
            (CITY, "p-a", &[5, 4, 3, 2, 1]),
            (CITY, "p-accused", &[5, 3, 2, 1]),
            (CITY, "lianhu", &[4, 3, 2, 1]),
            (CITY, "u:lianhu", &[5, 4, 3, 2, 1]),
            (LIANHU, "p-a", &[5, 3, 2, 1]),
            (STATION, "p-a", &[5, 3, 2]),
        ];
        for (units, person, expected) in rows {
            assert_eq!(listed(&db, &reader(units, person)).await, expected, "{person} of {units:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_in_pages_while_others_write() {
    on_both("intake", &MIGRATIONS, async |db| {
        // Three at each instant, so that pages end within one.
        let at = |number: u128| i64::try_from(number / 3).expect("a small number");
        let all: Vec<Submission> = (10..30).map(|number| demand(number, at(number))).collect();
        write(&db, async |tx: &mut Tx| {
            for of in &all {
                insert(tx, of, LIANHU).await?;
            }
            Ok(())
        })
        .await;
        let (mut seen, mut before) = (Vec::new(), None);
        for (new, moved) in (100..).zip(&all[..10]) {
            let filter = Filter { before, limit: 3, ..reader(CITY, "p-a") };
            let page = db.read(async |tx: &mut Tx| store::list(tx, &filter).await).await.expect("a page");
            seen.extend(page.iter().map(|submission| submission.id.as_u128()));
            before = page.last().map(|submission| (submission.received.micros(), submission.id)).or(before);
            // Newer than every page, and one that has moved on meanwhile.
            write(&db, async |tx: &mut Tx| insert(tx, &demand(new, 1000), LIANHU).await).await;
            update(&db, &proposed(moved, &[], &[]), 1, LIANHU).await.expect("updated");
        }
        assert_eq!(seen, (10..30).rev().collect::<Vec<u128>>());
    })
    .await;
}

#[tokio::test]
async fn add_step_steps() {
    on_both("intake", &MIGRATIONS, async |db| {
        let step = |step, time| Step { step, time: Ts::from_micros(time) };
        let all = [step(PublicStep::Received, 10), step(PublicStep::Proposed, 20), step(PublicStep::BackToTriage, 20)];
        write(&db, async |tx: &mut Tx| {
            assert_eq!(store::steps(tx, id(1)).await?, []);
            // Written in another order than they were made; two at one instant.
            for (number, step) in [(12, all[1]), (11, all[0]), (13, all[2])] {
                store::add_step(tx, id(number), id(1), step).await?;
            }
            store::add_step(tx, id(14), id(2), all[0]).await?;
            assert_eq!(store::steps(tx, id(1)).await?, all);
            for time in 100..400 {
                store::add_step(tx, id(1000 + time as u128), id(3), step(PublicStep::Reopened, time)).await?;
            }
            let newest = store::steps(tx, id(3)).await?;
            assert_eq!(newest.iter().map(|step| step.time.micros()).collect::<Vec<_>>(), (200..400).collect::<Vec<_>>());
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::add_step(tx, id(11), id(1), all[0]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn insert_answer_answers() {
    on_both("intake", &MIGRATIONS, async |db| {
        let text = "您好：「身份证」可就近办理。𠮷";
        let answer = |micros: i64| (text.to_owned(), Ts::from_micros(micros));
        write(&db, async |tx: &mut Tx| {
            for micros in (1..=22).rev() {
                store::insert_answer(tx, id(1), text, Ts::from_micros(micros)).await?;
            }
            store::insert_answer(tx, id(3), text, Ts::from_micros(7)).await?;
            let newest: Vec<_> = (3..=22).rev().map(answer).collect();
            assert_eq!(store::answers(tx, id(1)).await?, newest);
            assert_eq!(store::answers(tx, id(3)).await?, [answer(7)]);
            assert_eq!(store::answers(tx, id(2)).await?, []);
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert_answer(tx, id(3), text, Ts::from_micros(7)).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

/// Who is complained about in a part does not find the whole.
#[tokio::test]
async fn list_shows_the_whole_to_nobody_complained_about_in_a_part() {
    on_both("intake", &MIGRATIONS, async |db| {
        let of = demand(1, 5);
        let accused = Accused { units: owned(&["lianhu-beiyuanmen"]), persons: owned(&["p-accused"]) };
        let split = Submission { revision: 2, state: State::Split, parts: vec![id(2)], accused_in_parts: accused, ..of.clone() };
        write(&db, async |tx: &mut Tx| insert(tx, &of, STATION).await).await;
        assert_eq!(listed(&db, &reader(STATION, "p-a")).await, [1]);
        update(&db, &split, 1, STATION).await.expect("updated");
        assert!(listed(&db, &reader(STATION, "p-a")).await.is_empty());
        assert!(listed(&db, &reader(LIANHU, "p-accused")).await.is_empty());
        assert_eq!(listed(&db, &reader(LIANHU, "p-a")).await, [1]);
    })
    .await;
}

#[tokio::test]
async fn insert_party_party_unit() {
    on_both("intake", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            store::insert_party(tx, id(1), "lianhu").await?;
            assert_eq!(store::party_unit(tx, id(1)).await?.as_deref(), Some("lianhu"));
            assert_eq!(store::party_unit(tx, id(2)).await?, None);
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert_party(tx, id(1), "beilin").await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn revision_of() {
    on_both("intake", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            for (of, revision) in [(1, 1), (1, 2), (2, 1)] {
                let event = NewEvent {
                    id: Clock::system().id(),
                    aggregate: "party",
                    aggregate_id: id(of),
                    revision,
                    kind: "sanben.intake.v1.PartyRead",
                    payload: Vec::new(),
                    detail: "{}".to_owned(),
                    actor: &Actor::default(),
                    reason: "",
                    time: Ts::from_micros(1),
                };
                append(tx, &event).await?;
            }
            for (of, expected) in [(1, Some(2)), (2, Some(1)), (3, None)] {
                assert_eq!(store::revision_of(tx, id(of)).await?, expected);
            }
            Ok(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn insert_external_find_external() {
    on_both("intake", &MIGRATIONS, async |db| {
        let external =
            |authority: &str, number: &str| External { authority: authority.into(), number: number.into(), due: String::new() };
        write(&db, async |tx: &mut Tx| {
            store::insert_external(tx, &external("12345", "A-1"), id(1)).await?;
            store::insert_external(tx, &external("12345", "A-2"), id(2)).await?;
            store::insert_external(tx, &external("110", "A-1"), id(3)).await?;
            assert_eq!(store::find_external(tx, &external("12345", "A-2")).await?, Some(id(2)));
            assert_eq!(store::find_external(tx, &external("110", "A-1")).await?, Some(id(3)));
            assert_eq!(store::find_external(tx, &external("110", "A-2")).await?, None);
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert_external(tx, &external("12345", "A-1"), id(4)).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn keep_calendar_calendar_after() {
    let made_up = include_str!("../../../libs/clock/src/year/made-up-2027.csv");
    let year = |notice: &str| Year::parse(&made_up.replace("国办发明电〔2026〕0号(虚构)", notice)).expect("a year");
    on_both("intake", &MIGRATIONS, async |db| {
        for (edition, notice) in [(2, "二"), (1, "一"), (3, "三"), (2, "again")] {
            write(&db, async |tx: &mut Tx| store::keep_calendar(tx, edition, &year(notice)).await).await;
        }
        let after = async |edition, limit| {
            let found = db.read(async |tx: &mut Tx| store::calendar_after(tx, edition, limit).await).await;
            found.map(|rows| rows.into_iter().map(|(edition, year)| (edition, year.notice)).collect::<Vec<_>>())
        };
        let rows = [((0, 2), vec![(1, "一"), (2, "二")]), ((2, 9), vec![(3, "三")]), ((3, 9), Vec::new())];
        for ((edition, limit), expected) in rows {
            let expected: Vec<_> = expected.into_iter().map(|(edition, notice)| (edition, notice.to_owned())).collect();
            assert_eq!(after(edition, limit).await.expect("editions"), expected, "{edition} {limit}");
        }
        write(&db, async |tx: &mut Tx| sanben_db::execute!(tx, "UPDATE calendar_editions SET csv = 'date'")).await;
        assert!(matches!(after(0, 9).await, Err(Error::Corrupt("calendar_editions.csv"))));
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_and_the_vault_is_held_against_both_engines() {
    assert_held_against_both("store", include_str!("../src/store.rs"), include_str!("conformance.rs"));
    assert_held_against_both("vault", include_str!("../src/vault.rs"), include_str!("vault.rs"));
}
