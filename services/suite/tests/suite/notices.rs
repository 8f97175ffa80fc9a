//! Who is told what, as it happens: on streams that are cut, resumed, mistaken for others' and stopped.

use std::time::Duration;

use sanben::client::{Somebody, Town};
use sanben::journey::{Complaint, Journey as _, RequestIds};
use sanben_access::{Org, Role};
use sanben_proto::intake::{SealReceiptRequest, SealReceiptResponse};
use sanben_proto::ledger::{GetCaseRequest, GetCaseResponse};
use sanben_proto::notification::{ListNoticesRequest, ListNoticesResponse, Notice, WatchNoticesRequest, WatchNoticesResponse};
use tonic::{Code, Status, Streaming};

use crate::matter::{Bench, Case, DEMAND, Stage, new_id};
use crate::start::{BOTH, issuer};
use crate::wire::{Ask, EN, Refused, Who, Wire, ZH};

const NEXT_SECS_MAX: u64 = 30;
/// Much less than a process gives its requests to end.
const END_SECS_MAX: u64 = 5;

/// What the person of an open matter is told, from the first word to the archive, and at which stage.
const PUBLIC_STEPS: [(Stage, &str); 9] = [
    (Stage::Received, "step-received"),
    (Stage::Proposed, "step-proposed"),
    (Stage::Registered, "step-registered"),
    (Stage::Assigned, "step-assigned"),
    (Stage::Undertaken, "step-undertaken"),
    (Stage::Replied, "step-replied"),
    (Stage::Settled, "step-settled"),
    (Stage::StruckOff, "step-struck-off"),
    (Stage::Archived, "step-archived"),
];

/// Somebody who watches.
struct Watcher {
    stream: Streaming<WatchNoticesResponse>,
    token: String,
}

impl Watcher {
    async fn open(who: &Somebody, receipt_code: &str, resume_token: &str) -> Watcher {
        let request = WatchNoticesRequest { resume_token: resume_token.to_owned(), receipt_code: receipt_code.to_owned() };
        let stream = who.notices.clone().watch_notices(request).await.expect("a stream").into_inner();
        let mut watcher = Watcher { stream, token: String::new() };
        assert_eq!(watcher.response().await.expect("open"), None, "the first response says only that the stream is open");
        watcher
    }

    async fn response(&mut self) -> Result<Option<Notice>, Status> {
        let response = tokio::time::timeout(Duration::from_secs(NEXT_SECS_MAX), self.stream.message());
        let response = response.await.expect("something comes")?.expect("a stream says why it ends");
        self.token = response.resume_token;
        Ok(response.notice)
    }

    async fn next(&mut self) -> Notice {
        self.response().await.expect("an open stream").expect("a notice")
    }

    async fn take(&mut self, count: usize) -> Vec<Notice> {
        let mut notices = Vec::new();
        for _ in 0..count {
            notices.push(self.next().await);
        }
        notices
    }

    /// How it ends; nothing may come before.
    async fn end(mut self) -> Status {
        self.response().await.expect_err("nothing more comes")
    }
}

fn keys(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.key.as_str()).collect()
}

/// All pages, oldest first.
async fn pages(bench: &Bench, who: &Who, receipt_code: &str, page_size: i32) -> Vec<Notice> {
    let (mut all, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListNoticesRequest { page_size, page_token, receipt_code: receipt_code.to_owned() };
        let page: ListNoticesResponse = bench.wire.ok(who, &request).await;
        assert!(page.notices.len() <= usize::try_from(page_size).expect("small"));
        all.extend(page.notices);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            all.reverse();
            return all;
        }
    }
}

/// The whole complaint, with everybody hearing of a step before the next one is made.
async fn complaint(bench: &Bench, mut after: impl AsyncFnMut(usize, &Complaint)) -> Complaint {
    let mut journey = Complaint::new(bench.suite.town.clone(), RequestIds(bench.suite.clock.id()));
    for (index, key) in journey.steps().into_iter().enumerate() {
        journey.step(index).await.unwrap_or_else(|stopped| panic!("{key}: {stopped}"));
        bench.stores.settled().await;
        after(index, &journey).await;
    }
    journey
}

