//! A bureau with years of cases behind it: made by the rules and the store of the ledger, without the way over the wire.

use sanben_access::{Level, Org, Role};
use sanben_bus::{Actor, record};
use sanben_clock::{Clock, Ts};
use sanben_db::{Db, Error, Tx, execute, fetch_one};
use sanben_host::testing::app;
use sanben_ledger::MIGRATIONS;
use sanben_ledger::deadline::rungs;
use sanben_ledger::finding::store::index;
use sanben_ledger_rules::case::{By, Case, Command, Event, Opening, Signature, checklist, decide, presets::Chosen};
use sanben_proto::kinds::{Book, Channel, Outcome, Track, Verdict};
use uuid::Uuid;

use crate::dice::Dice;
use crate::words;

/// In the first hour of a working day.
pub const NOW: &str = "2026-06-10T01:30:00Z";
/// Of each unit.
pub const HANDLERS: usize = 3;
/// So few that pages are full in small books, too.
const SUB_BUREAUS: usize = 4;
const SEED: u64 = 20_260_610;
pub const DAY: i64 = 86_400_000_000;
const HOUR: i64 = DAY / 24;
const YEARS_DAYS: usize = 3 * 365;
/// In one transaction.
const CHUNK: usize = 200;
/// Who follows the ledger; of them all, what is filled in is past.
const FOLLOWERS: [&str; 4] = ["intake-on-ledger", "liaison-on-ledger", "meeting-on-ledger", "notification-on-ledger"];
const ORIGINS: [Channel; 6] = [Channel::Online, Channel::Meeting, Channel::Liaison, Channel::Hall, Channel::Letter, Channel::Phone];

/// The units that lead cases, each with those above it.
#[derive(Clone, Debug)]
pub struct Units(pub Vec<Vec<String>>);

impl Units {
    /// Some sub-bureaus, and of each its first two stations.
    pub fn new(org: &Org) -> Units {
        let chain = |id: &str| org.chain(id).into_iter().map(|unit| unit.id.clone()).collect();
        let districts: Vec<&str> =
            org.units().filter(|unit| unit.level == Level::SubBureau).take(SUB_BUREAUS).map(|unit| unit.id.as_str()).collect();
        let stations = |district: &str| {
            let of_it = org.units().filter(|unit| org.parent(&unit.id).is_some_and(|parent| parent.id == district));
            of_it.take(2).map(|unit| unit.id.clone()).collect::<Vec<_>>()
        };
        let with_stations = districts.into_iter().flat_map(|district| [vec![district.to_owned()], stations(district)].concat());
        Units(with_stations.map(|unit| chain(&unit)).collect())
    }
}

pub fn now() -> Ts {
    Ts::parse(NOW).expect("an instant")
}

pub fn handler(unit: &str, number: usize) -> String {
    format!("p-{unit}-handler-{number}")
}

/// The ledger's store, and how many cases are in it.
pub struct Ledger {
    ledger: sanben_ledger::Ledger,
    units: Units,
    pub filled: usize,
}

impl Ledger {
    pub async fn at(address: &str) -> Ledger {
        let db = Db::open(address, "ledger").await.expect("the store");
        db.migrate(&MIGRATIONS).await.expect("the schema");
        let units = Units::new(&Org::shipped());
        Ledger { ledger: sanben_ledger::ledger(app("ledger", db, Clock::fake(now()))), units, filled: 0 }
    }

    pub fn db(&self) -> &Db {
        &self.ledger.db
    }

    /// Fills in more, up to `cases`; what clocks have come to by now is drafted.
    pub async fn fill(&mut self, cases: usize) {
        while self.filled < cases {
            let until = cases.min(self.filled + CHUNK);
            let work = async |tx: &mut Tx| {
                for number in self.filled..until {
                    self.one(tx, number).await?;
                }
                handed_on(tx).await
            };
            self.ledger.db.write(work).await.expect("kept");
            self.filled = until;
        }
        let swept = rungs::sweep(&self.ledger, Ts::from_micros(i64::MIN)).await.expect("swept");
        assert!(!swept.failed && swept.held_until.is_none(), "{swept:?}");
        self.ledger.db.write(handed_on).await.expect("kept");
        self.rested().await;
    }

