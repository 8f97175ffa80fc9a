//! Every store function of drives and problems on both engines.

use crate::kept::{self, Index};
use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, before, on_both};
use sanben_db::{Db, Error, Tx, execute};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::reader::Reader;
use sanben_ledger::programme::{drive::store as drives, problem::store as problems};
use sanben_ledger_rules::case::{Case, Opening, Reply, Report, State, presets::Chosen};
use sanben_ledger_rules::drive::{self, Drive, Progress};
use sanben_ledger_rules::problem::{self, Effect, Measure, Problem};
use sanben_ledger_rules::signed::Signed;
use sanben_proto::kinds::{Book, Channel, Outcome, Track};
use sanben_proto::ledger::{Door, EffectJudgement, ProblemState};
use uuid::Uuid;

const CITY: &[&str] = &["city"];
const LIANHU: &[&str] = &["lianhu", "city"];
const STATION: &[&str] = &["lianhu-beiyuanmen", "lianhu", "city"];
const BEILIN: &[&str] = &["beilin", "city"];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn ids(cases: &[Case]) -> Vec<u128> {
    cases.iter().map(|case| case.id.as_u128()).collect()
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

fn reader(units: &[&str], person: &str) -> Reader {
    Reader { units: owned(units), person: person.into() }
}

/// A case that came to the gate at `time`.
fn case(number: u128, time: i64, accused: &[&str]) -> Case {
    let opening = Opening {
        submissions: vec![id(number + 1000)],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路灯「不亮」".into(),
        summary: "it's; \"quoted\" 𠮷".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: owned(LIANHU),
        accused_units: Vec::new(),
        accused_persons: owned(accused),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(time - 1),
        proposed: Ts::from_micros(time),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(id(number), opening) }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

async fn read<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.read(work).await.expect("the store answers")
}

/// Keeps a case that was registered and is in this state.
async fn keep(db: &Db, case: Case, state: State, reach: &[&str]) -> Case {
    let number = Some(format!("诉〔2023〕{:06}", case.id.as_u128()));
    let next = Case { revision: 2, number, state, ..case.clone() };
    write(db, async |tx: &mut Tx| {
        kept::insert(tx, &case, &Index::in_reach(reach)).await?;
        kept::update(tx, &next, 1, &Index::in_reach(reach)).await
    })
    .await;
    next
}

async fn move_to(db: &Db, case: &Case, state: State, reach: &[&str]) -> Case {
    let next = Case { revision: case.revision + 1, state, ..case.clone() };
    write(db, async |tx: &mut Tx| kept::update(tx, &next, case.revision, &Index::in_reach(reach)).await).await;
    next
}

fn struck_off(door: Door) -> State {
    let report = Report { handler: "p-h".into(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false };
    State::StruckOff {
        reply: Reply { report, delivered: Ts::from_micros(1), verdict_deadline: Ts::from_micros(1), opinion: None },
        door,
    }
}

fn signed(time: i64) -> Signed {
    Signed {
        person: "p-chief".into(),
        unit: "lianhu".into(),
        role: "chief".into(),
        tenure: Some("t-chief".into()),
        deputy: true,
        at: Ts::from_micros(time),
    }
}

fn drive(number: u128, unit: &str, time: i64) -> Drive {
    let opening = drive::Opening {
        title: "清仓「归零」𠮷".into(),
        unit: unit.into(),
        before: Ts::from_micros(100),
        book: Some(Book::Demand),
        due: "2026-06-30".into(),
        signed: signed(time),
    };
    Drive { revision: 1, ..Drive::new(id(number), opening) }
}

fn problem(number: u128, unit: &str, time: i64) -> Problem {
    let opening = problem::Opening {
        title: "路灯「不亮」𠮷".into(),
        description: "it's; \"quoted\"".into(),
        unit: unit.into(),
        signed: signed(time),
    };
    Problem { revision: 1, ..Problem::new(id(number), opening) }
}

fn measured(of: &Problem, judged: Option<EffectJudgement>) -> Problem {
    let effect = |judgement| Effect { judgement, text: "见效".into(), before: 2, after: 0, signed: signed(9) };
    let measure = Measure {
        text: "检修".into(),
        responsible_unit: "lianhu".into(),
        from: Ts::from_micros(5),
        observe_days: 7,
        signed: signed(8),
        effect: judged.map(effect),
    };
    Problem { revision: of.revision + 1, measures: vec![measure], ..of.clone() }
}

async fn insert_drive(db: &Db, drive: &Drive, cases: &[Uuid], reach: &[&str]) {
    write(db, async |tx: &mut Tx| drives::insert(tx, drive, cases, &owned(reach)).await).await;
}

#[tokio::test]
async fn insert_find_update_take_turn_of_drives() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let of = drive(1, "lianhu", 5);
        insert_drive(&db, &of, &[id(7), id(8)], LIANHU).await;
        write(&db, async |tx: &mut Tx| {
            drives::take_turn(tx, id(1)).await?;
            drives::take_turn(tx, id(2)).await?;
            assert_eq!(drives::find(tx, id(1)).await?, Some(of.clone()));
            assert_eq!(drives::find(tx, id(2)).await?, None);
            Ok(())
        })
        .await;
        let closing = drive::Closing { reason: "转入常态".into(), left: 1, signed: signed(6) };
        let closed = Drive { revision: 2, state: drive::State::Closed(closing), ..of.clone() };
        write(&db, async |tx: &mut Tx| drives::update(tx, &closed, 1).await).await;
        assert_eq!(read(&db, async |tx: &mut Tx| drives::find(tx, id(1)).await).await, Some(closed.clone()));
        for stale in [1, 3] {
            let refused = db.write(async |tx: &mut Tx| drives::update(tx, &closed, stale).await).await;
            assert!(matches!(refused, Err(Error::Conflict)), "at {stale}: {refused:?}");
        }
        let again = db.write(async |tx: &mut Tx| drives::insert(tx, &of, &[], &[]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn candidates_of_drives() {
    on_both("ledger", &MIGRATIONS, async |db| {
        keep(&db, case(1, 10, &[]), State::Registered, LIANHU).await;
        keep(&db, case(2, 20, &["p-accused"]), State::Assigned, STATION).await;
        keep(&db, case(3, 30, &[]), struck_off(Door::Confirmed), LIANHU).await;
        keep(&db, case(4, 40, &[]), State::Registered, BEILIN).await;
        let proposed = case(5, 50, &[]);
        write(&db, async |tx: &mut Tx| kept::insert(tx, &proposed, &Index::in_reach(LIANHU)).await).await;
        let rows = [
            (reader(CITY, "p"), "lianhu", 0, 10, [1, 2].as_slice()),
            (reader(CITY, "p"), "city", 0, 10, &[1, 2, 4]),
            (reader(CITY, "p"), "city", 0, 2, &[1, 2]),
            (reader(CITY, "p"), "city", 2, 10, &[4]),
            (reader(LIANHU, "p-accused"), "lianhu", 0, 10, &[1]),
            (reader(LIANHU, "p"), "lianhu-beiyuanmen", 0, 10, &[2]),
            (reader(BEILIN, "p"), "lianhu", 0, 10, &[]),
        ];
        for (reader, unit, after, limit, expected) in rows {
            for (book, expected) in [(None, expected), (Some(Book::Demand), expected), (Some(Book::Suggestion), &[])] {
                let work = async |tx: &mut Tx| drives::candidates(tx, &reader, unit, book, id(after), limit).await;
                let found: Vec<u128> = read(&db, work).await.iter().map(|(id, _)| id.as_u128()).collect();
                assert_eq!(found, expected, "{reader:?} {unit} {book:?} {after}");
            }
        }
    })
    .await;
}

/// The list stays, the numbers follow the cases, and each reader has their own.
#[tokio::test]
async fn progress_cases_mark_remaining_of_drives() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let first = keep(&db, case(1, 10, &[]), State::Registered, LIANHU).await;
        let second = keep(&db, case(2, 20, &["p-accused"]), State::Registered, LIANHU).await;
        let third = keep(&db, case(3, 20, &[]), State::Registered, STATION).await;
        keep(&db, case(4, 5, &[]), State::Registered, LIANHU).await;
        insert_drive(&db, &drive(1, "lianhu", 5), &[id(1), id(2), id(3)], LIANHU).await;
        insert_drive(&db, &drive(2, "lianhu", 6), &[], LIANHU).await;
        let progress = async |units: &[&str], person: &str, drive: u128| {
            let reader = reader(units, person);
            read(&db, async |tx: &mut Tx| drives::progress(tx, &reader, id(drive)).await).await
        };
        let of = |total, confirmed, exception, remained| Progress { total, confirmed, exception, remained };
        assert_eq!(progress(LIANHU, "p", 1).await, of(3, 0, 0, 0));
        assert_eq!(progress(LIANHU, "p", 2).await, of(0, 0, 0, 0));
        let gone = move_to(&db, &first, struck_off(Door::Confirmed), LIANHU).await;
        move_to(&db, &third, struck_off(Door::Exception), STATION).await;
        assert_eq!(progress(LIANHU, "p", 1).await, of(3, 1, 1, 0));
        assert_eq!(progress(LIANHU, "p-accused", 1).await, of(2, 1, 1, 0));
        assert_eq!(progress(STATION, "p", 1).await, of(1, 0, 1, 0));
        assert_eq!(progress(BEILIN, "p", 1).await, of(0, 0, 0, 0));
        assert_eq!(write(&db, async |tx: &mut Tx| drives::mark_remaining(tx, id(1)).await).await, 1);
        assert_eq!(write(&db, async |tx: &mut Tx| drives::mark_remaining(tx, id(2)).await).await, 0);
        assert_eq!(progress(LIANHU, "p", 1).await, of(3, 1, 1, 1));
        assert_eq!(progress(LIANHU, "p-accused", 1).await, of(2, 1, 1, 0), "what remained is kept from them");
        move_to(&db, &gone, State::Undertaken { handler: "p-h".into() }, LIANHU).await;
        move_to(&db, &second, struck_off(Door::Confirmed), LIANHU).await;
        assert_eq!(progress(CITY, "p", 1).await, of(3, 1, 1, 1), "taken up again, it is open again");
        let rows = [
            (reader(LIANHU, "p"), false, None, 10, [1, 2, 3].as_slice()),
            (reader(LIANHU, "p"), true, None, 10, &[1]),
            (reader(LIANHU, "p"), false, Some((20, id(2))), 10, &[3]),
            (reader(LIANHU, "p"), false, None, 2, &[1, 2]),
            (reader(LIANHU, "p-accused"), false, None, 10, &[1, 3]),
            (reader(STATION, "p"), false, None, 10, &[3]),
            (reader(BEILIN, "p"), false, None, 10, &[]),
        ];
        for (reader, only_open, after, limit, expected) in rows {
            let work = async |tx: &mut Tx| drives::cases(tx, &reader, id(1), only_open, after, limit).await;
            assert_eq!(ids(&read(&db, work).await), expected, "{reader:?} {only_open} {after:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_of_drives() {
    on_both("ledger", &MIGRATIONS, async |db| {
        for (number, unit, time, reach) in
            [(1, "city", 10, CITY), (2, "lianhu", 20, LIANHU), (3, "lianhu-beiyuanmen", 20, STATION), (4, "beilin", 30, BEILIN)]
        {
            insert_drive(&db, &drive(number, unit, time), &[], reach).await;
        }
        let rows = [
            (CITY, None, 10, [4, 3, 2, 1].as_slice()),
            (LIANHU, None, 10, &[3, 2, 1]),
            (STATION, None, 10, &[3, 2, 1]),
            (&["lianhu-qingnianlu", "lianhu", "city"], None, 10, &[2, 1]),
            (BEILIN, None, 10, &[4, 1]),
            (CITY, Some((20, id(3))), 10, &[2, 1]),
            (CITY, None, 2, &[4, 3]),
            (&[], None, 10, &[]),
        ];
        for (units, before, limit, expected) in rows {
            let reader = reader(units, "p");
            let found = read(&db, async |tx: &mut Tx| drives::list(tx, &reader, before, limit).await).await;
            assert_eq!(found.iter().map(|drive| drive.id.as_u128()).collect::<Vec<_>>(), expected, "{units:?} {before:?}");
        }
    })
    .await;
}

/// What is not closed of one unit, by its day, as far as the reader sees anything of its list.
#[tokio::test]
async fn to_close_of_drives() {
    on_both("ledger", &MIGRATIONS, async |db| {
        keep(&db, case(1, 10, &[]), State::Registered, LIANHU).await;
        keep(&db, case(2, 20, &["p-accused"]), State::Registered, LIANHU).await;
        let due = |number: u128, unit, day: &str| {
            let of = drive(number, unit, 10 - i64::try_from(number).expect("few"));
            Drive { opening: drive::Opening { due: day.into(), ..of.opening }, ..of }
        };
        insert_drive(&db, &due(1, "lianhu", "2026-06-30"), &[id(1)], LIANHU).await;
        insert_drive(&db, &due(2, "lianhu", "2026-06-30"), &[id(1), id(2)], LIANHU).await;
        insert_drive(&db, &due(3, "lianhu", "2025-12-31"), &[id(2)], LIANHU).await;
        insert_drive(&db, &due(4, "city", "2026-01-01"), &[id(1)], CITY).await;
        insert_drive(&db, &due(5, "lianhu", "2026-01-01"), &[], LIANHU).await;
        let open = due(6, "lianhu", "2026-01-02");
        insert_drive(&db, &open, &[id(1)], LIANHU).await;
        let found = async |units: &[&str], person: &str, unit: &str, limit| {
            let reader = reader(units, person);
            let drives = read(&db, async |tx: &mut Tx| drives::to_close(tx, &reader, unit, limit).await).await;
            drives.iter().map(|drive| drive.id.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(found(LIANHU, "p", "lianhu", 9).await, [3, 6, 2, 1]);
        assert_eq!(found(LIANHU, "p", "lianhu", 2).await, [3, 6]);
        assert_eq!(found(LIANHU, "p-accused", "lianhu", 9).await, [6, 2, 1], "of whose list they see nothing, that is not there");
        assert_eq!(found(BEILIN, "p", "lianhu", 9).await, []);
        assert_eq!(found(CITY, "p", "city", 9).await, [4]);
        assert_eq!(found(LIANHU, "p", "lianhu-beiyuanmen", 9).await, []);
        let closing = drive::Closing { reason: String::new(), left: 0, signed: signed(6) };
        let closed = Drive { revision: 2, state: drive::State::Closed(closing), ..open };
        write(&db, async |tx: &mut Tx| drives::update(tx, &closed, 1).await).await;
        assert_eq!(found(LIANHU, "p", "lianhu", 9).await, [3, 2, 1]);
    })
    .await;
}

/// What an older version kept is found as well, whatever its title says.
#[tokio::test]
async fn to_close_and_waiting_before_the_migration() {
    on_both("ledger", &before(&MIGRATIONS, 192), async |db| {
        let title = "\"due\":\"1999-01-01\",\"state\":{\"Closed\":";
        let titled = |number, day: &str| {
            let of = drive(number, "lianhu", 5);
            Drive { opening: drive::Opening { title: title.into(), due: day.into(), ..of.opening }, ..of }
        };
        let closing = drive::Closing { reason: title.into(), left: 0, signed: signed(6) };
        let closed = Drive { state: drive::State::Closed(closing), ..titled(3, "2026-06-29") };
        let all = [titled(1, "2026-07-02"), titled(2, "2026-07-01"), closed];
        let waits = problem(1, "lianhu", 5);
        write(&db, async |tx: &mut Tx| {
            for of in &all {
                let json = serde_json::to_string(of).expect("a snapshot");
                let sql = "INSERT INTO drives (drive_id, revision, unit_id, open_time, snapshot) VALUES ($1, 1, 'lianhu', 5, $2)";
                execute!(tx, sql, of.id, json)?;
                execute!(tx, "INSERT INTO drive_cases (drive_id, case_id) VALUES ($1, $2)", of.id, id(1))?;
            }
            execute!(
                tx,
                "INSERT INTO problems (problem_id, revision, unit_id, state, open_time, snapshot) VALUES ($1, 1, 'lianhu', 1, 5, $2)",
                waits.id,
                serde_json::to_string(&waits).expect("a snapshot"),
            )?;
            Ok(())
        })
        .await;
        db.migrate(&MIGRATIONS).await.expect("migrated");
        keep(&db, case(1, 10, &[]), State::Registered, LIANHU).await;
        let reader = reader(LIANHU, "p");
        let drives = read(&db, async |tx: &mut Tx| drives::to_close(tx, &reader, "lianhu", 9).await).await;
        assert_eq!(drives, [all[1].clone(), all[0].clone()]);
        let now = Ts::from_micros(5);
        let problems = read(&db, async |tx: &mut Tx| problems::waiting(tx, "lianhu", ProblemState::Open, now, 9).await).await;
        assert_eq!(problems, [waits]);
    })
    .await;
}

/// Of one unit and in one state, what has waited longest first, and nothing that will wait only later or waits for nothing.
#[tokio::test]
async fn waiting_of_problems() {
    on_both("ledger", &MIGRATIONS, async |db| {
        for (number, unit, time, reach) in
            [(1, "lianhu", 20, LIANHU), (2, "lianhu", 10, LIANHU), (3, "city", 5, CITY), (4, "lianhu", 10, LIANHU)]
        {
            insert_problem(&db, &problem(number, unit, time), &[], reach).await;
        }
        let waiting = async |unit: &str, state, now, limit| {
            let now = Ts::from_micros(now);
            let found = read(&db, async |tx: &mut Tx| problems::waiting(tx, unit, state, now, limit).await).await;
            found.iter().map(|problem| problem.id.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(waiting("lianhu", ProblemState::Open, 20, 9).await, [2, 4, 1]);
        assert_eq!(waiting("lianhu", ProblemState::Open, 20, 2).await, [2, 4]);
        assert_eq!(waiting("lianhu", ProblemState::Open, 19, 9).await, [2, 4]);
        assert_eq!(waiting("city", ProblemState::Open, 20, 9).await, [3]);
        let of = measured(&problem(2, "lianhu", 10), None);
        write(&db, async |tx: &mut Tx| problems::update(tx, &of, 1).await).await;
        assert_eq!(waiting("lianhu", ProblemState::Open, 20, 9).await, [4, 1]);
        let judge_from = of.waits_from().expect("a measure to judge").micros();
        assert_eq!(waiting("lianhu", ProblemState::Measured, judge_from - 1, 9).await, []);
        assert_eq!(waiting("lianhu", ProblemState::Measured, judge_from, 9).await, [2]);
        let works = Problem { revision: 3, ..measured(&of, Some(EffectJudgement::Effective)) };
        write(&db, async |tx: &mut Tx| problems::update(tx, &works, 2).await).await;
        for state in [ProblemState::Open, ProblemState::Measured, ProblemState::Closed] {
            assert!(!waiting("lianhu", state, i64::MAX - 1, 9).await.contains(&2), "{state:?}");
        }
    })
    .await;
}

async fn insert_problem(db: &Db, problem: &Problem, cases: &[u128], reach: &[&str]) {
    write(db, async |tx: &mut Tx| {
        problems::insert(tx, problem, &owned(reach)).await?;
        for case in cases {
            problems::link(tx, problem.id, id(*case)).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn insert_find_update_take_turn_of_problems() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let of = problem(1, "lianhu", 5);
        insert_problem(&db, &of, &[], LIANHU).await;
        write(&db, async |tx: &mut Tx| {
            problems::take_turn(tx, id(1)).await?;
            problems::take_turn(tx, id(2)).await?;
            assert_eq!(problems::find(tx, id(1)).await?, Some(of.clone()));
            assert_eq!(problems::find(tx, id(2)).await?, None);
            Ok(())
        })
        .await;
        let next = measured(&of, None);
        write(&db, async |tx: &mut Tx| problems::update(tx, &next, 1).await).await;
        assert_eq!(read(&db, async |tx: &mut Tx| problems::find(tx, id(1)).await).await, Some(next.clone()));
        for stale in [1, 3] {
            let refused = db.write(async |tx: &mut Tx| problems::update(tx, &next, stale).await).await;
            assert!(matches!(refused, Err(Error::Conflict)), "at {stale}: {refused:?}");
        }
        let again = db.write(async |tx: &mut Tx| problems::insert(tx, &of, &[]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

/// A case is in one problem that is not closed.
#[tokio::test]
async fn link_taken_count_linked_of_problems() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let (first, second) = (problem(1, "lianhu", 5), problem(2, "lianhu", 6));
        insert_problem(&db, &first, &[11, 12], LIANHU).await;
        insert_problem(&db, &second, &[13], LIANHU).await;
        let taken = async |case: u128| read(&db, async |tx: &mut Tx| problems::taken(tx, id(case)).await).await;
        let linked = async |of: u128| read(&db, async |tx: &mut Tx| problems::count_linked(tx, id(of)).await).await;
        assert_eq!((taken(11).await, taken(13).await, taken(14).await), (true, true, false));
        assert_eq!((linked(1).await, linked(2).await, linked(3).await), (2, 1, 0));
        for of in [1, 2] {
            let twice = db.write(async |tx: &mut Tx| problems::link(tx, id(of), id(11)).await).await;
            assert!(matches!(twice, Err(Error::Conflict)), "{of}: {twice:?}");
        }
        for judged in [None, Some(EffectJudgement::Partly)] {
            let next = Problem { revision: 1, ..measured(&first, judged) };
            write(&db, async |tx: &mut Tx| problems::update(tx, &next, 1).await).await;
            assert!(taken(11).await, "{judged:?}");
        }
        let closed = measured(&first, Some(EffectJudgement::Effective));
        write(&db, async |tx: &mut Tx| problems::update(tx, &closed, 1).await).await;
        assert_eq!((taken(11).await, taken(12).await, taken(13).await), (false, false, true));
        write(&db, async |tx: &mut Tx| problems::link(tx, id(2), id(11)).await).await;
        assert_eq!((taken(11).await, linked(1).await, linked(2).await), (true, 2, 2));
    })
    .await;
}

#[tokio::test]
async fn linked_count_seen_cases_of_problems() {
    on_both("ledger", &MIGRATIONS, async |db| {
        keep(&db, case(11, 10, &[]), State::Registered, LIANHU).await;
        keep(&db, case(12, 20, &["p-accused"]), State::Registered, LIANHU).await;
        keep(&db, case(13, 20, &[]), State::Registered, STATION).await;
        insert_problem(&db, &problem(1, "lianhu", 5), &[11, 12, 13], LIANHU).await;
        insert_problem(&db, &problem(2, "lianhu", 6), &[], LIANHU).await;
        let rows = [
            (reader(LIANHU, "p"), 1, None, 10, 3, [13, 12, 11].as_slice()),
            (reader(LIANHU, "p"), 1, Some((20, id(13))), 10, 3, &[12, 11]),
            (reader(LIANHU, "p"), 1, None, 1, 3, &[13]),
            (reader(LIANHU, "p-accused"), 1, None, 10, 2, &[13, 11]),
            (reader(STATION, "p"), 1, None, 10, 1, &[13]),
            (reader(BEILIN, "p"), 1, None, 10, 0, &[]),
            (reader(LIANHU, "p"), 2, None, 10, 0, &[]),
        ];
        for (reader, of, before, limit, count, expected) in rows {
            let work = async |tx: &mut Tx| {
                let cases = problems::cases(tx, &reader, id(of), before, limit).await?;
                Ok::<_, Error>((problems::count_seen(tx, &reader, id(of)).await?, cases))
            };
            let (seen, found) = read(&db, work).await;
            assert_eq!((seen, ids(&found)), (count, expected.to_vec()), "{reader:?} {of} {before:?}");
        }
        for (of, after, limit, expected) in
            [(1, 0, 10, [11, 12, 13].as_slice()), (1, 11, 10, &[12, 13]), (1, 0, 2, &[11, 12]), (1, 13, 10, &[]), (2, 0, 10, &[])]
        {
            let found = read(&db, async |tx: &mut Tx| problems::linked(tx, id(of), id(after), limit).await).await;
            assert_eq!(ids(&found), expected, "{of} {after}");
        }
    })
    .await;
}

#[tokio::test]
async fn list_of_problems() {
    on_both("ledger", &MIGRATIONS, async |db| {
        for (number, unit, time, reach) in
            [(1, "city", 10, CITY), (2, "lianhu", 20, LIANHU), (3, "lianhu-beiyuanmen", 20, STATION), (4, "beilin", 30, BEILIN)]
        {
            insert_problem(&db, &problem(number, unit, time), &[], reach).await;
        }
        let next = measured(&problem(2, "lianhu", 20), None);
        write(&db, async |tx: &mut Tx| problems::update(tx, &next, 1).await).await;
        let rows = [
            (CITY, None, None, 10, [4, 3, 2, 1].as_slice()),
            (STATION, None, None, 10, &[3, 2, 1]),
            (BEILIN, None, None, 10, &[4, 1]),
            (CITY, Some(ProblemState::Measured), None, 10, &[2]),
            (CITY, Some(ProblemState::Open), None, 10, &[4, 3, 1]),
            (CITY, Some(ProblemState::Closed), None, 10, &[]),
            (CITY, None, Some((20, id(3))), 10, &[2, 1]),
            (CITY, None, None, 2, &[4, 3]),
            (&[], None, None, 10, &[]),
        ];
        for (units, state, before, limit, expected) in rows {
            let reader = reader(units, "p");
            let found = read(&db, async |tx: &mut Tx| problems::list(tx, &reader, state, before, limit).await).await;
            let found: Vec<u128> = found.iter().map(|problem| problem.id.as_u128()).collect();
            assert_eq!(found, expected, "{units:?} {state:?} {before:?}");
        }
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("drives", include_str!("../src/programme/drive/store.rs"), include_str!("drives_and_problems.rs"));
    assert_held_against_both("problems", include_str!("../src/programme/problem/store.rs"), include_str!("drives_and_problems.rs"));
}