/// What somebody could read over the person's shoulder.
async fn shows_nothing(bench: &Bench, journey: &Complaint, notices: &[Notice]) {
    let auditor = bench.wire.officer("p-city-auditor", "city", &[Role::Auditor]);
    let found: GetCaseResponse = bench.wire.ok(&auditor, &GetCaseRequest { case_id: journey.case_id().to_owned() }).await;
    let case = found.case.expect("a case");
    let mut secrets = vec![case.title, case.summary, case.number, case.case_id, case.lead_unit_id, case.handler_id];
    secrets.extend(Org::shipped().units().flat_map(|unit| [unit.id.clone(), unit.name.clone(), unit.name_en.clone()]));
    secrets.extend(["投诉", "举报", "complaint"].map(str::to_owned));
    for notice in notices {
        assert_eq!((notice.key.as_str(), notice.case_id.as_str(), notice.subject_id.as_str()), ("step-sealed", "", ""));
        assert_eq!(notice.submission_id, journey.submission_id());
        let told = secrets.iter().find(|secret| !secret.is_empty() && notice.text.contains(secret.as_str()));
        assert_eq!(told, None, "{}", notice.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_matter_tells_its_person_that_there_is_something_and_nothing_else() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let english = Town::at(&bench.suite.address(), issuer(), bench.suite.clock.clone(), EN).expect("an address").citizen();
        let citizen = bench.suite.town.citizen();
        let mut streams = Vec::new();
        let journey = complaint(&bench, async |index, journey| {
            if index == 0 {
                streams.push(Watcher::open(&citizen, journey.receipt_code(), "").await);
                streams.push(Watcher::open(&english, journey.receipt_code(), "").await);
            }
        })
        .await;
        for stream in &mut streams {
            let notices = stream.take(PUBLIC_STEPS.len()).await;
            shows_nothing(&bench, &journey, &notices).await;
            let mut ids: Vec<&str> = notices.iter().map(|notice| notice.notice_id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), notices.len(), "{engine:?}: each once");
            assert!(notices.is_sorted_by_key(|notice| notice.create_time.as_ref().map(|at| (at.seconds, at.nanos))), "{engine:?}");
        }
        let listed = pages(&bench, &Wire::anonymous(), journey.receipt_code(), 2).await;
        let again = Watcher::open(&citizen, journey.receipt_code(), "").await.take(PUBLIC_STEPS.len()).await;
        assert_eq!(listed, again, "{engine:?}: the pages agree with the stream");
        bench.end().await;
        for stream in streams {
            assert_eq!(stream.end().await.code(), Code::Unavailable, "{engine:?}: nothing came twice");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_step_comes_once_and_in_order() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let citizen = bench.suite.town.citizen();
        let mut matter = bench.matter(&DEMAND, Stage::Received).await;
        let mut whole = Watcher::open(&citizen, &matter.receipt_code, "").await;
        let mut cut = Vec::new();
        let (mut token, mut stage) = (String::new(), Stage::Received);
        for (next, key) in PUBLIC_STEPS {
            bench.advance(&mut matter, stage, next).await;
            stage = next;
            // A new stream for each step, which goes on where the last one was cut.
            let mut stream = Watcher::open(&citizen, &matter.receipt_code, &token).await;
            let notice = stream.next().await;
            assert_eq!(notice.key, key, "{engine:?}");
            token = stream.token;
            cut.push(notice);
        }
        let notices = whole.take(PUBLIC_STEPS.len()).await;
        assert_eq!(notices, cut, "{engine:?}: without gap or repeat");
        for notice in &notices {
            let registered = !["step-received", "step-proposed"].contains(&notice.key.as_str());
            assert_eq!(notice.submission_id, matter.submission_id);
            assert_eq!(notice.case_id, if registered { matter.case_id.as_str() } else { "" }, "{}", notice.key);
            assert_eq!(notice.text.contains(&matter.number), registered, "{}", notice.text);
        }
        assert_eq!(pages(&bench, &Wire::anonymous(), &matter.receipt_code, 4).await, notices, "{engine:?}");
        for at in 0..=notices.len() {
            let mut before = Watcher::open(&citizen, &matter.receipt_code, "").await;
            let first = before.take(at).await;
            let rest = Watcher::open(&citizen, &matter.receipt_code, &before.token).await.take(notices.len() - at).await;
            assert_eq!([first, rest].concat(), notices, "{engine:?}: cut after {at}");
        }
        bench.end().await;
        assert_eq!(whole.end().await.code(), Code::Unavailable);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_their_duties_and_nobody_else_is() {
    let duties: [(&str, &str, &[Role], &[&str]); 12] = [
        ("p-lianhu-desk", "lianhu", &[Role::DeskOfficer], &["duty-triage"]),
        ("p-city-desk", "city", &[Role::DeskOfficer], &["duty-triage"]),
        ("p-lianhu-chief", "lianhu", &[Role::Chief], &["duty-register", "duty-assign", "duty-strike-off"]),
        (
            "p-lianhu-handler",
            "lianhu",
            &[Role::Handler],
            &["duty-undertake", "duty-review-handler", "duty-rework", "duty-review-handler", "duty-deliver", "result-verdict"],
        ),
        ("p-lianhu-handler-2", "lianhu", &[Role::Handler], &["duty-undertake", "duty-review-handler", "duty-review-handler"]),
        (
            "p-lianhu-office",
            "lianhu",
            &[Role::Office],
            &["duty-review-office", "duty-review-office", "duty-complete", "duty-archive"],
        ),
        ("p-lianhu-leader", "lianhu", &[Role::LeaderInCharge], &["duty-review-leader"]),
        ("p-lianhu-beiyuanmen-chief", "lianhu-beiyuanmen", &[Role::Chief, Role::Handler, Role::DeskOfficer, Role::Office], &[]),
        ("p-yanta-chief", "yanta", &[Role::Chief, Role::Handler, Role::DeskOfficer, Role::Office], &[]),
        ("p-city-chief", "city", &[Role::Chief], &[]),
        ("p-city-administrator", "city", &[Role::Administrator, Role::DeskOfficer], &[]),
        ("citizen-1", "", &[Role::Citizen], &[]),
    ];
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut streams = Vec::new();
        for (person, unit, roles, _) in duties {
            streams.push(Watcher::open(&bench.suite.town.officer(person, unit, roles), "", "").await);
        }
        let journey = complaint(&bench, async |_, _| {}).await;
        for (stream, (person, unit, roles, expected)) in streams.iter_mut().zip(duties) {
            let notices = stream.take(expected.len()).await;
            assert_eq!(keys(&notices), expected, "{engine:?} {person}");
            let who = bench.wire.officer(person, unit, roles);
            assert_eq!(pages(&bench, &who, "", 2).await, notices, "{engine:?} {person}: the pages agree with the stream");
            for notice in &notices {
                let about = if notice.key == "duty-triage" { journey.submission_id() } else { journey.case_id() };
                assert!([notice.submission_id.as_str(), notice.case_id.as_str()].contains(&about), "{notice:?}");
            }
        }
        bench.end().await;
        for stream in streams {
            assert_eq!(stream.end().await.code(), Code::Unavailable, "{engine:?}: nothing more came");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_token_is_good_for_its_stream_only() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (one, other) = (bench.matter(&DEMAND, Stage::Received).await, bench.matter(&DEMAND, Stage::Received).await);
        bench.stores.settled().await;
        let (citizen, desk) = (Wire::anonymous(), bench.desk());
        let mut watched = Watcher::open(&bench.suite.town.citizen(), &one.receipt_code, "").await;
        watched.next().await;
        let of_citizen = watched.token.clone();
        let mut watched = Watcher::open(&bench.suite.town.officer("p-city-desk", "city", &[Role::DeskOfficer]), "", "").await;
        watched.next().await;
        let of_desk = watched.token.clone();
        let page: ListNoticesResponse =
            bench.wire.ok(&desk, &ListNoticesRequest { page_size: 1, ..ListNoticesRequest::default() }).await;
        assert!(!page.next_page_token.is_empty());
        let foreign = [
            ("another's receipt", &citizen, other.receipt_code.as_str(), of_citizen.as_str()),
            ("a citizen's, by staff", &desk, "", &of_citizen),
            ("staff's, by a citizen", &citizen, &one.receipt_code, &of_desk),
            ("a colleague's", &bench.officer("city", "desk-2", &[Role::DeskOfficer]), "", &of_desk),
            ("one's own, with another role", &bench.officer("city", "desk", &[Role::Office]), "", &of_desk),
            ("one's own, in another unit", &bench.wire.officer("p-city-desk", "lianhu", &[Role::DeskOfficer]), "", &of_desk),
            ("of a page", &desk, "", &page.next_page_token),
            ("cut", &desk, "", &of_desk[..of_desk.len() - 1]),
            ("made up", &desk, "", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("no token", &desk, "", "%"),
        ];
        for (name, who, receipt_code, resume_token) in foreign {
            let request = WatchNoticesRequest { resume_token: resume_token.to_owned(), receipt_code: receipt_code.to_owned() };
            let case = Case {
                name: format!("{engine:?} {name}"),
                who: who.clone(),
                ask: Ask::of(&request),
                code: Code::InvalidArgument,
                domain: "sanben",
                reason: "FOREIGN_RESUME_TOKEN".to_owned(),
                fields: vec!["resume_token".to_owned()],
            };
            bench.check(&case).await;
        }
        bench.end().await;
    }
}

/// Whoever holds a code that was closed sees nothing more, also on a stream that was open before.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_closed_ends_its_streams() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Registered).await;
        bench.stores.settled().await;
        let mut stream = Watcher::open(&bench.suite.town.citizen(), &matter.receipt_code, "").await;
        assert_eq!(keys(&stream.take(3).await), ["step-received", "step-proposed", "step-registered"]);
        let custodian = bench.officer("lianhu", "custodian", &[Role::IdentityCustodian]);
        let reason = "编码外泄".to_owned();
        let request =
            SealReceiptRequest { request_id: new_id(), submission_id: matter.submission_id.clone(), etag: String::new(), reason };
        let _: SealReceiptResponse = bench.wire.ok(&custodian, &request).await;
        bench.advance(&mut matter, Stage::Registered, Stage::Assigned).await;
        let ended = Refused::from(stream.end().await);
        let request = ListNoticesRequest { receipt_code: matter.receipt_code.clone(), ..ListNoticesRequest::default() };
        assert_eq!(ended, bench.wire.refused(&Wire::anonymous(), ZH, &Ask::of(&request)).await, "{engine:?}");
        assert_eq!(ended.why().reason, "RECEIPT_UNKNOWN");
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_ends_its_streams_at_once() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&DEMAND, Stage::Received).await;
        bench.stores.settled().await;
        let mut citizen = Watcher::open(&bench.suite.town.citizen(), &matter.receipt_code, "").await;
        citizen.next().await;
        let chief = Watcher::open(&bench.suite.town.officer("p-lianhu-chief", "lianhu", &[Role::Chief]), "", "").await;
        // Nobody reads this one.
        let _unread = Watcher::open(&bench.suite.town.citizen(), &matter.receipt_code, "").await;
        let ended = tokio::time::timeout(Duration::from_secs(END_SECS_MAX), bench.end()).await;
        assert!(ended.is_ok(), "{engine:?}: streams hold the process");
        for stream in [citizen, chief] {
            let why = Refused::from(stream.end().await).why();
            assert_eq!((why.code, why.reason.as_str()), (Code::Unavailable, "UNAVAILABLE"), "{engine:?}");
        }
    }
}
