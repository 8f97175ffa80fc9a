//! Whatever is wrong with a request is refused with its typed reason, in the caller's language, and leaves no trace.

use std::collections::BTreeSet;

use bytes::Bytes;
use http_body_util::Full;
use sanben_access::{Caller, Issuer, Role};
use sanben_clock::Ts;
use sanben_host::Contract;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Channel, Verdict};
use sanben_proto::ledger::*;
use sanben_proto::liaison::*;
use sanben_proto::meeting::*;
use sanben_proto::notification::*;
use tonic::Code;
use tonic::body::Body;

use crate::appeals;
use crate::contract::{Method, methods};
use crate::drives;
use crate::joining;
use crate::matter::{Bench, Case, DEMAND, Matter, Stage, new_id, verdict};
use crate::problems;
use crate::start::{BOTH, Engine, issuer};
use crate::wire::{Ask, EN, Refused, Who, Wire, ZH, check_texts, framed};

/// The methods that anybody may call without a token.
const PUBLIC: [&str; 10] = [
    "/sanben.intake.v1.ReceiptService/GetReceipt",
    "/sanben.intake.v1.ReceiptService/GiveVerdict",
    "/sanben.intake.v1.UnitService/ListUnits",
    "/sanben.intake.v1.ReceiptService/ReopenCase",
    "/sanben.intake.v1.ReceiptService/AppealReply",
    "/sanben.intake.v1.ReceiptService/DetachReceipt",
    "/sanben.intake.v1.ReceiptService/CreateSubmission",
    "/sanben.intake.v1.ReceiptService/WithdrawSubmission",
    "/sanben.notification.v1.NoticeService/ListNotices",
    "/sanben.notification.v1.NoticeService/WatchNotices",
];
/// What an administrator may call: what is configured, which says nothing of any matter.
const CONFIGURATION: [&str; 7] = [
    "/sanben.ledger.v1.CalendarService/GetCalendar",
    "/sanben.ledger.v1.CalendarService/ListCalendarEditions",
    "/sanben.ledger.v1.ChecklistService/ListChecklists",
    "/sanben.ledger.v1.CalendarService/LoadCalendar",
    "/sanben.ledger.v1.ChecklistService/PublishChecklist",
    "/sanben.ledger.v1.DeadlineService/GetPresets",
    "/sanben.ledger.v1.DeadlineService/PublishPresets",
];
/// What the system of another department may call besides: it finds what it is asked for, and nothing else.
const OF_SYSTEMS: [&str; 2] =
    ["/sanben.ledger.v1.CoHandlingService/AnswerCoHandling", "/sanben.ledger.v1.CoHandlingService/ListCoHandlings"];
const BYTES_MAX: usize = 128 * 1024;
const SUBMIT: &str = "/sanben.intake.v1.ReceiptService/CreateSubmission";

/// Somebody of the city bureau whom no method's permission stops.
fn sweeper(bench: &Bench) -> Who {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| *role != Role::Administrator).collect();
    bench.wire.officer("p-sweeper", "city", &roles)
}

fn any(name: &str, who: &Who, ask: Ask, code: Code, reason: &str, fields: &[&str]) -> Case {
    Case {
        name: name.to_owned(),
        who: who.clone(),
        ask,
        code,
        domain: "sanben",
        reason: reason.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    }
}

fn wrong_field(name: &str, who: &Who, ask: Ask, field: &str) -> Case {
    any(name, who, ask, Code::InvalidArgument, "INVALID_FIELDS", &[field])
}

fn submit() -> CreateSubmissionRequest {
    CreateSubmissionRequest {
        request_id: new_id(),
        kind: SubmissionKind::Demand as i32,
        channel: Channel::Online as i32,
        text: "原话".to_owned(),
        ..CreateSubmissionRequest::default()
    }
}

/// Every rule of every field of every method.
#[tokio::test(flavor = "multi_thread")]
async fn every_broken_field_is_named() {
    let bench = Bench::on(Engine::Sqlite).await;
    // Also what an administrator configures; matters are not asked for before the fields are in order.
    let who = bench.wire.officer("p-sweeper", "city", Role::ALL);
    let before = bench.stores.settled().await;
    let mut checked = 0;
    for method in methods() {
        for broken in method.broken() {
            let name = format!("{} {} {}", method.path, broken.field, broken.how);
            bench.check_why(&wrong_field(&name, &who, broken.ask, &broken.field)).await;
            checked += 1;
        }
        bench.check_unchanged(&method.path, &before).await;
    }
    assert!(checked > 1000, "only {checked}");
    bench.end().await;
}

