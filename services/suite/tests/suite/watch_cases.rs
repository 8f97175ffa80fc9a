//! Everything within somebody's reach, as it changes: on streams that are cut and resumed, by whoever may see it and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::kept;
use futures::FutureExt as _;
use sanben::client::Somebody;
use sanben_access::Role;
use sanben_bus::{Actor, record};
use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_ledger::case::store;
use sanben_ledger_rules::case::Event;
use sanben_proto::intake::{ListSubmissionsRequest, ListSubmissionsResponse};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::watch_cases_response::Change;
use sanben_proto::ledger::*;
use tonic::{Code, Status, Streaming};
use uuid::Uuid;

use crate::matter::{self, Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, assign};
use crate::roads::{case_of, decide, object};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, Refused, Who};

const NEXT_SECS_MAX: u64 = 60;
const TOKEN_AND_LEEWAY: Duration = Duration::from_secs(12 * 3600 + 30);
const STATION: &str = "lianhu-beiyuanmen";
/// What the station handles itself, for all to see.
const OF_STATION: Spec = Spec { unit: STATION, lead: STATION, ..DEMAND };
/// More than are held for all.
const MANY: usize = 400;

/// What somebody who watches is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A case with its state and etag.
    Case(String, CaseState, String),
    Gone(String),
}

/// Somebody who watches, and what they know.
pub struct Watcher {
    stream: Streaming<WatchCasesResponse>,
    pub token: String,
}

impl Watcher {
    pub async fn open(who: &Somebody, filter: &CaseFilter, token: &str) -> Result<Watcher, Status> {
        let request = WatchCasesRequest { filter: Some(filter.clone()), resume_token: token.to_owned() };
        let stream = who.cases.clone().watch_cases(request).await?.into_inner();
        let mut watcher = Watcher { stream, token: String::new() };
        assert_eq!(watcher.response().await?, None, "the first response says only that the stream is open");
        Ok(watcher)
    }

    async fn response(&mut self) -> Result<Option<Told>, Status> {
        let response = tokio::time::timeout(Duration::from_secs(NEXT_SECS_MAX), self.stream.message());
        let response = response.await.expect("something comes")?.expect("a stream says why it ends");
        self.token = response.resume_token;
        Ok(response.change.map(|change| match change {
            Change::Case(case) => Told::Case(case.case_id.clone(), case.state(), case.etag),
            Change::GoneCaseId(id) => Told::Gone(id),
        }))
    }

    /// What is told next; that there was nothing for a while is passed over.
    pub async fn told(&mut self) -> Result<Told, Status> {
        loop {
            if let Some(told) = self.response().await? {
                return Ok(told);
            }
        }
    }

    async fn next(&mut self) -> Told {
        self.told().await.expect("an open stream")
    }

    /// What is told until a case is in a state.
    async fn until(&mut self, matter: &Matter, state: CaseState) -> Vec<Told> {
        let mut all = Vec::new();
        loop {
            let told = self.next().await;
            let is_it = matches!(&told, Told::Case(id, at, _) if *id == matter.case_id && *at == state);
            all.push(told);
            if is_it {
                return all;
            }
        }
    }
}

fn somebody(bench: &Bench, person: &str, unit: &str, roles: &[Role]) -> Somebody {
    bench.suite.town.officer(person, unit, roles)
}

fn chief(bench: &Bench, unit: &str) -> Somebody {
    somebody(bench, &format!("p-{unit}-chief"), unit, &[Role::Chief])
}

async fn watch(who: &Somebody, filter: &CaseFilter) -> Watcher {
    Watcher::open(who, filter, "").await.expect("a stream")
}

fn states(states: &[CaseState]) -> CaseFilter {
    CaseFilter { states: states.iter().map(|state| *state as i32).collect(), ..CaseFilter::default() }
}

