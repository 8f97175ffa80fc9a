//! What people ask of a running suite, one after another over the public methods, and how long each answer takes.

use std::time::{Duration, Instant};

use sanben::client::{Somebody, Town, patient};
use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_db::{Error, Tx, fetch_all};
use sanben_host::timestamp;
use sanben_proto::intake::{CreateSubmissionRequest, GetSubmissionRequest, Proposal, ProposeSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::watch_cases_response::Change;
use sanben_proto::ledger::*;
use tonic::Streaming;

use crate::dice::Dice;
use crate::town::{DAY, HANDLERS, Units, handler, now};
use crate::words;

const PAGE: i32 = 20;
/// So that each connection of a pool has seen what there is of each unit: what was filled in minutes ago has left the memory.
const WARM_UP: usize = 150;
const WAIT_SECS_MAX: u64 = 60;
const LOOK_MS: u64 = 5;

/// How long something took, each time; and how many items an answer held in the mean.
pub struct Measured {
    pub name: &'static str,
    took: Vec<Duration>,
    items: f64,
}

impl Measured {
    /// `percent` of the answers took at most this long.
    pub fn within(&self, percent: usize) -> Duration {
        self.took[(self.took.len() * percent).div_ceil(100).max(1) - 1]
    }

    pub fn items(&self) -> f64 {
        self.items
    }

    fn of(name: &'static str, mut took: Vec<Duration>, items: usize) -> Measured {
        let items = items as f64 / took.len() as f64;
        took.sort();
        Measured { name, took, items }
    }
}

/// Asks so often, after [`WARM_UP`] times that do not count. Each answers how many items it got.
async fn ask(name: &'static str, times: usize, mut once: impl AsyncFnMut() -> usize) -> Measured {
    for _ in 0..WARM_UP.min(times) {
        once().await;
    }
    let (mut took, mut items) = (Vec::new(), 0);
    for _ in 0..times {
        let from = Instant::now();
        items += once().await;
        took.push(from.elapsed());
    }
    Measured::of(name, took, items)
}

/// A matter that waits for the signature of a chief.
pub struct Proposed {
    chief: Somebody,
    unit: String,
    case_id: String,
}

/// People of the bureau, who ask.
pub struct Bureau<'a> {
    pub town: &'a Town,
    pub units: &'a Units,
    pub clock: &'a Clock,
}