/// Every character that no text may hold.
#[tokio::test(flavor = "multi_thread")]
async fn no_text_holds_controls_or_turns_around() {
    let bench = Bench::on(Engine::Sqlite).await;
    let controls = ('\u{0}'..='\u{1F}').filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    let others = ('\u{7F}'..='\u{9F}').chain('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}');
    for c in controls.chain(others) {
        let request = CreateSubmissionRequest { text: format!("原{c}话"), ..submit() };
        bench.check(&wrong_field(&format!("U+{:04X}", c as u32), &Wire::anonymous(), Ask::of(&request), "text")).await;
    }
    bench.end().await;
}

/// Several at once are all named.
#[tokio::test(flavor = "multi_thread")]
async fn all_broken_fields_are_named_together() {
    let bench = Bench::on(Engine::Sqlite).await;
    let request = CreateSubmissionRequest { request_id: String::new(), kind: 0, channel: 99, text: String::new(), ..submit() };
    let fields = ["request_id", "kind", "channel", "text"];
    bench.check(&any("four", &Wire::anonymous(), Ask::of(&request), Code::InvalidArgument, "INVALID_FIELDS", &fields)).await;
    bench.end().await;
}

/// What the annotations allow, at its limit, is let through.
#[tokio::test(flavor = "multi_thread")]
async fn the_limits_themselves_are_allowed() {
    let bench = Bench::on(Engine::Sqlite).await;
    let party = Party { name: "名".repeat(80), contact: "址".repeat(200), ..Party::default() };
    let request = CreateSubmissionRequest {
        text: "字".repeat(5000),
        place: "处".repeat(200),
        party: Some(party),
        language: "en".to_owned(),
        happen_date: "2024-02-29".to_owned(),
        ..submit()
    };
    let _: CreateSubmissionResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
    let request = CreateSubmissionRequest { text: "一\n二\t三\r\n👮🏽 e\u{301} العربية".to_owned(), ..submit() };
    let _: CreateSubmissionResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
    bench.end().await;
}

/// Everything that needs what is there: a matter at triage, a registered case, a visit, a meeting, a suggestion, a drive, a problem.
struct Scene {
    at_triage: Matter,
    registered: Matter,
    pair_id: String,
    visit_id: String,
    meeting_id: String,
    suggestion_id: String,
    drive_id: String,
    problem_id: String,
    liaison: Who,
    secretary: Who,
}

async fn scene(bench: &Bench) -> Scene {
    let (wire, today) = (&bench.wire, bench.suite.clock.now().date().to_string());
    let liaison = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
    let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
    let party = || Some(Party { name: "某某".to_owned(), ..Party::default() });
    let at_triage = bench.matter(&DEMAND, Stage::Received).await;
    let registered = bench.matter(&DEMAND, Stage::Registered).await;
    let request = CreatePairRequest { request_id: new_id(), kind: ContactKind::Person as i32, party: party(), interval_days: 30 };
    let pair: CreatePairResponse = wire.ok(&liaison, &request).await;
    let pair_id = pair.pair.expect("a pair").pair_id;
    let request = PlanVisitRequest { request_id: new_id(), pair_id: pair_id.clone(), plan_date: today.clone() };
    let visit: PlanVisitResponse = wire.ok(&liaison, &request).await;
    let visit_id = visit.visit.expect("a visit").visit_id;
    let request = ConveneMeetingRequest { request_id: new_id(), topic: "议题".to_owned(), meeting_date: today };
    let meeting: ConveneMeetingResponse = wire.ok(&secretary, &request).await;
    let meeting_id = meeting.meeting.expect("a meeting").meeting_id;
    let category = InvitationCategory::Citizen as i32;
    let request =
        InvitePersonRequest { request_id: new_id(), meeting_id: meeting_id.clone(), etag: String::new(), category, party: party() };
    let invited: InvitePersonResponse = wire.ok(&secretary, &request).await;
    let attended_invitation_ids = vec![invited.invitation.expect("an invitation").invitation_id];
    let request =
        HoldMeetingRequest { request_id: new_id(), meeting_id: meeting_id.clone(), etag: String::new(), attended_invitation_ids };
    let _: HoldMeetingResponse = wire.ok(&secretary, &request).await;
    let request = RecordSuggestionRequest {
        request_id: new_id(),
        meeting_id: meeting_id.clone(),
        kind: SubmissionKind::Suggestion as i32,
        text: "原话".to_owned(),
        title: "标题".to_owned(),
        ..RecordSuggestionRequest::default()
    };
    let suggestion: RecordSuggestionResponse = wire.ok(&secretary, &request).await;
    let suggestion_id = suggestion.suggestion.expect("a suggestion").suggestion_id;
    let drive_id = bench.drive("lianhu").await;
    let problem_id = bench.problem("lianhu", &[&registered, &bench.matter(&DEMAND, Stage::Registered).await]).await;
    Scene { at_triage, registered, pair_id, visit_id, meeting_id, suggestion_id, drive_id, problem_id, liaison, secretary }
}