async fn seen(bench: &Bench, matter: &Matter) -> Told {
    let case = case_of(bench, matter).await;
    Told::Case(case.case_id.clone(), case.state(), case.etag)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_and_so_is_what_the_filter_takes_no_more() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let filter = states(&[CaseState::Registered, CaseState::Assigned]);
        let (mut all, mut some) =
            (watch(&chief(&bench, "lianhu"), &CaseFilter::default()).await, watch(&chief(&bench, "lianhu"), &filter).await);
        let mut matter = bench.matter(&DEMAND, Stage::Proposed).await;
        assert_eq!(all.next().await, seen(&bench, &matter).await, "{engine:?}");
        for (from, to) in [(Stage::Proposed, Stage::Registered), (Stage::Registered, Stage::Assigned)] {
            bench.advance(&mut matter, from, to).await;
            let expected = seen(&bench, &matter).await;
            assert_eq!(all.next().await, expected, "{engine:?}");
            assert_eq!(some.next().await, expected, "{engine:?}: what it was before was not asked for");
        }
        bench.advance(&mut matter, Stage::Assigned, Stage::Undertaken).await;
        assert_eq!(all.next().await, seen(&bench, &matter).await, "{engine:?}");
        assert_eq!(some.next().await, Told::Gone(matter.case_id.clone()), "{engine:?}");
        bench.advance(&mut matter, Stage::Undertaken, Stage::Reported).await;
        let other = bench.matter(&DEMAND, Stage::Registered).await;
        assert_eq!(some.next().await, seen(&bench, &other).await, "{engine:?}: it is gone once");
        bench.end().await;
        for mut watcher in [all, some] {
            let why = loop {
                if let Err(status) = watcher.told().await {
                    break Refused::from(status).why();
                }
            };
            assert_eq!((why.code, why.reason.as_str()), (Code::Unavailable, "UNAVAILABLE"), "{engine:?}");
        }
    }
}

/// Each field of the filter, over the public method.
#[tokio::test(flavor = "multi_thread")]
async fn each_filter_takes_what_it_names() {
    let bench = Bench::on(Engine::Sqlite).await;
    let all = CaseFilter::default();
    let filters = [
        ("book", CaseFilter { book: Book::Suggestion as i32, ..all.clone() }, false),
        ("book", CaseFilter { book: Book::Demand as i32, ..all.clone() }, true),
        ("unit above", CaseFilter { unit_id: "city".into(), ..all.clone() }, true),
        ("unit below", CaseFilter { unit_id: STATION.into(), ..all.clone() }, false),
        ("origin", CaseFilter { origin: Channel::Online as i32, ..all.clone() }, true),
        ("origin", CaseFilter { origin: Channel::Letter as i32, ..all.clone() }, false),
        ("track", CaseFilter { track: Track::Petition as i32, ..all.clone() }, true),
        ("track", CaseFilter { track: Track::Urgent as i32, ..all.clone() }, false),
        ("colour", CaseFilter { colour: Colour::Green as i32, ..all.clone() }, true),
        ("colour", CaseFilter { colour: Colour::Red as i32, ..all.clone() }, false),
        ("due by", CaseFilter { due_by: "2099-12-31".into(), ..all.clone() }, true),
        ("due by", CaseFilter { due_by: "2020-01-01".into(), ..all.clone() }, false),
        ("handler", CaseFilter { handler_id: "p-lianhu-handler".into(), ..all.clone() }, true),
        ("handler", CaseFilter { handler_id: "p-lianhu-handler-2".into(), ..all.clone() }, false),
        ("owner", CaseFilter { owner_id: "p-lianhu-chief".into(), ..all.clone() }, false),
        ("duty", CaseFilter { personal_duty: PersonalDuty::Petition as i32, ..all.clone() }, false),
        ("number", CaseFilter { number: "诉〔2026〕000000".into(), ..all.clone() }, false),
        ("door", CaseFilter { door: Door::Confirmed as i32, ..all.clone() }, false),
        ("received", CaseFilter { receive_from: Some(sanben_host::timestamp(bench.suite.clock.now())), ..all.clone() }, true),
        ("received", CaseFilter { receive_until: Some(sanben_host::timestamp(bench.suite.clock.now())), ..all.clone() }, false),
    ];
    let mut streams = Vec::new();
    for (number, (name, filter, takes)) in filters.into_iter().enumerate() {
        let who = somebody(&bench, &format!("p-lianhu-{number}"), "lianhu", &[Role::Chief]);
        streams.push((format!("{name} {number}"), watch(&who, &filter).await, watch(&who, &all).await, takes));
    }
    let matter = bench.matter(&DEMAND, Stage::Undertaken).await;
    let last = seen(&bench, &matter).await;
    bench.stores.settled().await;
    for (name, mut filtered, mut whole, takes) in streams {
        whole.until(&matter, CaseState::Undertaken).await;
        if takes {
            assert_eq!(filtered.until(&matter, CaseState::Undertaken).await.last(), Some(&last), "{name}");
        } else {
            // Time may have taken a colour away since somebody heard of it, so that it is gone is told to be sure.
            let timed = name.starts_with("colour") || name.starts_with("due");
            while let Some(told) = at_once(&mut filtered) {
                assert!(timed && matches!(told, Told::Gone(_)), "{name}: {told:?}");
            }
        }
    }
    bench.end().await;
}

