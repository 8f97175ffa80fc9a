//! A simulated year: cases of all tracks, two replicas that are started again in the middle of their work, a week in which
//! nobody looks, a calendar that is loaded late. Every rung is reached exactly once, in order, in working hours, as an
//! independent count says.

mod model;
mod town;

use std::collections::HashMap;
use std::pin::pin;
use std::task::Poll;

use model::{DAY, Days, HOUR, Life, Reached, Year, csv_before, number_of, start_of};
use sanben_clock::{Calendar, Clock, Ts};
use sanben_db::testing::{postgres, sqlite};
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use sanben_host::Edition;
use sanben_host::testing::app;
use sanben_ledger::Ledger;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::deadline::{reproject, rungs};
use sanben_ledger::ledger;
use sanben_ledger_rules::case::Event;
use sanben_tools::scaled;
use town::{Dice, Visit, case_id, draw};
use uuid::Uuid;

/// What the bureau must stand in a year: usually, and in full.
const CASES_ON_SQLITE: [usize; 2] = [1_500, 20_000];
/// Each transaction is a round trip; what differs is only the store. With fewer, some kind of clock comes to no third rung.
const CASES_ON_POSTGRES: usize = 1_000;
const SEED: u64 = 2025;
/// Offices are looked at every hour of the day, and at night.
const HOURS: [i64; 13] = [0, 3, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 23];
/// The holidays from April on are not known before this day.
const LOADED: &str = "2025-03-10";
const KNOWN_BEFORE: &str = "2025-04-01";
/// From its first day to its last nobody looks; the processes are started again late in the evening.
const DOWN: (&str, &str) = ("2025-07-14", "2025-07-20");

/// Two replicas over one store.
struct Town {
    address: String,
    clock: Clock,
    edition: Edition,
    replicas: [Ledger; 2],
}

async fn replica(address: &str, clock: &Clock, edition: &Edition) -> Ledger {
    let db = Db::open(address, "ledger").await.expect("the store");
    let app = app("ledger", db, clock.clone());
    app.editions.advance(edition.clone());
    ledger(app)
}

impl Town {
    async fn at(address: &str) -> Town {
        let clock = Clock::fake(Ts::from_micros(start_of(number_of("2025-01-01"))));
        let calendar = Calendar::parse(&csv_before(KNOWN_BEFORE)).expect("a calendar");
        let edition = Edition { number: 1, calendar };
        let replicas = [replica(address, &clock, &edition).await, replica(address, &clock, &edition).await];
        replicas[0].db.migrate(&MIGRATIONS).await.expect("the schema");
        Town { address: address.to_owned(), clock, edition, replicas }
    }

    /// Another calendar comes into force, and every deadline is worked out with it.
    async fn load(&mut self, calendar: Calendar) {
        self.edition = Edition { number: self.edition.number + 1, calendar };
        for replica in &self.replicas {
            replica.editions.advance(self.edition.clone());
        }
        reproject::run(&self.replicas[0]).await.expect("worked out again");
    }

