//! A case as somebody looks at it: what they may do now, and how they see it change.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::ledger::{Case, CaseState, CaseVerb, GetCaseRequest, GetCaseResponse, WatchCaseRequest, WatchCaseResponse};
use tonic::{Code, Status, Streaming};

use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, STAGES, Stage};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, Refused, Who, ZH};

const NEXT_SECS_MAX: u64 = 30;
/// Tokens of the test's town hold for twelve hours, and half a minute in which clocks may differ.
const TOKEN_AND_LEEWAY: Duration = Duration::from_secs(12 * 3600 + 30);

async fn look(bench: &Bench, who: &Who, matter: &Matter) -> Case {
    let found: GetCaseResponse = bench.wire.ok(who, &GetCaseRequest { case_id: matter.case_id.clone() }).await;
    found.case.expect("a case")
}

/// What may be done with a case as long as it is in the open book, whatever is due.
fn at_any_time(stage: Stage, role: Role, handles: bool) -> Vec<CaseVerb> {
    let own = role == Role::Chief && (Stage::Registered..=Stage::Approved).contains(&stage);
    let link = [Role::Chief, Role::Office, Role::DeskOfficer].contains(&role) && stage <= Stage::Examined;
    let chief = role == Role::Chief && (Stage::Registered..=Stage::Examined).contains(&stage);
    let handler = handles && (Stage::Undertaken..=Stage::Approved).contains(&stage);
    let paper = (chief || handler, CaseVerb::IssuePaper);
    let ask = (own && stage >= Stage::Assigned, CaseVerb::AskAuthority);
    let replaces = [Role::Chief, Role::Office].contains(&role) && (Stage::Undertaken..=Stage::Examined).contains(&stage);
    let replace = (replaces, CaseVerb::ReplaceHandler);
    let contact = [Role::Handler, Role::DeskOfficer].contains(&role) && stage <= Stage::Approved;
    let clock = [(contact, CaseVerb::RecordContact), (own && stage <= Stage::Undertaken, CaseVerb::Pause)];
    [(own, CaseVerb::TakeOwnership), (link, CaseVerb::LinkRepeat), paper, (own, CaseVerb::Extend), ask, replace]
        .into_iter()
        .chain(clock)
        .filter_map(|(may, verb)| may.then_some(verb))
        .collect()
}

/// At each stage: who has something to do, and what. Everybody else of the cast has nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_says_to_each_what_they_may_do_with_it_now() {
    use CaseVerb::*;
    // The office's own reviewer makes no return visit.
    let completing = ("office", vec![RecordPublication, ExamineAccountability]);
    let recording = ("handler", vec![AddRecord]);
    let beside = || ("chief", vec![Reclassify, Coordinate, Urge, ReferToDiscipline]);
    let moving = ("chief", vec![Reclassify, ReferToDiscipline]);
    let expected = [
        (Stage::Proposed, vec![("chief", vec![Register, Decline])]),
        (Stage::Registered, vec![("chief", vec![Assign, Reclassify])]),
        (
            Stage::Assigned,
            vec![
                ("chief", vec![Object, Reclassify, Coordinate, Urge, ReferToDiscipline]),
                ("handler", vec![Object, Undertake]),
                ("handler-2", vec![Object, Undertake]),
            ],
        ),
        (
            Stage::Undertaken,
            vec![
                ("chief", vec![Object, Reclassify, Coordinate, Urge, ReferToDiscipline]),
                ("handler", vec![Object, AddRecord, ReportBack]),
                ("handler-2", vec![Object]),
            ],
        ),
        (Stage::Reported, vec![beside(), ("handler", vec![Review]), ("handler-2", vec![Review])]),
        (Stage::HandlerReviewed, vec![beside(), ("office", vec![Review])]),
        (Stage::OfficeReviewed, vec![beside(), ("leader", vec![Review])]),
        (Stage::Approved, vec![beside(), ("handler", vec![Reply])]),
        (Stage::Replied, vec![moving.clone(), recording.clone(), completing.clone()]),
        (Stage::Settled, vec![moving.clone(), recording.clone(), completing.clone()]),
        (Stage::Published, vec![moving, recording.clone(), completing.clone()]),
        (Stage::Examined, vec![("chief", vec![Reclassify, ReferToDiscipline, StrikeOff]), recording, completing]),
        (Stage::StruckOff, vec![("chief", vec![ReferToDiscipline]), ("office", vec![Archive])]),
        (Stage::Archived, vec![]),
    ];
    let cast = [
        ("chief", Role::Chief),
        ("handler", Role::Handler),
        ("handler-2", Role::Handler),
        ("office", Role::Office),
        ("leader", Role::LeaderInCharge),
        ("desk", Role::DeskOfficer),
    ];
    assert_eq!(expected.len(), STAGES.len() - 1, "every stage of a case");
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Received).await;
        let mut before = Stage::Received;
        for (stage, duties) in &expected {
            bench.advance(&mut matter, before, *stage).await;
            before = *stage;
            for (post, role) in cast {
                let seen = look(&bench, &bench.officer("lianhu", post, &[role]), &matter).await;
                let due = duties.iter().find(|(who, _)| *who == post).map(|(_, verbs)| verbs.clone()).unwrap_or_default();
                let mut due = [due, at_any_time(*stage, role, post == "handler")].concat();
                due.sort();
                assert_eq!(seen.open_verbs().collect::<Vec<_>>(), due, "{engine:?} {stage:?} {post}");
            }
        }
        bench.end().await;
    }
}