/// What is there without waiting.
fn at_once(watcher: &mut Watcher) -> Option<Told> {
    watcher.told().now_or_never().map(|told| told.expect("an open stream"))
}

/// Whoever a case is taken from hears that it is gone: once, and also on a stream that was cut before.
#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_reach_is_gone_once() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let all = CaseFilter::default();
        let (lianhu, beilin) = (chief(&bench, "lianhu"), chief(&bench, "beilin"));
        let (mut of_lianhu, mut of_beilin) = (watch(&lianhu, &all).await, watch(&beilin, &all).await);
        let matter = bench.matter(&DEMAND, Stage::Assigned).await;
        let _: ObjectToAssignmentResponse = bench.wire.ok(&bench.handler("lianhu"), &object(&matter)).await;
        of_lianhu.until(&matter, CaseState::Objected).await;
        let cut = of_lianhu.token.clone();
        let _: DecideObjectionResponse = bench.wire.ok(&bench.chief("city"), &decide(&matter, "beilin")).await;
        let gone = Told::Gone(matter.case_id.clone());
        assert_eq!(of_lianhu.next().await, gone, "{engine:?}");
        let after = of_lianhu.token.clone();
        assert_eq!(of_beilin.next().await, seen(&bench, &matter).await, "{engine:?}");
        // What happens to it elsewhere is nothing to them any more.
        let request = UndertakeCaseRequest { request_id: matter::new_id(), case_id: matter.case_id.clone(), etag: String::new() };
        let _: UndertakeCaseResponse = bench.wire.ok(&bench.handler("beilin"), &request).await;
        let other = bench.matter(&DEMAND, Stage::Proposed).await;
        let expected = seen(&bench, &other).await;
        assert_eq!(of_lianhu.next().await, expected, "{engine:?}");
        let mut resumed = Watcher::open(&lianhu, &all, &cut).await.expect("a stream");
        assert_eq!([resumed.next().await, resumed.next().await], [gone, expected.clone()], "{engine:?}: cut before");
        let mut resumed = Watcher::open(&lianhu, &all, &after).await.expect("a stream");
        assert_eq!(resumed.next().await, expected, "{engine:?}: cut after");
        bench.end().await;
    }
}