/// What no annotation can say.
fn beyond_annotations(bench: &Bench, scene: &Scene) -> Vec<Case> {
    let (citizen, all) = (Wire::anonymous(), sweeper(bench));
    let signed_in = bench.wire.officer("citizen-1", "", &[Role::Citizen]);
    let tomorrow = Ts::from_micros(bench.suite.clock.now().micros() + 24 * 3600 * 1_000_000).date().to_string();
    let text = |text: &str| Ask::of(&CreateSubmissionRequest { text: text.to_owned(), ..submit() });
    let happened = |day: &str| Ask::of(&CreateSubmissionRequest { happen_date: day.to_owned(), ..submit() });
    let party_ref = |party_ref: &str| Ask::of(&CreateSubmissionRequest { party_ref: party_ref.to_owned(), ..submit() });
    let by_phone = Ask::of(&CreateSubmissionRequest { channel: Channel::Phone as i32, ..submit() });
    let plan =
        |day: &str| Ask::of(&PlanVisitRequest { request_id: new_id(), pair_id: scene.pair_id.clone(), plan_date: day.to_owned() });
    let convene = |day: &str| {
        Ask::of(&ConveneMeetingRequest { request_id: new_id(), topic: "议题".to_owned(), meeting_date: day.to_owned() })
    };
    let hold = HoldMeetingRequest {
        request_id: new_id(),
        meeting_id: scene.meeting_id.clone(),
        etag: String::new(),
        attended_invitation_ids: vec![new_id(), "x".to_owned()],
    };
    let suggest = RecordSuggestionRequest {
        request_id: new_id(),
        meeting_id: scene.meeting_id.clone(),
        etag: String::new(),
        invitation_id: "x".to_owned(),
        kind: SubmissionKind::Suggestion as i32,
        text: "原话".to_owned(),
        title: "标题".to_owned(),
    };
    let chief = bench.chief("lianhu");
    let before = |day: &str| Ask::of(&OpenDriveRequest { received_before: day.to_owned(), ..drives::open("lianhu") });
    let cleared_by = |day: &str| Ask::of(&OpenDriveRequest { due_date: day.to_owned(), ..drives::open("lianhu") });
    let unknown = Matter { case_id: new_id(), ..scene.registered.clone() };
    let problem = || problems::open("lianhu", &[&scene.registered, &unknown]);
    let measure = |text: &str, day: &str| {
        let (text, problem) = (text.to_owned(), scene.problem_id.as_str());
        Ask::of(&AdoptMeasureRequest { text, ..problems::adopt(problem, day.to_owned()) })
    };
    vec![
        wrong_field("only blanks", &citizen, text(" \n\t\u{3000}"), "text"),
        wrong_field("30 February happened", &citizen, happened("2026-02-30"), "happen_date"),
        wrong_field("29 February of no leap year", &citizen, happened("2026-02-29"), "happen_date"),
        wrong_field("the year 0000, month 02, day 30", &citizen, happened("0000-02-30"), "happen_date"),
        wrong_field("31 April happened", &citizen, happened("2026-04-31"), "happen_date"),
        wrong_field("tomorrow happened", &citizen, happened(&tomorrow), "happen_date"),
        wrong_field("a citizen by phone", &citizen, by_phone.clone(), "channel"),
        wrong_field("a signed-in citizen by phone", &signed_in, by_phone, "channel"),
        wrong_field("a citizen with a reference", &citizen, party_ref(&new_id()), "party_ref"),
        wrong_field("an unknown reference", &all, party_ref(&new_id()), "party_ref"),
        wrong_field("no reference at all", &all, party_ref("x"), "party_ref"),
        wrong_field("a visit on 30 February", &scene.liaison, plan("2027-02-30"), "plan_date"),
        wrong_field("a meeting on 31 November", &scene.secretary, convene("2027-11-31"), "meeting_date"),
        wrong_field(
            "a topic of blanks",
            &scene.secretary,
            Ask::of(&ConveneMeetingRequest { request_id: new_id(), topic: "  ".to_owned(), meeting_date: tomorrow }),
            "topic",
        ),
        wrong_field("attended by no id", &scene.secretary, Ask::of(&hold), "attended_invitation_ids[1]"),
        wrong_field("spoken by no id", &scene.secretary, Ask::of(&suggest), "invitation_id"),
        wrong_field(
            "visits of no pair",
            &all,
            Ask::of(&ListVisitsRequest { pair_id: "x".to_owned(), ..ListVisitsRequest::default() }),
            "pair_id",
        ),
        wrong_field(
            "suggestions of no meeting",
            &all,
            Ask::of(&ListSuggestionsRequest { meeting_id: "x".to_owned(), ..ListSuggestionsRequest::default() }),
            "meeting_id",
        ),
        wrong_field("cases before 30 February", &chief, before("2026-02-30"), "received_before"),
        wrong_field("cleared by 31 April", &chief, cleared_by("2099-04-31"), "due_date"),
        wrong_field("cleared in the past", &chief, cleared_by("2020-01-01"), "due_date"),
        wrong_field(
            "a drive of blanks",
            &chief,
            Ask::of(&OpenDriveRequest { title: " ".to_owned(), ..drives::open("lianhu") }),
            "title",
        ),
        wrong_field("a problem of blanks", &all, Ask::of(&OpenProblemRequest { title: " ".to_owned(), ..problem() }), "title"),
        wrong_field(
            "described by blanks",
            &all,
            Ask::of(&OpenProblemRequest { description: "\u{3000}".to_owned(), ..problem() }),
            "description",
        ),
        wrong_field("a measure of blanks", &all, measure(" ", "2026-02-28"), "text"),
        wrong_field("a measure from 30 February on", &all, measure("检修", "2026-02-30"), "effective_date"),
        wrong_field(
            "suggestions behind no case",
            &all,
            Ask::of(&ListSuggestionsRequest { case_id: "x".to_owned(), ..ListSuggestionsRequest::default() }),
            "case_id",
        ),
    ]
}