/// Somebody who watches a case.
struct Watcher(Streaming<WatchCaseResponse>);

impl Watcher {
    async fn open(bench: &Bench, matter: &Matter, etag: &str) -> Watcher {
        let request = WatchCaseRequest { case_id: matter.case_id.clone(), seen_etag: etag.to_owned() };
        let chief = bench.suite.town.officer("p-lianhu-chief", "lianhu", &[Role::Chief]);
        Watcher(chief.cases.clone().watch_case(request).await.expect("a stream").into_inner())
    }

    async fn next(&mut self) -> Result<Option<Case>, Status> {
        let next = tokio::time::timeout(Duration::from_secs(NEXT_SECS_MAX), self.0.message()).await.expect("something comes");
        next.map(|response| response.expect("a stream says why it ends").case)
    }

    async fn case(&mut self) -> Case {
        self.next().await.expect("an open stream").expect("a case")
    }

    /// The case in a state; what came before it is passed over.
    async fn until(&mut self, state: CaseState) -> Case {
        loop {
            let case = self.case().await;
            if case.state() == state {
                return case;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_a_case_sees_it_change_and_goes_on_where_they_were_cut() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Proposed).await;
        let mut watcher = Watcher::open(&bench, &matter, "").await;
        assert_eq!(watcher.case().await.state(), CaseState::Proposed);
        bench.advance(&mut matter, Stage::Proposed, Stage::Registered).await;
        let seen = watcher.case().await;
        assert_eq!((seen.state(), seen.number.as_str()), (CaseState::Registered, matter.number.as_str()), "{engine:?}");
        let due = [vec![CaseVerb::Assign, CaseVerb::Reclassify], at_any_time(Stage::Registered, Role::Chief, false)].concat();
        assert_eq!(seen.open_verbs().collect::<Vec<_>>(), due, "what the watcher may do now");
        // Cut, and nothing happened meanwhile: the stream says only that it is open. Then everything that happens comes.
        drop(watcher);
        let mut watcher = Watcher::open(&bench, &matter, &seen.etag).await;
        assert_eq!(watcher.next().await.expect("open"), None);
        bench.advance(&mut matter, Stage::Registered, Stage::Replied).await;
        let seen = watcher.until(CaseState::Replied).await;
        // Cut, and much happened meanwhile: the case as it is now.
        drop(watcher);
        bench.advance(&mut matter, Stage::Replied, Stage::Archived).await;
        let mut watcher = Watcher::open(&bench, &matter, &seen.etag).await;
        assert_eq!(watcher.case().await.state(), CaseState::Archived, "{engine:?}");
        bench.end().await;
        let why = Refused::from(watcher.next().await.expect_err("the process stopped")).why();
        assert_eq!((why.code, why.reason.as_str()), (Code::Unavailable, "UNAVAILABLE"), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_token_and_goes_on_with_a_new_one() {
    let clock = Clock::fake(Clock::system().now());
    let bench = Bench::of(Suite::with_clock(Engine::Sqlite, clock.clone()).await).await;
    let matter = bench.matter(&DEMAND, Stage::Proposed).await;
    let mut watcher = Watcher::open(&bench, &matter, "").await;
    let seen = watcher.case().await;
    clock.advance(TOKEN_AND_LEEWAY).expect("a fake clock");
    let why = Refused::from(watcher.next().await.expect_err("the token expired")).why();
    assert_eq!((why.code, why.reason.as_str()), (Code::Unauthenticated, "UNAUTHENTICATED"));
    let mut watcher = Watcher::open(&bench, &matter, &seen.etag).await;
    assert_eq!(watcher.next().await.expect("open"), None, "nothing happened meanwhile");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_case_is_watched_as_little_as_one_that_does_not_exist() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&COMPLAINT, Stage::Registered).await;
        let ask = |case_id: &str| Ask::of(&WatchCaseRequest { case_id: case_id.to_owned(), seen_etag: String::new() });
        let accused = bench.chief("lianhu-beiyuanmen");
        let sealed = bench.wire.refused(&accused, ZH, &ask(&matter.case_id)).await;
        let missing = bench.wire.refused(&accused, ZH, &ask(&matter.submission_id)).await;
        assert_eq!(sealed, missing, "{engine:?}");
        assert_eq!(sealed.why().reason, "NOT_FOUND");
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_holds_a_few_streams_and_not_all() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&DEMAND, Stage::Proposed).await;
        let mut held = Vec::new();
        for _ in 0..sanben_host::PLACES_OF_ONE_MAX {
            held.push(Watcher::open(&bench, &matter, "").await);
        }
        let chief = bench.suite.town.officer("p-lianhu-chief", "lianhu", &[Role::Chief]);
        let request = WatchCaseRequest { case_id: matter.case_id.clone(), seen_etag: String::new() };
        let why = Refused::from(chief.cases.clone().watch_case(request).await.expect_err("no place")).why();
        assert_eq!((why.code, why.reason.as_str()), (Code::ResourceExhausted, "BUSY"), "{engine:?}");
        drop(held);
        bench.end().await;
    }
}