    /// What an engine does by itself some time after so much has come is done before anything is measured.
    async fn rested(&self) {
        match &self.ledger.db {
            Db::Sqlite { writer, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await.expect("written back");
            }
            Db::Postgres(pool) => {
                for sql in ["VACUUM ANALYZE", "CHECKPOINT"] {
                    let mut conn = pool.acquire().await.expect("a connection");
                    sqlx::query("SET statement_timeout = 0").execute(&mut *conn).await.expect("patience");
                    sqlx::query(sql).execute(&mut *conn).await.expect("at rest");
                }
            }
        }
    }

    async fn one(&self, tx: &mut Tx, number: usize) -> Result<(), Error> {
        let mut dice = Dice::new(SEED ^ (number as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let plan = Plan::draw(&mut dice, &self.units);
        let opening = plan.opening(&mut dice);
        let proposed = opening.proposed;
        let id = self.ledger.clock.id();
        let mut case = Case::open(id, opening.clone());
        let actor = Actor { person: "service:ledger".to_owned(), role: "service".to_owned(), ..Actor::default() };
        record(tx, &self.ledger.clock, proposed, &actor, &mut case, &[Event::Proposed(Box::new(opening))]).await?;
        self.ledger.open(tx, &case).await?;
        let before = case.clone();
        for (command, by, at) in plan.road(&case, number, &mut dice) {
            let events = decide(&case, command, &by, at).unwrap_or_else(|refusal| panic!("{number}: {refusal:?}"));
            let actor = Actor { person: by.person.clone(), unit: by.units[0].clone(), ..Actor::default() };
            record(tx, &self.ledger.clock, at, &actor, &mut case, &events).await?;
        }
        self.ledger.keep(tx, &before, &case).await?;
        let party = format!("party-{}", dice.below(self.filled.max(1000) / 2));
        index::add_party(tx, id, plan.submission, &party).await
    }
}

/// Everything so far has its position, and everybody has heard it.
async fn handed_on(tx: &mut Tx) -> Result<(), Error> {
    execute!(
        tx,
        "UPDATE events SET position = o.head + o.place
         FROM (SELECT w.event_id, h.position AS head, ROW_NUMBER() OVER (ORDER BY w.occur_time, w.revision, w.event_id) AS place
               FROM events AS w CROSS JOIN log_head AS h
               WHERE w.position IS NULL) AS o
         WHERE events.event_id = o.event_id",
    )?;
    let (head,) = fetch_one!(tx, (i64,), "SELECT MAX(position) FROM events")?;
    execute!(tx, "UPDATE log_head SET position = $1", head)?;
    for follower in FOLLOWERS {
        execute!(
            tx,
            "INSERT INTO relay_cursor (target, position) VALUES ($1, $2) ON CONFLICT (target) DO UPDATE SET position = $2",
            follower,
            head,
        )?;
    }
    Ok(())
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Come {
    Proposed,
    Registered,
    Assigned,
    Undertaken,
    Reported,
    Replied,
    Archived,
}

/// What becomes of a case.
struct Plan {
    submission: Uuid,
    units: Vec<String>,
    book: Book,
    track: Track,
    received: i64,
    come: Come,
}

impl Plan {
    fn draw(dice: &mut Dice, units: &Units) -> Plan {
        let (book, track) = match dice.below(20) {
            0..11 => (Book::Demand, Track::Petition),
            11..15 => (Book::Demand, Track::Consultation),
            15..18 => (Book::Suggestion, Track::Suggestion),
            _ => (Book::Complaint, Track::Accusation),
        };
        let days = dice.below(YEARS_DAYS);
        // Most are finished in good time; a few of any age are not.
        let come = match days {
            0..2 => Come::Proposed,
            2..45 => *dice.one_of(&[
                Come::Registered,
                Come::Assigned,
                Come::Undertaken,
                Come::Undertaken,
                Come::Reported,
                Come::Replied,
                Come::Archived,
            ]),
            _ if dice.percent(2) => *dice.one_of(&[Come::Assigned, Come::Undertaken, Come::Reported]),
            _ => Come::Archived,
        };
        let age = i64::try_from(days).expect("three years") * DAY + i64::try_from(dice.below(24)).expect("a day") * HOUR;
        Plan {
            submission: Uuid::from_u128((u128::from(dice.below(usize::MAX) as u64) << 64) | dice.below(usize::MAX) as u128),
            units: dice.one_of(&units.0).clone(),
            book,
            track,
            received: now().micros() - age - 7 * HOUR,
            come,
        }
    }

    fn opening(&self, dice: &mut Dice) -> Opening {
        let (title, summary) = words::say(dice);
        Opening {
            submissions: vec![self.submission],
            book: self.book,
            track: self.track,
            origin: *dice.one_of(&ORIGINS),
            title,
            summary,
            lead_unit: self.units[0].clone(),
            gate_unit: self.units[0].clone(),
            gate_chain: self.units.clone(),
            accused_units: Vec::new(),
            accused_persons: if self.book == Book::Complaint { vec![format!("p-accused-{}", dice.below(500))] } else { Vec::new() },
            sealed: self.book == Book::Complaint,
            parties: 1,
            external: None,
            received: Ts::from_micros(self.received),
            // To the microsecond, as people do not come at full hours.
            proposed: Ts::from_micros(self.received + HOUR + i64::try_from(dice.below(3_600_000_000)).expect("an hour")),
            presets: Chosen::Shipped,
        }
    }

    /// What was done, by whom and when, as far as it has come.
    fn road(&self, case: &Case, number: usize, dice: &mut Dice) -> Vec<(Command, By, Ts)> {
        let (chief, office, leader) =
            (self.by("chief", Role::Chief), self.by("office", Role::Office), self.by("leader", Role::LeaderInCharge));
        let handler = By { person: handler(&self.units[0], dice.below(HANDLERS)), ..self.by("handler", Role::Handler) };
        let (submission, petition) = (self.submission, self.track == Track::Petition);
        let review = || Command::Review { approve: true, criteria_met: true, reason: String::new() };
        let register = Command::Register { number: format!("旧〔2026〕{number:06}"), checklists: checklist::shipped().to_vec() };
        let assign = Command::Assign { lead: self.units.clone(), assisting: Vec::new(), assist_due: String::new() };
        let mut at = case.opening.proposed.micros();
        let step = (now().micros() - at).min(40 * DAY) / 16;
        let verdict_deadline = Ts::from_micros(at + 9 * step + 15 * DAY);
        let reply = Command::Reply { verdict_deadline, opinion: format!("意见〔2026〕{number:06}") };
        let report = Command::ReportBack { outcome: Outcome::Supported, opinion: petition };
        let verdict = Command::RecordVerdict { submission, round: 1, verdict: Verdict::Satisfied };
        let service = By { person: "service:intake".to_owned(), ..self.by("service", Role::Service) };
        let road = [
            (Come::Registered, register, &chief),
            (Come::Assigned, assign, &chief),
            (Come::Undertaken, Command::Undertake, &handler),
            (Come::Undertaken, Command::RecordContact, &handler),
            (Come::Reported, report, &handler),
            (Come::Reported, review(), &handler),
            (Come::Replied, review(), &office),
            (Come::Replied, review(), &leader),
            (Come::Replied, reply, &handler),
            (Come::Archived, verdict, &service),
            (Come::Archived, Command::RecordPublication { published: false }, &office),
            (Come::Archived, Command::ExamineAccountability { persons: Vec::new() }, &office),
            (Come::Archived, Command::StrikeOff, &chief),
            (Come::Archived, Command::Archive, &office),
        ];
        let done = road.into_iter().filter(|(come, ..)| *come <= self.come);
        done.map(|(_, command, by)| {
            at += step;
            (command, by.clone(), Ts::from_micros(at))
        })
        .collect()
    }

    fn by(&self, post: &str, role: Role) -> By {
        let signature = (role == Role::Chief).then(|| Signature { tenure: format!("t-{}-chief", self.units[0]), deputy: false });
        By {
            person: format!("p-{}-{post}", self.units[0]),
            units: self.units.clone(),
            roles: vec![role],
            signature,
            ..By::default()
        }
    }
}
