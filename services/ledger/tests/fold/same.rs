//! Worked out again by the same days, nothing of a case changes, wherever on its road it is.

use std::time::Duration;

use sanben_bus::{Actor, record};
use sanben_clock::{Clock, Ts, Year};
use sanben_db::testing::on_both;
use sanben_db::{Tx, fetch_one};
use sanben_host::App;
use sanben_host::testing::app;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::store;
use sanben_ledger::catalogue::calendar;
use sanben_ledger::clock::store::{self as clocks, Running};
use sanben_ledger::deadline::reproject;
use sanben_ledger_rules::case::Case;
use sanben_proto::ledger::ClockKind;
use uuid::Uuid;

use super::road::Road;

const SHIPPED: &str = include_str!("../../../../libs/clock/calendar-cn.csv");
const CASES: u64 = 50;
/// Each begins so many days after the one before: from the summer of 2022 until the spring of 2027, for which no notice is out.
const APART_DAYS: u64 = 35;
/// 2022-06-01, at ten in the morning.
const START: Ts = Ts::from_micros(1_654_048_800_000_000);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The rows of one notice, as they can be loaded.
fn years() -> Vec<String> {
    let mut rows = SHIPPED.lines();
    let header = rows.next().expect("a header");
    let mut years: Vec<(String, String)> = Vec::new();
    for row in rows {
        let notice = row.rsplit(',').next().expect("a notice").to_owned();
        match years.last_mut().filter(|(last, _)| *last == notice) {
            Some((_, rows)) => rows.push_str(&format!("{row}\n")),
            None => years.push((notice, format!("{header}\n{row}\n"))),
        }
    }
    years.into_iter().map(|(_, rows)| rows).collect()
}

async fn load(app: &App, csv: &str) {
    let year = Year::parse(csv).expect("a year");
    calendar::load_as_operator(&app.db, &app.clock, year, "再次公布").await.expect("an answer").expect("a year that fits");
    app.db.read(async |tx: &mut Tx| calendar::catch_up(tx, &app.editions).await).await.expect("in force");
}

/// A case somewhere on its road, kept as it is then.
async fn somewhere(app: &App, seed: u64) -> Uuid {
    let days = u32::try_from(seed * APART_DAYS).expect("some years");
    // Time never goes back for those that were kept before.
    let mut road = Road::by_the_calendar(seed, START.plus(DAY * days).max(app.clock.now()));
    let mut events = vec![(road.now, road.propose())];
    for _ in 0..road.length() {
        let Some(happened) = road.step() else { break };
        events.extend(happened.events.into_iter().map(|event| (happened.at, event)));
    }
    app.clock.set(road.now).expect("a fake clock");
    let mut case = Case::open(road.case.id, road.case.opening.clone());
    let keep = async |tx: &mut Tx| {
        for (at, event) in &events {
            record(tx, &app.clock, *at, &Actor::default(), &mut case, std::slice::from_ref(event)).await?;
        }
        sanben_ledger::ledger(app.clone()).open(tx, &case).await
    };
    app.db.write(keep).await.expect("kept");
    assert_eq!(case, road.case, "seed {seed}");
    case.id
}

async fn kept(app: &App, id: Uuid) -> (Case, Vec<Running>) {
    let read = app.db.read(async |tx: &mut Tx| {
        let case = store::find(tx, id).await?.expect("a case");
        Ok::<_, sanben_db::Error>((case, clocks::of_case(tx, id).await?))
    });
    let (case, mut rows) = read.await.expect("what is kept");
    rows.iter_mut().for_each(|row| row.edition = 0);
    (case, rows)
}

async fn said(app: &App) -> i64 {
    let sql = "SELECT COUNT(*) FROM events WHERE type = $1";
    let read = app.db.read(async |tx: &mut Tx| fetch_one!(tx, (i64,), sql, "sanben.ledger.v1.DeadlinesProjected"));
    read.await.expect("a history").0
}

/// Rights that are over are not kept for ever.
fn still_open(rows: Vec<Running>, now: Ts) -> Vec<Running> {
    let is_right = |row: &Running| matches!(row.kind, ClockKind::Objection | ClockKind::Verdict);
    rows.into_iter().filter(|row| !is_right(row) || row.provisional || row.due >= now).collect()
}

#[tokio::test]
async fn worked_out_again_by_the_same_days_nothing_changes() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let app = app("ledger", db.clone(), Clock::fake(START));
        let (years, mut all) = (years(), Vec::new());
        for (seed, year) in (0..CASES).zip(years.iter().cycle()) {
            let id = somewhere(&app, seed).await;
            let before = kept(&app, id).await;
            load(&app, year).await;
            assert_eq!(reproject::run(&sanben_ledger::ledger(app.clone())).await.expect("done"), 0, "seed {seed}");
            let (case, rows) = before.clone();
            assert_eq!(kept(&app, id).await, (case, still_open(rows, app.clock.now())), "seed {seed}");
            all.push((id, before));
        }
        let rows = || all.iter().flat_map(|(_, (_, rows))| rows);
        let of = |kind| rows().filter(|row| row.kind == kind).count();
        let (paused, provisional) = (rows().filter(|row| row.paused).count(), rows().filter(|row| row.provisional).count());
        let kinds = [of(ClockKind::Finish), of(ClockKind::Verdict), of(ClockKind::Assistance), paused, provisional];
        assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
        assert_eq!(said(&app).await, 0);
        // Time has gone on for those that were kept first: what ends are rights, and no day is another.
        for (id, (case, rows)) in all {
            assert_eq!(kept(&app, id).await, (case, still_open(rows, app.clock.now())));
        }
        let mut moved = 0;
        for year in &years {
            let last = year.lines().rfind(|row| row.contains(",holiday,国庆节,")).expect("a last day");
            load(&app, &year.replace(&format!("{last}\n"), "")).await;
            moved += reproject::run(&sanben_ledger::ledger(app.clone())).await.expect("done");
        }
        assert!(moved > 0, "by other days something does");
    })
    .await;
}