impl Bureau<'_> {
    fn officer(&self, person: &str, unit: &str, role: Role) -> Somebody {
        self.town.officer(person, unit, &[role])
    }

    fn chief(&self, unit: &str) -> Somebody {
        self.officer(&format!("p-{unit}-chief"), unit, Role::Chief)
    }

    /// Each of the units that lead cases in turn.
    fn unit(&self, turn: usize) -> &str {
        &self.units.0[turn % self.units.0.len()][0]
    }

    /// All that is measured, `times` each. `ids`: of some cases.
    pub async fn all(&self, times: usize, ids: &[String]) -> Vec<Measured> {
        let mut all = self.registering(times).await;
        all.push(self.getting(times, ids).await);
        all.extend(self.listing(times).await);
        all.extend(self.searching(times).await);
        all.extend(self.duties(times).await);
        all
    }

    /// Lets new cases in, and hands them out while somebody watches.
    async fn registering(&self, times: usize) -> Vec<Measured> {
        let (proposed, mut turn) = (self.proposed(WARM_UP.min(times) + times).await, 0);
        let register = ask("register", times, async || {
            self.register(&proposed[turn]).await;
            turn += 1;
            1
        });
        let register = register.await;
        let mut watcher = Watcher::open(&self.chief("city")).await;
        let mut took = Vec::new();
        for one in &proposed {
            let case = self.assign(one).await;
            let answered = Instant::now();
            took.push(watcher.hears(&case).await.saturating_duration_since(answered));
        }
        let count = took.len();
        vec![register, Measured::of("watch wake-up", took, count)]
    }

    /// Matters that the desks have proposed: who is to sign each, and its id.
    pub async fn proposed(&self, count: usize) -> Vec<Proposed> {
        let mut submitted = Vec::new();
        for number in 0..count {
            submitted.push((self.unit(number), self.propose(self.unit(number), number).await));
        }
        let mut proposed = Vec::new();
        for (unit, submission) in &submitted {
            let case_id = self.case_of(unit, submission).await;
            proposed.push(Proposed { chief: self.chief(unit), unit: (*unit).to_owned(), case_id });
        }
        proposed
    }

    pub async fn register(&self, Proposed { chief, case_id, .. }: &Proposed) {
        let (request_id, case_id) = (self.clock.id().to_string(), case_id.clone());
        let request = RegisterCaseRequest { request_id, case_id, etag: String::new() };
        chief.direction.clone().register_case(patient(request)).await.expect("registered");
    }

    /// The case as it is then.
    pub async fn assign(&self, Proposed { chief, unit, case_id }: &Proposed) -> Case {
        let request = AssignCaseRequest {
            request_id: self.clock.id().to_string(),
            case_id: case_id.clone(),
            lead_unit_id: unit.clone(),
            instruction: "请依法办理。".to_owned(),
            ..AssignCaseRequest::default()
        };
        chief.direction.clone().assign_case(patient(request)).await.expect("assigned").into_inner().case.expect("a case")
    }

    async fn propose(&self, unit: &str, number: usize) -> String {
        let (title, summary) = words::say(&mut Dice::new(number as u64));
        let request = CreateSubmissionRequest {
            request_id: self.clock.id().to_string(),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::Online as i32,
            text: summary.clone(),
            unit_id: unit.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let submission_id =
            self.town.citizen().receipts.create_submission(patient(request)).await.expect("taken in").into_inner().submission_id;
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title,
            summary,
            lead_unit_id: unit.to_owned(),
            ..Proposal::default()
        };
        let request = ProposeSubmissionRequest {
            request_id: self.clock.id().to_string(),
            submission_id: submission_id.clone(),
            proposal: Some(proposal),
            ..ProposeSubmissionRequest::default()
        };
        let desk = self.officer("p-desk", unit, Role::DeskOfficer);
        desk.desk.clone().propose_submission(patient(request)).await.expect("proposed");
        submission_id
    }

    /// Waits until the case is there.
    async fn case_of(&self, unit: &str, submission_id: &str) -> String {
        let desk = self.officer("p-desk", unit, Role::DeskOfficer);
        let mut looks = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let look = async {
            loop {
                looks.tick().await;
                let request = GetSubmissionRequest { submission_id: submission_id.to_owned() };
                let found = desk.desk.clone().get_submission(patient(request)).await.expect("a submission").into_inner();
                let case_id = found.submission.expect("a submission").case_id;
                if !case_id.is_empty() {
                    return case_id;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), look).await.expect("a case within a minute")
    }

    async fn getting(&self, times: usize, ids: &[String]) -> Measured {
        let (city, mut turn) = (self.chief("city"), 0);
        ask("get", times, async || {
            let request = GetCaseRequest { case_id: ids[turn % ids.len()].clone() };
            turn += 1;
            city.cases.clone().get_case(patient(request)).await.expect("a case");
            1
        })
        .await
    }

    /// First pages that are asked for by three filters at once.
    async fn listing(&self, times: usize) -> Vec<Measured> {
        let city = self.chief("city");
        let units: Vec<(&str, Somebody)> = self.units.0.iter().map(|unit| (unit[0].as_str(), self.chief(&unit[0]))).collect();
        let of_all = |who: &Somebody, filter: CaseFilter| list(who.clone(), filter);
        let mut turn = 0;
        let mut own = async |filter: &dyn Fn(&str) -> CaseFilter| {
            turn += 1;
            let (unit, chief) = &units[turn % units.len()];
            of_all(chief, filter(unit)).await
        };
        let done = |_: &str| CaseFilter {
            book: Book::Demand as i32,
            states: vec![CaseState::Archived as i32],
            track: Track::Petition as i32,
            ..CaseFilter::default()
        };
        let of_book = ask("list: book, state, track", times, async || own(&done).await).await;
        let of_handler = |unit: &str| CaseFilter {
            handler_id: handler(unit, unit.len() % HANDLERS),
            states: vec![CaseState::Archived as i32],
            track: Track::Petition as i32,
            ..CaseFilter::default()
        };
        let of_handler = ask("list: handler, state, track", times, async || own(&of_handler).await).await;
        let late = CaseFilter {
            colour: Colour::Red as i32,
            due_by: now().date().to_string(),
            book: Book::Demand as i32,
            ..CaseFilter::default()
        };
        let late = ask("list: colour, due, book", times, async || of_all(&city, late.clone()).await).await;
        let below = CaseFilter {
            unit_id: self.unit(0).to_owned(),
            origin: Channel::Phone as i32,
            receive_from: Some(timestamp(Ts::from_micros(now().micros() - 365 * DAY))),
            ..CaseFilter::default()
        };
        let below = ask("list: unit, origin, time", times, async || of_all(&city, below.clone()).await).await;
        // Nobody has any; newest first, all cases come before them.
        let urgent = CaseFilter {
            track: Track::Urgent as i32,
            book: Book::Demand as i32,
            states: vec![CaseState::Archived as i32],
            ..CaseFilter::default()
        };
        let urgent = ask("list: what is nowhere", times, async || of_all(&city, urgent.clone()).await).await;
        let days_ago = |days: i64| Some(timestamp(Ts::from_micros(now().micros() - days * DAY)));
        let long_ago = CaseFilter {
            receive_from: days_ago(1090),
            receive_until: days_ago(1000),
            origin: Channel::Phone as i32,
            book: Book::Demand as i32,
            ..CaseFilter::default()
        };
        let long_ago = ask("list: received long ago", times, async || of_all(&city, long_ago.clone()).await).await;
        vec![of_book, of_handler, late, below, urgent, long_ago]
    }

    async fn searching(&self, times: usize) -> Vec<Measured> {
        let (city, mut dice) = (self.chief("city"), Dice::new(7));
        let mut measured = Vec::new();
        for (which, name) in ["search: a word", "search: two words", "search: one in a hundred"].into_iter().enumerate() {
            let found = ask(name, times, async || {
                let text = words::asked(&mut dice)[which].clone();
                list(city.clone(), CaseFilter { text, ..CaseFilter::default() }).await
            });
            measured.push(found.await);
        }
        measured
    }

    async fn duties(&self, times: usize) -> Vec<Measured> {
        let city = self.chief("city");
        let units = || self.units.0.iter().map(|unit| unit[0].as_str());
        let handlers: Vec<Somebody> = units().map(|unit| self.officer(&handler(unit, 0), unit, Role::Handler)).collect();
        let chiefs: Vec<Somebody> = units().map(|unit| self.chief(unit)).collect();
        let mut measured = Vec::new();
        for (name, whose) in
            [("duties of a handler", handlers), ("duties of a chief", chiefs), ("duties of the city's chief", vec![city])]
        {
            let mut turn = 0;
            let listed = ask(name, times, async || {
                turn += 1;
                let request = ListDutiesRequest { page_size: PAGE, page_token: String::new() };
                let answer = whose[turn % whose.len()].duties.clone().list_duties(patient(request)).await;
                answer.expect("a list").into_inner().duties.len()
            });
            measured.push(listed.await);
        }
        measured
    }
}

