//! The rights of a case are worked out again with another calendar, on both engines: what a person was told may move later,
//! never earlier.

use sanben_access::Role;
use sanben_clock::{Clock, Ts, Year};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx, fetch_all};
use sanben_host::App;
use sanben_host::testing::app;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::store;
use sanben_ledger::catalogue::calendar;
use sanben_ledger::clock::store as clocks;
use sanben_ledger::deadline::reproject;
use sanben_ledger::duty::store as duties;
use sanben_ledger::ledger;
use sanben_ledger_rules::case::{Case, Event, Opening, Projected, Reply, Report, State, apply, duty::Whom, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Outcome, Track};
use sanben_proto::ledger::{ClockKind, Door, DutyKind};
use uuid::Uuid;

/// Made up, and says so.
const NEXT: &str = include_str!("../../../libs/clock/src/year/made-up-2027.csv");
const NOTICE: &str = "国办发明电〔2026〕0号(虚构)";
const DELIVERED: &str = "2026-12-17T02:00:00Z";

fn at(text: &str) -> Ts {
    Ts::parse(text).expect("an instant")
}

/// The last instant of a day.
fn end_of(day: &str) -> Ts {
    at(&format!("{day}T15:59:59.999999Z"))
}

fn case(number: u128) -> Case {
    let received = at("2026-12-10T02:00:00Z");
    let opening = Opening {
        submissions: vec![Uuid::from_u128(number + 1000)],
        book: Book::Demand,
        track: Track::Suggestion,
        origin: Channel::Online,
        title: "路灯".into(),
        summary: "路灯不亮".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received,
        proposed: received,
        presets: Chosen::Shipped,
    };
    let mut case = Case::open(Uuid::from_u128(number), opening.clone());
    apply(&mut case, &Event::Proposed(Box::new(opening)));
    (case.number, case.assigned) = (Some(format!("诉{number}")), Some(received));
    (case.published, case.examined) = (true, true);
    case
}