/// Every method that takes an etag, with one that is not the present one.
fn stale(bench: &Bench, scene: &Scene) -> Vec<Case> {
    let who = sweeper(bench);
    let takes_etag: Vec<Method> = methods().into_iter().filter(|method| method.has("etag")).collect();
    assert!(takes_etag.len() > 20, "{}", takes_etag.len());
    takes_etag
        .into_iter()
        .map(|method| {
            let mut message = method.good();
            let texts = [
                ("submission_id", scene.at_triage.submission_id.as_str()),
                ("case_id", &scene.registered.case_id),
                ("pair_id", &scene.pair_id),
                ("visit_id", &scene.visit_id),
                ("meeting_id", &scene.meeting_id),
                ("suggestion_id", &scene.suggestion_id),
                ("drive_id", &scene.drive_id),
                ("problem_id", &scene.problem_id),
                ("solved_note", "已解决"),
                ("etag", "999"),
            ];
            for (field, text) in texts.into_iter().filter(|(field, _)| method.has(field)) {
                message.set_field_by_name(field, prost_reflect::Value::String(text.to_owned()));
            }
            any(&format!("stale {}", method.path), &who, method.ask(&message), Code::Aborted, "STALE_ETAG", &[])
        })
        .collect()
}

/// A request id that has been used, with another content.
async fn reused(bench: &Bench, scene: &Scene) -> Vec<Case> {
    let (wire, chief) = (&bench.wire, bench.chief("lianhu"));
    let said = submit();
    let _: CreateSubmissionResponse = wire.ok(&Wire::anonymous(), &said).await;
    let propose = ProposeSubmissionRequest {
        request_id: new_id(),
        submission_id: bench.matter(&DEMAND, Stage::Received).await.submission_id,
        etag: String::new(),
        proposal: Some(Bench::proposal(&DEMAND)),
    };
    let _: ProposeSubmissionResponse = wire.ok(&bench.desk(), &propose).await;
    let decline = DeclineCaseRequest {
        request_id: new_id(),
        case_id: bench.matter(&DEMAND, Stage::Proposed).await.case_id,
        etag: String::new(),
        reason: "不属于".to_owned(),
    };
    let _: DeclineCaseResponse = wire.ok(&chief, &decline).await;
    let party = |name: &str| Some(Party { name: name.to_owned(), ..Party::default() });
    let kind = ContactKind::Person as i32;
    let pair = CreatePairRequest { request_id: new_id(), kind, party: party("甲"), interval_days: 7 };
    let _: CreatePairResponse = wire.ok(&scene.liaison, &pair).await;
    let meeting_date = bench.suite.clock.now().date().to_string();
    let convene = ConveneMeetingRequest { request_id: new_id(), topic: "议题".to_owned(), meeting_date };
    let met: ConveneMeetingResponse = wire.ok(&scene.secretary, &convene).await;
    let invite = InvitePersonRequest {
        request_id: new_id(),
        meeting_id: met.meeting.expect("a meeting").meeting_id,
        etag: String::new(),
        category: InvitationCategory::Citizen as i32,
        party: party("甲"),
    };
    let _: InvitePersonResponse = wire.ok(&scene.secretary, &invite).await;
    let again = |name: &str, who: &Who, ask: Ask| {
        any(&format!("reused for {name}"), who, ask, Code::InvalidArgument, "REQUEST_ID_REUSED", &["request_id"])
    };
    let proposal = Some(Proposal { title: "另一题".to_owned(), ..Bench::proposal(&DEMAND) });
    vec![
        again("other words", &Wire::anonymous(), Ask::of(&CreateSubmissionRequest { text: "别的话".to_owned(), ..said })),
        again("another proposal", &bench.desk(), Ask::of(&ProposeSubmissionRequest { proposal, ..propose })),
        again("another reason", &chief, Ask::of(&DeclineCaseRequest { reason: "别的理由".to_owned(), ..decline })),
        again("another person", &scene.liaison, Ask::of(&CreatePairRequest { party: party("乙"), ..pair.clone() })),
        again("another interval", &scene.liaison, Ask::of(&CreatePairRequest { interval_days: 8, ..pair })),
        again("another topic", &scene.secretary, Ask::of(&ConveneMeetingRequest { topic: "别的议题".to_owned(), ..convene })),
        again("somebody else invited", &scene.secretary, Ask::of(&InvitePersonRequest { party: party("乙"), ..invite.clone() })),
        again(
            "invited as another",
            &scene.secretary,
            Ask::of(&InvitePersonRequest { category: InvitationCategory::Delegate as i32, ..invite }),
        ),
    ]
}