async fn list(who: Somebody, filter: CaseFilter) -> usize {
    let request = ListCasesRequest { filter: Some(filter), page_size: PAGE, ..ListCasesRequest::default() };
    who.cases.clone().list_cases(patient(request)).await.expect("a page").into_inner().cases.len()
}

/// Somebody who watches everything that they may see.
pub struct Watcher(Streaming<WatchCasesResponse>);

impl Watcher {
    pub async fn open(who: &Somebody) -> Watcher {
        let mut stream = who.cases.clone().watch_cases(WatchCasesRequest::default()).await.expect("a stream").into_inner();
        stream.message().await.expect("a stream").expect("that it is open");
        Watcher(stream)
    }

    /// When it hears of a case as it is here.
    pub async fn hears(&mut self, case: &Case) -> Instant {
        let heard = async {
            loop {
                let response = self.0.message().await.expect("a stream").expect("a response");
                match response.change {
                    Some(Change::Case(told)) if (&told.case_id, &told.etag) == (&case.case_id, &case.etag) => {
                        return Instant::now();
                    }
                    _ => {}
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), heard).await.expect("within a minute")
    }
}

/// Ids of some cases, spread over all.
pub async fn some_ids(db: &sanben_db::Db, count: usize) -> Vec<String> {
    let read = async |tx: &mut Tx| {
        let rows = fetch_all!(
            tx,
            (uuid::Uuid,),
            "SELECT case_id FROM (SELECT case_id, ROW_NUMBER() OVER (ORDER BY propose_time, case_id) AS place FROM cases) AS c
             WHERE place % (SELECT COUNT(*) / $1 FROM cases) = 0
             LIMIT $1",
            i64::try_from(count).unwrap_or(i64::MAX),
        )?;
        Ok::<_, Error>(rows.into_iter().map(|(id,)| id.to_string()).collect())
    };
    db.read(read).await.expect("readable")
}
