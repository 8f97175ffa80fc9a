//! The working calendar in its editions. Edition 0 are the years in `libs/clock/calendar-cn.csv`, which come with the suite. Each
//! year whose notice comes later is loaded as the next edition, by an administrator of the city bureau (`LoadCalendar`) or an
//! operator (`sanben calendar load FILE`). A year that is there is corrected in the same way, with a reason.
//!
//! What is loaded is one notice, checked line by line (`libs/clock/src/year.rs`): every line that is wrong is named with the
//! reason. It is in force at once in the replica that answers. The others look at the newest edition whenever anything has
//! happened, so they have it within a second or so, and after a start before anything is answered.
//!
//! Says: `CalendarLoaded`, which holds the days, so the desk needs to ask nobody: intake keeps them and works by the newest edition
//! that it has heard of (`services/intake/src/calendar.rs`). Hears: nothing. What a new edition does to cases is in `deadline`.

pub mod fault;
pub mod get_calendar;
pub mod list_calendar_editions;
pub mod load_calendar;
pub mod store;

use std::time::Duration;

use sanben_bus::{Actor, Aggregate, Fact, record};
use sanben_clock::{CalendarError, Clock, Day, Ts, Year};
use sanben_db::{Db, Error, Tx};
use sanben_host::{App, Edition, Editions, Task, act, fact};
use sanben_proto::ledger as pb;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

/// There is one calendar.
pub const ID: Uuid = Uuid::from_bytes(*b"working-calendar");
/// So many editions are read at once.
const AT_ONCE: i64 = 100;
const AGAIN_SECS: u64 = 1;

/// An edition that was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// From 1 without gaps.
    pub edition: i64,
    pub year: Year,
    /// Whether the year had a notice before.
    pub replaces: bool,
    /// Empty if none was given.
    pub reason: String,
    pub by: Actor,
    pub at: Ts,
}

/// Why a year is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Wrong(CalendarError),
    /// Another edition than expected is in force.
    Changed {
        present: i64,
    },
    /// A year that has a notice is corrected without a reason.
    ReasonMissing,
}

/// The calendar as its history has it: as many events as editions.
#[derive(Debug)]
struct History {
    revision: i64,
}

/// What can happen to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Event {
    Loaded { year: Year, replaces: bool, reason: String },
}

impl Aggregate for History {
    const NAME: &'static str = "calendar";
    type Event = Event;

    fn id(&self) -> Uuid {
        ID
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, Event::Loaded { .. }: &Event) {
        self.revision += 1;
    }

    fn fact(&self, Event::Loaded { year, reason, .. }: &Event) -> Fact {
        let loaded = pb::CalendarLoaded {
            edition: number(self.revision),
            year: year.year,
            notice: year.notice.clone(),
            days: year.days().map(|(date, day)| shown(date, day)).collect(),
        };
        fact(reason, &loaded)
    }
}

/// Puts in force what was loaded since. Called where only what is committed is seen, or before anything is written.
pub async fn catch_up(tx: &mut Tx, editions: &Editions) -> Result<(), Error> {
    loop {
        let Edition { number, calendar } = editions.current();
        let later = store::after(tx, number, AT_ONCE).await?;
        let Some(last) = later.last() else { return Ok(()) };
        let calendar = later.iter().fold(calendar, |calendar, one| calendar.with(&one.year));
        editions.advance(Edition { number: last.edition, calendar });
    }
}

/// Takes a year in as the next edition; `expected` is the one that it is to follow, if that was said. What is refused leaves no trace. It is in
/// force when the next [`catch_up`] has seen it.
pub async fn load(
    tx: &mut Tx,
    editions: &Editions,
    clock: &Clock,
    (by, at): (&Actor, Ts),
    (year, reason): (Year, &str),
    expected: Option<i64>,
) -> Result<Result<Loaded, Refusal>, Error> {
    store::take_turn(tx).await?;
    catch_up(tx, editions).await?;
    let present = editions.current();
    if let Err(refusal) = check(&present, &year, reason, expected) {
        return Ok(Err(refusal));
    }
    let replaces = present.calendar.covers(year.year);
    let mut history = History { revision: present.number };
    let event = Event::Loaded { year: year.clone(), replaces, reason: reason.to_owned() };
    record(tx, clock, at, by, &mut history, &[event]).await?;
    let loaded = Loaded { edition: history.revision, year, replaces, reason: reason.to_owned(), by: by.clone(), at };
    store::insert(tx, &loaded).await?;
    Ok(Ok(loaded))
}

fn check(present: &Edition, year: &Year, reason: &str, expected: Option<i64>) -> Result<(), Refusal> {
    if expected.is_some_and(|expected| expected != present.number) {
        return Err(Refusal::Changed { present: present.number });
    }
    present.calendar.check(year).map_err(Refusal::Wrong)?;
    if present.calendar.covers(year.year) && reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(())
}

/// As the operator of the machine, beside whatever runs; processes take it up within seconds.
///
/// # Errors
/// When the store fails.
pub async fn load_as_operator(db: &Db, clock: &Clock, year: Year, reason: &str) -> Result<Result<Loaded, Refusal>, Error> {
    let operator = Actor { person: "operator".to_owned(), role: "administrator".to_owned(), ..Actor::default() };
    let (editions, now) = (Editions::shipped(), clock.now());
    db.write(async |tx: &mut Tx| load(tx, &editions, clock, (&operator, now), (year, reason), None).await).await
}

/// The edition that is in force by this store.
///
/// # Errors
/// When the store fails.
pub async fn in_force(db: &Db) -> Result<Edition, Error> {
    let editions = Editions::shipped();
    db.read(async |tx: &mut Tx| catch_up(tx, &editions).await).await?;
    Ok(editions.current())
}

/// Keeps up with what other replicas and the operator load: looks whenever anything has happened.
pub fn follower(app: App) -> Task {
    Task::new("calendar", move |stop| async move {
        let mut head = app.log.follow();
        loop {
            // Seen before the look, so that what comes during it wakes the next one.
            head.mark_unchanged();
            let caught_up = app.db.read(async |tx: &mut Tx| catch_up(tx, &app.editions).await).await;
            let again = async {
                match &caught_up {
                    Ok(()) => std::future::pending().await,
                    Err(error) => {
                        tracing::warn!(%error, "the calendar in force may be an older one");
                        tokio::time::sleep(Duration::from_secs(AGAIN_SECS)).await;
                    }
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                _ = head.changed() => {}
                () = again => {}
            }
        }
    })
}

/// A day, as the contract has it.
pub fn shown(date: Date, day: &Day) -> pb::CalendarDay {
    let (festival, notice) = day.named().unwrap_or_default();
    let kind = if day.workday { pb::CalendarDayKind::Workday } else { pb::CalendarDayKind::Holiday };
    pb::CalendarDay { date: date.to_string(), kind: kind as i32, festival: festival.to_owned(), notice: notice.to_owned() }
}

/// An edition, as the contract has it.
pub fn edition(of: &Loaded) -> pb::CalendarEdition {
    pb::CalendarEdition {
        edition: number(of.edition),
        year: of.year.year,
        notice: of.year.notice.clone(),
        replaces: of.replaces,
        reason: of.reason.clone(),
        act: Some(act(&of.by, of.at)),
    }
}

/// The number of an edition, as the contract has it.
pub fn number(edition: i64) -> i32 {
    i32::try_from(edition).unwrap_or(i32::MAX)
}