/// Tokens that were made up, and tokens that were given out for something else.
async fn foreign_pages(bench: &Bench, scene: &Scene) -> Vec<Case> {
    let (wire, all) = (&bench.wire, sweeper(bench));
    let other = bench.officer("city", "desk", &[Role::DeskOfficer]);
    let foreign = |name: &str, who: &Who, ask: Ask| {
        any(&format!("page token {name}"), who, ask, Code::InvalidArgument, "FOREIGN_PAGE_TOKEN", &["page_token"])
    };
    let one = 1;
    let first: ListSubmissionsResponse =
        wire.ok(&all, &ListSubmissionsRequest { page_size: one, ..ListSubmissionsRequest::default() }).await;
    let submissions =
        ListSubmissionsRequest { page_size: one, page_token: first.next_page_token, ..ListSubmissionsRequest::default() };
    let first: ListCasesResponse = wire.ok(&all, &ListCasesRequest { page_size: one, ..ListCasesRequest::default() }).await;
    let cases = ListCasesRequest { page_size: one, page_token: first.next_page_token, ..ListCasesRequest::default() };
    let first: ListUnitsResponse =
        wire.ok(&Wire::anonymous(), &ListUnitsRequest { page_size: one, ..ListUnitsRequest::default() }).await;
    let units = ListUnitsRequest { page_size: one, page_token: first.next_page_token, ..ListUnitsRequest::default() };
    let events = ListCaseEventsRequest { case_id: scene.registered.case_id.clone(), page_size: one, page_token: String::new() };
    let first: ListCaseEventsResponse = wire.ok(&all, &events).await;
    let events = ListCaseEventsRequest { page_token: first.next_page_token, ..events };
    let notices =
        ListNoticesRequest { page_size: one, receipt_code: scene.registered.receipt_code.clone(), ..ListNoticesRequest::default() };
    let first: ListNoticesResponse = wire.ok(&Wire::anonymous(), &notices).await;
    let notices = ListNoticesRequest { page_token: first.next_page_token, ..notices };
    for token in [&submissions.page_token, &cases.page_token, &units.page_token, &events.page_token, &notices.page_token] {
        assert!(!token.is_empty(), "there is a second page");
    }
    let receipt_code = scene.at_triage.receipt_code.clone();
    let mut table = vec![
        foreign(
            "with another state",
            &all,
            Ask::of(&ListSubmissionsRequest { state: SubmissionState::Received as i32, ..submissions.clone() }),
        ),
        foreign(
            "with another channel",
            &all,
            Ask::of(&ListSubmissionsRequest { channel: Channel::Online as i32, ..submissions.clone() }),
        ),
        foreign("of what waits", &all, Ask::of(&ListSubmissionsRequest { to_do: true, ..submissions.clone() })),
        foreign("of another caller", &other, Ask::of(&submissions)),
        foreign(
            "of another method",
            &all,
            Ask::of(&ListCasesRequest { page_token: submissions.page_token.clone(), ..ListCasesRequest::default() }),
        ),
        foreign("with another book", &all, Ask::of(&ListCasesRequest { book: 1, ..cases.clone() })),
        foreign(
            "with another number",
            &all,
            Ask::of(&ListCasesRequest { number: scene.registered.number.clone(), ..cases.clone() }),
        ),
        foreign("of another caller's cases", &other, Ask::of(&cases)),
        foreign(
            "with another parent",
            &Wire::anonymous(),
            Ask::of(&ListUnitsRequest { parent_unit_id: "lianhu".to_owned(), ..units.clone() }),
        ),
        foreign(
            "of another case",
            &all,
            Ask::of(&ListCaseDocumentsRequest {
                case_id: scene.registered.case_id.clone(),
                page_token: events.page_token.clone(),
                page_size: 0,
            }),
        ),
        foreign("of another caller's history", &other, Ask::of(&events)),
        foreign("of another receipt", &Wire::anonymous(), Ask::of(&ListNoticesRequest { receipt_code, ..notices.clone() })),
        foreign("of a citizen for staff", &all, Ask::of(&ListNoticesRequest { receipt_code: String::new(), ..notices })),
        foreign(
            "cut",
            &all,
            Ask::of(&ListSubmissionsRequest { page_token: submissions.page_token[1..].to_owned(), ..submissions }),
        ),
    ];
    for method in methods().into_iter().filter(|method| method.has("page_token")) {
        for token in ["x", "AAAA", "%%%", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA"] {
            let ids = [
                ("case_id", scene.registered.case_id.as_str()),
                ("submission_id", &scene.registered.submission_id),
                ("page_token", token),
            ];
            // Of a suggestion's list the case is a filter, which may be empty.
            let ids = if method.path.ends_with("ListSuggestions") { &ids[1..] } else { &ids[..] };
            table.push(foreign(&format!("{token} {}", method.path), &all, method.with(ids)));
        }
    }
    let watch = WatchNoticesRequest { resume_token: "AAAA".to_owned(), ..WatchNoticesRequest::default() };
    table.push(any("resume token", &all, Ask::of(&watch), Code::InvalidArgument, "FOREIGN_RESUME_TOKEN", &["resume_token"]));
    table
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_annotation_can_say_is_refused_without_a_trace() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let scene = scene(&bench).await;
        let reused = reused(&bench, &scene).await;
        let mut table = beyond_annotations(&bench, &scene);
        table.extend(stale(&bench, &scene));
        table.extend(reused);
        bench.stores.settled().await;
        table.extend(foreign_pages(&bench, &scene).await);
        for case in table {
            bench.check(&Case { name: format!("{engine:?} {}", case.name), ..case }).await;
        }
        bench.end().await;
    }
}