/// Delivered on that Thursday, and until then the person may judge, as they were told.
fn replied(number: u128, until: &str) -> Case {
    let report = Report { handler: "p-handler".into(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false };
    let reply = Reply { report, delivered: at(DELIVERED), verdict_deadline: end_of(until), opinion: None };
    Case { state: State::Replied(reply), ..case(number) }
}

async fn keep(app: &App, case: &Case) {
    let keeper = ledger(app.clone());
    app.db.write(async |tx: &mut Tx| keeper.open(tx, case).await).await.expect("kept");
}

async fn found(app: &App, number: u128) -> Case {
    let found = app.db.read(async |tx: &mut Tx| store::find(tx, Uuid::from_u128(number)).await).await;
    found.expect("an answer").expect("a case")
}

fn until(case: &Case) -> String {
    case.state.reply().expect("a reply").verdict_deadline.date().to_string()
}

/// The row of a right: its day, whether it may move, and by which edition.
async fn row(app: &App, number: u128, kind: ClockKind) -> Option<(String, bool, i64)> {
    let rows = app.db.read(async |tx: &mut Tx| clocks::of_case(tx, Uuid::from_u128(number)).await).await.expect("rows");
    let row = rows.into_iter().find(|row| row.kind == kind)?;
    Some((row.due.date().to_string(), row.provisional, row.edition))
}

/// What the history says of days that were worked out again.
async fn said(db: &Db, number: u128) -> Vec<(i64, Vec<Projected>)> {
    let sql =
        "SELECT detail FROM events WHERE type = 'sanben.ledger.v1.DeadlinesProjected' AND aggregate_id = $1 ORDER BY revision";
    let id = Uuid::from_u128(number);
    let rows = db.read(async |tx: &mut Tx| fetch_all!(tx, (String,), sql, id)).await.expect("a history");
    let read = |(detail,): (String,)| match serde_json::from_str(&detail).expect("an event") {
        Event::Projected { edition, days } => (edition, days),
        other => panic!("{other:?}"),
    };
    rows.into_iter().map(read).collect()
}

fn day(kind: ClockKind, before: &str, after: &str, provisional: bool) -> Projected {
    Projected { kind, subject: String::new(), before: before.into(), after: after.into(), provisional }
}

async fn load(app: &App, csv: &str) {
    let year = Year::parse(csv).expect("a year");
    let loaded = calendar::load_as_operator(&app.db, &app.clock, year, "更正").await.expect("an answer");
    loaded.expect("a year that fits");
    app.db.read(async |tx: &mut Tx| calendar::catch_up(tx, &app.editions).await).await.expect("in force");
}

/// New Year is one day off, and its Saturday is worked; the next edition has the Monday off, too.
fn corrections() -> [String; 2] {
    let row = |date: &str| format!("{date},holiday,元旦,{NOTICE}\n");
    let (saturday, sunday, monday) = (row("2027-01-02"), row("2027-01-03"), row("2027-01-04"));
    let shorter = NEXT.replacen(&saturday, &saturday.replace("holiday", "workday"), 1).replacen(&sunday, "", 1);
    let longer = NEXT.replacen(&sunday, &format!("{sunday}{monday}"), 1);
    [shorter.replace(NOTICE, "更正"), longer.replace(NOTICE, "再次更正")]
}

#[tokio::test]
async fn the_window_for_a_verdict_moves_later_and_never_earlier() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app("ledger", db.clone(), Clock::fake(at("2026-12-20T02:00:00Z")));
        keep(&app, &replied(1, "2027-01-01")).await;
        let liaison = Whom::Role(Role::LiaisonOfficer, "lianhu".to_owned());
        let duties = async || {
            let waiting = app.db.read(async |tx: &mut Tx| duties::of_case(tx, Uuid::from_u128(1)).await).await.expect("duties");
            let visit = waiting.iter().find(|one| one.kind == DutyKind::ReturnVisit && one.whom == liaison).expect("a visit");
            let exception = waiting.iter().find(|one| one.kind == DutyKind::StrikeOffByException).expect("an exception");
            (visit.due, exception.since)
        };
        let after = |day: &str| Ts::from_micros(end_of(day).micros() + 1);
        let verdict = ClockKind::Verdict;
        assert_eq!(row(&app, 1, verdict).await, Some(("2027-01-01".to_owned(), true, 0)));
        assert_eq!(duties().await, (end_of("2027-01-01"), after("2027-01-01")));
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 0, "by the same calendar");

        load(&app, NEXT).await;
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 1);
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 0, "once");
        let moved = (1, vec![day(verdict, "2027-01-01", "2027-01-04", false)]);
        assert_eq!((until(&found(&app, 1).await).as_str(), said(&db, 1).await), ("2027-01-04", vec![moved.clone()]));
        assert_eq!(row(&app, 1, verdict).await, Some(("2027-01-04".to_owned(), false, 1)));
        assert_eq!(duties().await, (end_of("2027-01-04"), after("2027-01-04")));

        let [shorter, longer] = corrections();
        load(&app, &shorter).await;
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 0);
        assert_eq!(until(&found(&app, 1).await), "2027-01-04", "they were told so");
        load(&app, &longer).await;
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 1);
        let again = (3, vec![day(verdict, "2027-01-04", "2027-01-05", false)]);
        assert_eq!((until(&found(&app, 1).await).as_str(), said(&db, 1).await), ("2027-01-05", vec![moved, again]));
    })
    .await;
}