    /// One replica is gone in the middle of a sweep, and another takes its place.
    async fn restart(&mut self, which: usize, polls: usize) {
        let mut polls = polls;
        {
            let mut sweep = pin!(rungs::sweep(&self.replicas[which], Ts::from_micros(i64::MIN)));
            std::future::poll_fn(|cx| {
                polls = polls.saturating_sub(1);
                if polls == 0 || sweep.as_mut().poll(cx).is_ready() { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
        self.replicas[which] = replica(&self.address, &self.clock, &self.edition).await;
    }

    /// Both at once, or one after the other has been.
    async fn sweep(&self, both: bool, which: usize) -> usize {
        let [one, other] = &self.replicas;
        let all = Ts::from_micros(i64::MIN);
        if both {
            let (one, other) = tokio::join!(rungs::sweep(one, all), rungs::sweep(other, all));
            return one.expect("swept").reached + other.expect("swept").reached;
        }
        rungs::sweep(&self.replicas[which], all).await.expect("swept").reached
    }

    async fn carry_out(&self, lives: &mut [Life], visits: &[Visit]) {
        let work = async |tx: &mut Tx| {
            for visit in visits {
                town::carry_out(tx, &self.replicas[0], &mut lives[visit.case], visit).await?;
            }
            Ok::<_, Error>(())
        };
        self.replicas[0].db.write(work).await.expect("kept");
    }

    async fn reached(&self) -> HashMap<Uuid, Vec<Reached>> {
        let sql = "SELECT aggregate_id, detail, occur_time FROM events WHERE type = 'sanben.ledger.v1.RungReached'
                   ORDER BY aggregate_id, revision";
        let rows = self.replicas[0].db.read(async |tx: &mut Tx| fetch_all!(tx, (Uuid, String, i64), sql)).await;
        let mut reached: HashMap<Uuid, Vec<Reached>> = HashMap::new();
        for (id, detail, at) in rows.expect("a history") {
            let Event::RungReached { kind, subject, turn, rung, at: said, drafts } =
                serde_json::from_str(&detail).expect("an event")
            else {
                panic!("{detail}")
            };
            assert_eq!(said.micros(), at);
            assert!(!drafts.is_empty() && drafts.iter().all(|draft| draft.unit != "lianhu-beiyuanmen"), "{drafts:?}");
            reached.entry(id).or_default().push(((kind as i32, subject, turn), rung as i32, at));
        }
        reached
    }
}

async fn simulate(address: &str, cases: usize, always_both: bool) {
    let (first, last) = (start_of(number_of("2025-01-01")), start_of(number_of("2026-01-01")));
    let mut dice = Dice(SEED);
    let (mut lives, mut visits): (Vec<Life>, Vec<Visit>) = (Vec::new(), Vec::new());
    for case in 0..cases {
        let (life, of_it) = draw(case, &mut dice, first, last);
        lives.push(life);
        visits.extend(of_it);
    }
    visits.sort_by_key(|visit| visit.at);
    let mut town = Town::at(address).await;
    let mut year = Year { calendars: vec![(first, Days::known_before(KNOWN_BEFORE))], sweeps: Vec::new() };
    let (mut done, mut reached, mut steps) = (0, 0, 0);
    for day in number_of("2025-01-01")..number_of("2026-01-01") {
        if day == number_of(LOADED) {
            // Between two looks, at no instant at which anybody does anything.
            town.load(Calendar::shipped()).await;
            year.calendars.push((start_of(day) - HOUR + 1, Days::known_before("9999-12-31")));
        }
        for hour in HOURS {
            let now = start_of(day) + hour * HOUR;
            let next = done + visits[done..].partition_point(|visit| visit.at <= now);
            town.carry_out(&mut lives, &visits[done..next]).await;
            done = next;
            town.clock.set(Ts::from_micros(now)).expect("a fake clock");
            let down = number_of(DOWN.0) <= day && day <= number_of(DOWN.1) && (day, hour) != (number_of(DOWN.1), 23);
            if down {
                continue;
            }
            steps += 1;
            if steps % 211 == 0 {
                let polls = usize::try_from(1 + dice.below(400)).expect("a small number");
                town.restart(steps % 2, polls).await;
            }
            let days = &year.calendars.last().expect("a calendar").1;
            reached += town.sweep(always_both || steps % 5 == 0, steps % 2).await;
            if days.is_open(now) {
                year.sweeps.push(now);
            }
        }
    }
    let found = town.reached().await;
    let (mut expected, mut count) = (0, HashMap::<(i32, i32), usize>::new());
    for (case, life) in lives.iter().enumerate() {
        let of_case = year.expected(life);
        assert_eq!(found.get(&case_id(case)).cloned().unwrap_or_default(), of_case, "case {case}: {:?} {:?}", life.track, life.log);
        expected += of_case.len();
        for ((kind, ..), rung, _) in of_case {
            *count.entry((kind, rung)).or_default() += 1;
        }
    }
    assert_eq!(found.values().map(Vec::len).sum::<usize>(), expected, "of no other case");
    // Whoever was stopped in the middle did not live to say so.
    assert!(0 < reached && reached <= expected, "{reached} of {expected}");
    // Each kind of clock came to each of its rungs.
    for kind in [1, 2, 3, 4, 5, 6, 8] {
        for rung in 1..=3 {
            assert!(count.contains_key(&(kind, rung)), "no clock of kind {kind} came to rung {rung}: {count:?}");
        }
    }
    for replica in &town.replicas {
        replica.db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rung_once_and_in_working_hours_on_sqlite() {
    let (_folder, address) = sqlite();
    let [modest, full] = CASES_ON_SQLITE;
    simulate(&address, scaled(modest, full), false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rung_once_and_in_working_hours_on_postgresql() {
    simulate(&postgres().fresh_database().await, CASES_ON_POSTGRES, true).await;
}

/// What was written by a program that is broken waits for one that is repaired; everybody else goes on.
#[tokio::test]
async fn a_case_that_cannot_be_read_holds_nobody_up() {
    let (_folder, address) = sqlite();
    let town = Town::at(&address).await;
    let (mut life, visits) = {
        let mut dice = Dice(1);
        let year = (start_of(number_of("2025-01-01")), start_of(number_of("2025-03-01")));
        (0..).map(|case| draw(case, &mut dice, year.0, year.1)).find(|(_, visits)| visits.len() == 1).expect("one")
    };
    life.log.clear();
    let visit = &visits[0];
    let work = async |tx: &mut Tx| {
        town::carry_out(tx, &town.replicas[0], &mut life, visit).await?;
        execute!(
            tx,
            "INSERT INTO clocks (case_id, kind, subject, turn, due_time, warn_time, over_time, paused, provisional, edition)
             SELECT $1, kind, subject, turn, due_time, warn_time, over_time, paused, provisional, edition FROM clocks",
            Uuid::nil(),
        )?;
        execute!(
            tx,
            "INSERT INTO cases (case_id, revision, book, state, propose_time, snapshot) VALUES ($1, 1, 1, 1, 1, '{')",
            Uuid::nil(),
        )?;
        Ok::<_, Error>(())
    };
    town.replicas[0].db.write(work).await.expect("kept");
    town.clock.set(Ts::from_micros(start_of(number_of("2025-12-01")) + 10 * HOUR + DAY)).expect("a fake clock");
    let all = Ts::from_micros(i64::MIN);
    let swept = rungs::sweep(&town.replicas[0], all).await.expect("swept");
    assert!(swept.failed && swept.reached > 0, "{swept:?}");
    let again = rungs::sweep(&town.replicas[1], all).await.expect("swept");
    assert!(again.failed && again.reached == 0, "{again:?}");
}