/// Whatever is no message of the method, or none of the protocol.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused() {
    let bench = Bench::on(Engine::Sqlite).await;
    let good = Ask::of(&submit()).message;
    let frame = |flag: u8, length: u32, message: &[u8]| Bytes::from([&[flag][..], &length.to_be_bytes(), message].concat());
    let length = u32::try_from(good.len()).expect("short");
    let too_many = [framed(&good), framed(&good)].concat();
    let (unreadable, large) = ((Code::InvalidArgument, "UNREADABLE_MESSAGE"), (Code::OutOfRange, "MESSAGE_TOO_LARGE"));
    let unknown = (Code::Unimplemented, "UNKNOWN_METHOD");
    let table = [
        ("nothing", SUBMIT, Bytes::new(), unreadable),
        ("half a head", SUBMIT, Bytes::from_static(&[0, 0]), unreadable),
        ("a compressed message", SUBMIT, frame(1, length, &good), unreadable),
        ("an unknown flag", SUBMIT, frame(7, length, &good), unreadable),
        ("too short a frame", SUBMIT, frame(0, length + 1, &good), unreadable),
        ("too long a frame", SUBMIT, frame(0, length - 1, &good), unreadable),
        ("two messages", SUBMIT, Bytes::from(too_many), unreadable),
        ("no protobuf", SUBMIT, framed(&[0xFF; 40]), unreadable),
        ("an end in the middle of a field", SUBMIT, framed(&[0x0A, 0x7F, b'x']), unreadable),
        ("text that is no UTF-8", SUBMIT, framed(&[0x22, 0x02, 0xC3, 0x28]), unreadable),
        ("a field of another type", SUBMIT, framed(&[0x20, 0x01]), unreadable),
        ("JSON", SUBMIT, framed(br#"{"text":"x"}"#), unreadable),
        ("one byte too many", SUBMIT, framed(&vec![0x20; BYTES_MAX + 1]), large),
        ("a megabyte", SUBMIT, framed(&vec![0x20; 1 << 20]), large),
        ("an unknown method", "/sanben.intake.v1.ReceiptService/Undo", framed(&good), unknown),
        ("an unknown service", "/sanben.intake.v2.ReceiptService/CreateSubmission", framed(&good), unknown),
        ("no method", "/", framed(&good), unknown),
        ("a method in other letters", "/sanben.intake.v1.ReceiptService/createSubmission", framed(&good), unknown),
    ];
    let before = bench.stores.settled().await;
    for (name, path, body, (code, reason)) in table {
        let mut answers = Vec::new();
        for language in [ZH, EN] {
            let body = Body::new(Full::new(body.clone()));
            let answer = bench.wire.send(&Wire::anonymous(), path, &[("accept-language", language)], body).await;
            answers.push(Refused::from(answer.err().unwrap_or_else(|| panic!("{name} was answered"))));
        }
        check_texts(name, &answers[0], &answers[1], code, "sanben", reason, &[]);
        bench.check_unchanged(name, &before).await;
    }
    bench.end().await;
}

/// The largest message that is let in, so that the limit is where the contract says.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_the_very_limit_is_read() {
    let bench = Bench::on(Engine::Sqlite).await;
    let mut message = Ask::of(&submit()).message;
    // An unknown field fills it up: its key and length take five bytes.
    let filler = BYTES_MAX - message.len() - 5;
    message.extend([0xFA, 0x3F]);
    message.extend(
        [filler & 0x7F | 0x80, filler >> 7 & 0x7F | 0x80, filler >> 14].map(|byte| u8::try_from(byte).expect("seven bits")),
    );
    message.resize(BYTES_MAX, b'x');
    let answer = bench.wire.ask(&Wire::anonymous(), ZH, &Ask { path: SUBMIT.to_owned(), message }).await;
    assert!(answer.is_ok(), "{:?}", answer.map_err(|refused| refused.why()));
    bench.end().await;
}