/// Whatever became of the case since, and whoever kept it since.
#[tokio::test]
async fn no_window_is_passed_over() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app("ledger", db.clone(), Clock::fake(at("2027-01-02T02:00:00Z")));
        // Over since yesterday by the days that were known, and struck off by exception since.
        let silent = replied(1, "2027-01-01");
        let reply = silent.state.reply().expect("a reply").clone();
        keep(&app, &Case { state: State::StruckOff { reply, door: Door::Exception }, ..silent }).await;
        let mut touched = replied(2, "2027-01-01");
        keep(&app, &touched).await;
        // Over by any calendar.
        let early =
            Reply { delivered: at("2026-12-01T02:00:00Z"), ..replied(3, "2026-12-16").state.reply().expect("a reply").clone() };
        keep(&app, &Case { state: State::Replied(early), ..case(3) }).await;
        load(&app, NEXT).await;
        // Between the notice and the projection somebody else keeps the case.
        let before = touched.clone();
        apply(&mut touched, &Event::RecordAdded { kind: sanben_proto::ledger::RecordKind::Measure });
        let keeper = ledger(app.clone());
        app.db.write(async |tx: &mut Tx| keeper.keep(tx, &before, &touched).await).await.expect("kept");
        assert_eq!(row(&app, 2, ClockKind::Verdict).await, Some(("2027-01-01".to_owned(), false, 0)), "it is still to move");

        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 2);
        let all = [found(&app, 1).await, found(&app, 2).await, found(&app, 3).await];
        assert_eq!(all.each_ref().map(until), ["2027-01-04", "2027-01-04", "2026-12-16"]);
        assert_eq!(row(&app, 3, ClockKind::Verdict).await, None, "nobody looks at it again");
        assert_eq!(all[0].state.door(), Some(Door::Exception), "struck off as before, and can be taken up again");
        assert!(all[1].verdict_by(app.clock.now()).is_none(), "nobody's silence counts yet");
        app.clock.set(at("2027-02-01T02:00:00Z")).expect("a fake clock");
        let [shorter, _] = corrections();
        load(&app, &shorter).await;
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 0, "over and certain");
        assert_eq!(row(&app, 2, ClockKind::Verdict).await, None, "nobody looks at it again");
    })
    .await;
}

/// The lead unit's days are never kept: they follow each calendar, and the case says so.
#[tokio::test]
async fn the_days_for_an_objection_follow_the_calendar() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app("ledger", db.clone(), Clock::fake(at("2026-12-30T02:00:00Z")));
        let assigned = Case { state: State::Assigned, assigned: Some(at("2026-12-30T02:00:00Z")), ..case(1) };
        keep(&app, &assigned).await;
        assert_eq!(row(&app, 1, ClockKind::Objection).await, Some(("2027-01-06".to_owned(), true, 0)));
        load(&app, NEXT).await;
        assert_eq!(reproject::run(&ledger(app.clone())).await.expect("done"), 1);
        assert_eq!(row(&app, 1, ClockKind::Objection).await, Some(("2027-01-07".to_owned(), false, 1)), "New Year's Day is off");
        let days = said(&db, 1).await.remove(0).1;
        assert!(days.contains(&day(ClockKind::Objection, "2027-01-06", "2027-01-07", false)), "{days:?}");
    })
    .await;
}

/// A replica that has not heard of an edition keeps a case by the one before; its days are put right, and nothing is said twice.
#[tokio::test]
async fn no_edition_is_named_twice() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let clock = Clock::fake(at("2026-12-20T02:00:00Z"));
        let (one, behind) = (app("ledger", db.clone(), clock.clone()), app("ledger", db.clone(), clock));
        let mut case = Case { state: State::Assigned, ..case(1) };
        // Fifteen workdays from here end in January.
        case.opening.received = at("2026-12-20T02:00:00Z");
        keep(&one, &case).await;
        load(&one, NEXT).await;
        assert_eq!(reproject::run(&ledger(one.clone())).await.expect("done"), 1);
        let (before, history) = (row(&one, 1, ClockKind::Finish).await, said(&db, 1).await);
        case = found(&one, 1).await;
        assert_eq!(case.projected, Some(1));
        let earlier = case.clone();
        apply(&mut case, &Event::Contacted { at: at("2026-12-20T02:00:00Z") });
        let replica = ledger(behind.clone());
        let kept = async |tx: &mut Tx| Ok::<_, Error>(replica.keep(tx, &earlier, &case).await?);
        db.write(kept).await.expect("kept");
        assert_ne!(row(&one, 1, ClockKind::Finish).await, before, "by the calendar that was replaced");
        assert_eq!(reproject::run(&ledger(one.clone())).await.expect("done"), 0);
        assert_eq!((row(&one, 1, ClockKind::Finish).await, said(&db, 1).await), (before, history));
    })
    .await;
}