/// Whoever is complained about hears of everything else, and of this nothing, from the proposal to the archive.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_complained_about_hears_nothing() {
    const ACCUSED: &str = "p-lianhu-accused";
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let all = CaseFilter::default();
        let mut streams = Vec::new();
        for (person, unit) in [("p-lianhu-beiyuanmen-chief", STATION), (ACCUSED, "lianhu"), (ACCUSED, "city"), (ACCUSED, STATION)] {
            let who = somebody(&bench, person, unit, &[Role::Chief, Role::Handler, Role::Office, Role::Supervisor]);
            let first = watch(&who, &all).await;
            streams.push((who, first.token.clone(), first));
        }
        let about = Spec { accused_persons: &[ACCUSED], ..COMPLAINT };
        let mut sealed = bench.matter(&about, Stage::Replied).await;
        let _: sanben_proto::intake::GiveVerdictResponse = bench
            .wire
            .ok(&crate::wire::Wire::anonymous(), &matter::verdict(&sealed, 1, sanben_proto::kinds::Verdict::Satisfied))
            .await;
        bench.advance(&mut sealed, Stage::Settled, Stage::Archived).await;
        let open = bench.matter(&OF_STATION, Stage::Proposed).await;
        let expected = seen(&bench, &open).await;
        for (who, token, mut stream) in streams {
            assert_eq!(stream.next().await, expected, "{engine:?}");
            let mut resumed = Watcher::open(&who, &all, &token).await.expect("a stream");
            assert_eq!(resumed.next().await, expected, "{engine:?}: resumed");
            let by_number = CaseFilter { number: sealed.number.clone(), ..all.clone() };
            assert_eq!(at_once(&mut watch(&who, &by_number).await), None, "{engine:?}: by its number");
        }
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_stream_goes_on_without_gap_or_repeat() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (who, all) = (chief(&bench, "lianhu"), CaseFilter::default());
        let mut whole = watch(&who, &all).await;
        let (mut told, mut tokens) = (Vec::new(), vec![whole.token.clone()]);
        let mut matter = bench.matter(&DEMAND, Stage::Proposed).await;
        for (from, to) in [
            (Stage::Received, Stage::Received),
            (Stage::Proposed, Stage::Registered),
            (Stage::Registered, Stage::Assigned),
            (Stage::Assigned, Stage::Undertaken),
            (Stage::Undertaken, Stage::Reported),
        ] {
            bench.advance(&mut matter, from, to).await;
            told.push(whole.next().await);
            tokens.push(whole.token.clone());
        }
        // Of what has changed since, each case comes as it is now, once.
        for (cut, token) in tokens.iter().enumerate() {
            let mut resumed = Watcher::open(&who, &all, token).await.expect("a stream");
            if cut < told.len() {
                assert_eq!(resumed.next().await, *told.last().expect("changes"), "{engine:?}: cut after {cut}");
            }
            assert_eq!(at_once(&mut resumed), None, "{engine:?}: nothing more");
        }
        bench.end().await;
    }
}