/// Tokens that nobody may be believed by, also for what anybody may do.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_believed_is_refused() {
    let bench = Bench::on(Engine::Sqlite).await;
    let now = bench.suite.clock.now();
    let hour = 3_600_000_000;
    let chief = Caller { person: "p-lianhu-chief".to_owned(), unit: "lianhu".to_owned(), roles: vec![Role::Chief] };
    let mint = |issuer: Issuer, caller: &Caller, at: i64, secs: u32| {
        format!("Bearer {}", issuer.mint(caller, Ts::from_micros(now.micros() + at), secs).expect("an Ed25519 key signs"))
    };
    let forged = |name: &'static str| Issuer::new(name, [77; 32]).expect("a key of any seed");
    let good = mint(issuer(), &chief, 0, 600);
    let (head, rest) = good.split_once('.').expect("three parts");
    let (claims, signature) = rest.split_once('.').expect("three parts");
    let nobody = Caller { person: String::new(), ..chief.clone() };
    let roleless = Caller { roles: Vec::new(), ..chief.clone() };
    let table = [
        ("another key", mint(forged("test"), &chief, 0, 600)),
        ("an unknown issuer", mint(forged("elsewhere"), &chief, 0, 600)),
        ("the process's own name", mint(forged("sanben-process"), &chief, 0, 600)),
        ("expired", mint(issuer(), &chief, -2 * hour, 3600)),
        ("not valid yet", mint(issuer(), &chief, hour, 3600)),
        ("nobody", mint(issuer(), &nobody, 0, 600)),
        ("no role", mint(issuer(), &roleless, 0, 600)),
        ("a changed signature", format!("{head}.{claims}.{}", signature.chars().rev().collect::<String>())),
        ("other claims", format!("{head}.eyJpc3MiOiJ0ZXN0In0.{signature}")),
        ("no algorithm", format!("Bearer eyJhbGciOiJub25lIiwia2lkIjoidGVzdCJ9.{claims}.")),
        ("no signature", format!("{head}.{claims}.")),
        ("no token", "Bearer ".to_owned()),
        ("no scheme", good.trim_start_matches("Bearer ").to_owned()),
        ("another scheme", good.replacen("Bearer", "Basic", 1)),
        ("empty", String::new()),
    ];
    let asks = [Ask::of(&ListCasesRequest::default()), Ask::of(&ListUnitsRequest::default()), Ask::of(&submit())];
    for (name, authorization) in table {
        for ask in &asks {
            let name = format!("{name} {}", ask.path);
            let who = Wire::bearing(&authorization);
            bench.check(&any(&name, &who, ask.clone(), Code::Unauthenticated, "UNAUTHENTICATED", &[])).await;
        }
    }
    let listed: ListCasesResponse = bench.wire.ok(&Wire::bearing(&good), &ListCasesRequest::default()).await;
    assert!(listed.cases.is_empty());
    bench.end().await;
}