/// A name, who asks, for which filter with which token, and the domain, reason and fields of the refusal.
type Row<'a> = (&'a str, &'a Who, (CaseFilter, &'a str), &'static str, &'a str, &'a [&'a str]);

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stream_does_not_take_is_named() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let all = CaseFilter::default();
        let token = watch(&chief(&bench, "lianhu"), &all).await.token;
        let page: ListSubmissionsResponse = {
            let _ = (bench.matter(&DEMAND, Stage::Proposed).await, bench.matter(&DEMAND, Stage::Proposed).await);
            bench.wire.ok(&bench.desk(), &ListSubmissionsRequest { page_size: 1, ..ListSubmissionsRequest::default() }).await
        };
        assert!(!page.next_page_token.is_empty());
        let own = bench.chief("lianhu");
        let (filter, open) = (|filter: CaseFilter| (filter, ""), |token| (all.clone(), token));
        let unit = |roles: &[Role], unit: &str| bench.wire.officer("p-lianhu-chief", unit, roles);
        let another = CaseFilter { book: 1, ..all.clone() };
        let rows: [Row<'_>; 12] = [
            (
                "words and party",
                &own,
                filter(CaseFilter { text: "路灯".into(), party_ref: "x".into(), ..all.clone() }),
                "sanben",
                "INVALID_FIELDS",
                &["filter.text", "filter.party_ref"],
            ),
            (
                "party",
                &own,
                filter(CaseFilter { party_ref: "x".into(), ..all.clone() }),
                "sanben",
                "INVALID_FIELDS",
                &["filter.party_ref"],
            ),
            (
                "no day",
                &own,
                filter(CaseFilter { due_by: "2026-02-30".into(), ..all.clone() }),
                "sanben",
                "INVALID_FIELDS",
                &["filter.due_by"],
            ),
            (
                "no unit",
                &own,
                filter(CaseFilter { unit_id: "nowhere".into(), ..all.clone() }),
                "sanben.ledger",
                "UNIT_UNKNOWN",
                &["filter.unit_id"],
            ),
            ("made up", &own, open("AAAA"), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            ("no token", &own, open("%"), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            ("cut", &own, open(&token[1..]), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            ("of a page", &own, open(&page.next_page_token), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            ("another filter's", &own, (another, &token), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            ("another's", &bench.chief("city"), open(&token), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
            (
                "with another role",
                &unit(&[Role::Office], "lianhu"),
                open(&token),
                "sanben",
                "FOREIGN_RESUME_TOKEN",
                &["resume_token"],
            ),
            ("in another unit", &unit(&[Role::Chief], "city"), open(&token), "sanben", "FOREIGN_RESUME_TOKEN", &["resume_token"]),
        ];
        for (name, who, (filter, token), domain, reason, fields) in rows {
            let case = matter::Case {
                name: format!("{engine:?} {name}"),
                who: who.clone(),
                ask: Ask::of(&WatchCasesRequest { filter: Some(filter), resume_token: token.to_owned() }),
                code: Code::InvalidArgument,
                domain,
                reason: reason.to_owned(),
                fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            };
            bench.check(&case).await;
        }
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_cases_ends_with_its_token_and_takes_a_place() {
    let clock = Clock::fake(Clock::system().now());
    let bench = Bench::of(Suite::with_clock(Engine::Sqlite, clock.clone()).await).await;
    let (who, all) = (chief(&bench, "lianhu"), CaseFilter::default());
    let mut held = Vec::new();
    for _ in 0..sanben_host::PLACES_OF_ONE_MAX {
        held.push(watch(&who, &all).await);
    }
    let why = Refused::from(Watcher::open(&who, &all, "").await.err().expect("no place")).why();
    assert_eq!((why.code, why.reason.as_str()), (Code::ResourceExhausted, "BUSY"));
    let mut last = held.pop().expect("a stream");
    drop(held);
    clock.advance(TOKEN_AND_LEEWAY).expect("a fake clock");
    let why = Refused::from(last.told().await.expect_err("the token expired")).why();
    assert_eq!((why.code, why.reason.as_str()), (Code::Unauthenticated, "UNAUTHENTICATED"));
    let who = chief(&bench, "lianhu");
    let mut resumed = Watcher::open(&who, &all, &last.token).await.expect("the resume token still holds");
    let matter = bench.matter(&DEMAND, Stage::Proposed).await;
    assert_eq!(resumed.next().await, seen(&bench, &matter).await);
    bench.end().await;
}

/// Who does not read for a long time is sent the cases as they then are, and holds nobody up.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_slowly_misses_nothing() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (who, all) = (chief(&bench, "lianhu"), CaseFilter::default());
        let (mut slow, mut quick) = (watch(&who, &all).await, watch(&who, &all).await);
        let mut matters = Vec::new();
        for _ in 0..3 {
            matters.push(bench.matter(&DEMAND, Stage::Registered).await);
        }
        let mut expected = BTreeMap::new();
        for turn in 0..MANY {
            let matter = &matters[turn % matters.len()];
            expected.insert(matter.case_id.clone(), happens(&bench, matter).await);
        }
        for watcher in [&mut quick, &mut slow] {
            let (mut known, mut shown) = (BTreeMap::new(), BTreeSet::new());
            while known != expected {
                let Told::Case(id, _, etag) = watcher.next().await else { panic!("nothing is gone") };
                assert!(shown.insert((id.clone(), etag.clone())), "{engine:?}: twice: {id} {etag}");
                known.insert(id, etag);
            }
        }
        bench.end().await;
    }
}

/// Something happens to it, by the same store as over the public methods. Answers the etag.
async fn happens(bench: &Bench, matter: &Matter) -> String {
    let (id, clock): (Uuid, _) = (matter.case_id.parse().expect("a UUID"), Clock::system());
    let work = async |tx: &mut Tx| {
        store::take_turn(tx, id).await?;
        let before = store::find(tx, id).await?.expect("a case");
        let mut case = before.clone();
        record(tx, &clock, clock.now(), &Actor::default(), &mut case, &[Event::Coordinated]).await?;
        kept::changed(tx, &before, &case, &["city", "lianhu"]).await?;
        Ok::<_, Error>(case.revision.to_string())
    };
    bench.stores.of_service("ledger").write(work).await.expect("it goes on")
}

/// An assisting unit hears of a case when it is asked, and of what went before nothing.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_asked_to_assist_hears_of_it_from_then_on() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut yanta = watch(&chief(&bench, "yanta"), &CaseFilter::default()).await;
        let matter = bench.matter(&DEMAND, Stage::Registered).await;
        let _: AssignCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &assign(&matter, "", &["yanta"])).await;
        assert_eq!(yanta.next().await, seen(&bench, &matter).await, "{engine:?}");
        bench.end().await;
    }
}