/// Every method of the contract, but the public ones, is closed to those without a token and, but for configuration, to administrators.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_public_methods_are_open_to_everybody() {
    let bench = Bench::on(Engine::Sqlite).await;
    let shipped = Contract::shipped();
    let paths: BTreeSet<&str> = shipped.permissions().map(|(path, _)| path).collect();
    let listed = methods();
    assert_eq!(paths, listed.iter().map(|method| method.path.as_str()).collect());
    assert!(PUBLIC.iter().chain(&CONFIGURATION).chain(&OF_SYSTEMS).all(|path| paths.contains(path)));
    let administrator = bench.officer("city", "administrator", &[Role::Administrator]);
    let citizen = bench.wire.officer("citizen-1", "", &[Role::Citizen]);
    let machine = bench.wire.officer("machine-1", "", &[Role::DepartmentSystem]);
    for method in listed.iter().filter(|method| !PUBLIC.contains(&method.path.as_str())) {
        let ask = method.ask(&method.good());
        let name = |who: &str| format!("{who} {}", method.path);
        bench.check(&any(&name("anonymous"), &Wire::anonymous(), ask.clone(), Code::Unauthenticated, "UNAUTHENTICATED", &[])).await;
        let configures = CONFIGURATION.contains(&method.path.as_str());
        let systems = OF_SYSTEMS.contains(&method.path.as_str());
        let all = [(&administrator, !configures), (&citizen, true), (&machine, !systems)];
        for (who, _) in all.into_iter().filter(|(_, closed)| *closed) {
            bench.check(&any(&name(&who.name), who, ask.clone(), Code::PermissionDenied, "NOT_PERMITTED", &[])).await;
        }
    }
    bench.end().await;
}

/// Unknown, withdrawn and sealed codes cannot be told apart by anything that the caller sees.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_opens_nothing_does_not_say_why() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let withdrawn = bench.matter(&DEMAND, Stage::Received).await;
        let request = WithdrawSubmissionRequest { request_id: new_id(), receipt_code: withdrawn.receipt_code.clone(), part: 0 };
        let _: WithdrawSubmissionResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
        let mut sealed = vec![bench.matter(&DEMAND, Stage::Received).await, bench.matter(&DEMAND, Stage::Replied).await];
        let custodian = bench.officer("lianhu", "custodian", &[Role::IdentityCustodian]);
        for matter in &sealed {
            let reason = "编码外泄".to_owned();
            let request = SealReceiptRequest {
                request_id: new_id(),
                submission_id: matter.submission_id.clone(),
                etag: String::new(),
                reason,
            };
            let _: SealReceiptResponse = bench.wire.ok(&custodian, &request).await;
        }
        let unknown = Matter { receipt_code: "7K3Q-0ZXC-9M2T-4WAB".to_owned(), ..withdrawn.clone() };
        let short = Matter { receipt_code: "x".to_owned(), ..withdrawn.clone() };
        sealed.extend([unknown, withdrawn, short]);
        let before = bench.stores.settled().await;
        let (citizen, service) = (Wire::anonymous(), bench.wire.officer("service:test", "", &[Role::Service]));
        for (domain, asks) in
            [("sanben.intake", asks_of_intake as fn(&Matter) -> Vec<Ask>), ("sanben.notification", asks_of_notification)]
        {
            for language in [ZH, EN] {
                for number in 0..asks(&sealed[0]).len() {
                    let mut answers = Vec::new();
                    for matter in &sealed {
                        let ask = &asks(matter)[number];
                        let who = if ask.path.ends_with("ResolveReceipt") { &service } else { &citizen };
                        answers.push(bench.wire.refused(who, language, ask).await);
                    }
                    let why = answers[0].why();
                    assert_eq!((why.code, why.domain.as_str(), why.reason.as_str()), (Code::NotFound, domain, "RECEIPT_UNKNOWN"));
                    assert_eq!(why.locale, language);
                    assert!(
                        answers.iter().all(|answer| *answer == answers[0]),
                        "{engine:?} {}: {answers:?}",
                        asks(&sealed[0])[number].path
                    );
                }
            }
        }
        bench.check_unchanged("a look with a code that opens nothing", &before).await;
        bench.end().await;
    }
}

fn asks_of_intake(matter: &Matter) -> Vec<Ask> {
    let receipt_code = matter.receipt_code.clone();
    vec![
        Ask::of(&GetReceiptRequest { receipt_code: receipt_code.clone() }),
        Ask::of(&verdict(matter, 1, Verdict::Satisfied)),
        Ask::of(&WithdrawSubmissionRequest { request_id: new_id(), receipt_code: receipt_code.clone(), part: 0 }),
        Ask::of(&ReopenCaseRequest {
            request_id: new_id(),
            receipt_code: receipt_code.clone(),
            reason: "不对。".to_owned(),
            part: 0,
        }),
        Ask::of(&appeals::appeal(matter)),
        Ask::of(&joining::detach_by_person(matter)),
        Ask::of(&ResolveReceiptRequest { receipt_code }),
    ]
}

fn asks_of_notification(matter: &Matter) -> Vec<Ask> {
    let receipt_code = matter.receipt_code.clone();
    vec![
        Ask::of(&ListNoticesRequest { receipt_code: receipt_code.clone(), ..ListNoticesRequest::default() }),
        Ask::of(&WatchNoticesRequest { receipt_code, ..WatchNoticesRequest::default() }),
    ]
}
