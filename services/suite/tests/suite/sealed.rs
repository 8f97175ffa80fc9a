//! Whoever is complained about, and whoever it is no business of, cannot tell a matter from one that does not exist, by any method.

use prost_reflect::Value;
use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel};
use sanben_proto::ledger::*;
use sanben_proto::liaison::*;
use sanben_proto::meeting::*;
use sanben_proto::notification::*;
use tonic::Code;

use crate::contract::{Method, methods};
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::start::{BOTH, Engine};
use crate::wire::{Ask, EN, Who, Wire, ZH};

const STATION: &str = "lianhu-beiyuanmen";
const ACCUSED: &str = "p-accused";
/// What somebody of the bureau can be, and the system of another department.
const STAFF: [Role; 13] = [
    Role::Chief,
    Role::Handler,
    Role::DeskOfficer,
    Role::Office,
    Role::LeaderInCharge,
    Role::LiaisonOfficer,
    Role::MeetingSecretary,
    Role::Supervisor,
    Role::Auditor,
    Role::IdentityCustodian,
    Role::DutyOfficer,
    Role::HallAttendant,
    Role::DepartmentSystem,
];
/// What the station is complained about for, and a person of the sub-bureau with it.
const SEALED: Spec = Spec { title: "反映窗口收费不开票", accused_persons: &[ACCUSED], ..COMPLAINT };
/// What the station handles itself, for all to see.
const OPEN: Spec = Spec { unit: STATION, lead: STATION, ..DEMAND };

/// Who must not find it: each with all roles; on one engine, since nothing of it is the engine's, also with the roles one by one.
fn outsiders(bench: &Bench, engine: Engine) -> Vec<(Who, bool)> {
    let places = [
        ("p-lianhu-beiyuanmen-chief", STATION),
        (ACCUSED, "lianhu"),
        (ACCUSED, "city"),
        (ACCUSED, STATION),
        ("p-yanta-chief", "yanta"),
    ];
    let mut outsiders = Vec::new();
    for (person, unit) in places {
        if engine == Engine::Sqlite {
            outsiders.extend(STAFF.iter().map(|role| (bench.wire.officer(person, unit, &[*role]), false)));
        }
        outsiders.push((bench.wire.officer(person, unit, &STAFF), true));
    }
    outsiders
}

/// Somebody with every role in a unit.
fn everything_in(bench: &Bench, person: &str, unit: &str) -> Who {
    bench.wire.officer(person, unit, &STAFF)
}

/// A request about something, and the same about nothing, alike but for the ids; and whether it is without an etag.
fn pairs(ids: &[(&str, &str)]) -> Vec<(Ask, Ask, bool)> {
    let named = |method: &Method| ids.iter().any(|(field, _)| method.has(field));
    let mut pairs = Vec::new();
    for method in methods().into_iter().filter(named) {
        for etag in ["", "1", "999"] {
            if !etag.is_empty() && !method.has("etag") {
                continue;
            }
            let ask = |real: bool| {
                let mut message = method.good();
                for (field, id) in ids.iter().filter(|(field, _)| method.has(field)) {
                    message.set_field_by_name(field, Value::String(if real { (*id).to_owned() } else { new_id() }));
                }
                if method.has("solved_note") {
                    message.set_field_by_name("solved_note", Value::String("已解决".to_owned()));
                }
                if method.has("etag") {
                    message.set_field_by_name("etag", Value::String(etag.to_owned()));
                }
                method.ask(&message)
            };
            pairs.push((ask(true), ask(false), etag.is_empty()));
        }
    }
    pairs
}

/// Whatever is asked about it, the answer is the one about nothing.
async fn cannot_tell(bench: &Bench, outsiders: &[(Who, bool)], ids: &[(&str, &str)]) {
    let asked = pairs(ids);
    assert!(asked.len() > 1, "{ids:?}");
    for (who, all_roles) in outsiders {
        for (real, absent, plain) in &asked {
            // One role opens less than all of them do, so the plain request is enough there.
            if !all_roles && !plain {
                continue;
            }
            // Lists with such a filter are answered; the answer about nothing is an empty one.
            let (one, other) = (bench.wire.ask(who, ZH, real).await, bench.wire.ask(who, ZH, absent).await);
            assert_eq!(one, other, "{} for {}", real.path, who.name);
            if let (Err(refused), true) = (&one, all_roles) {
                let services_only =
                    ["GetProposal", "GetMailbox", "GetReply", "RecordVerdict"].iter().any(|name| real.path.ends_with(name));
                let expected = if services_only { Code::PermissionDenied } else { Code::NotFound };
                assert_eq!(refused.code, expected, "{} for {}", real.path, who.name);
            }
        }
        let (real, absent, _) = &asked[0];
        assert_eq!(bench.wire.ask(who, EN, real).await, bench.wire.ask(who, EN, absent).await, "{} in English", real.path);
    }
}

/// The cases that a list shows, page by page: a page that is not the last is full.
async fn cases(bench: &Bench, who: &Who, page_size: i32, number: &str, book: Book) -> Vec<String> {
    let (mut ids, mut page_token) = (Vec::new(), String::new());
    loop {
        let request =
            ListCasesRequest { page_size, page_token, book: book as i32, number: number.to_owned(), ..ListCasesRequest::default() };
        let page: ListCasesResponse = bench.wire.ok(who, &request).await;
        page_token = page.next_page_token;
        assert!(
            page_token.is_empty() || page.cases.len() == usize::try_from(page_size).expect("small"),
            "a hole in the page of {}",
            who.name
        );
        ids.extend(page.cases.into_iter().map(|case| case.case_id));
        if page_token.is_empty() {
            return ids;
        }
    }
}

async fn submissions(bench: &Bench, who: &Who, page_size: i32, channel: Channel) -> Vec<String> {
    let (mut ids, mut page_token) = (Vec::new(), String::new());
    loop {
        let request =
            ListSubmissionsRequest { page_size, page_token, channel: channel as i32, ..ListSubmissionsRequest::default() };
        let page: ListSubmissionsResponse = bench.wire.ok(who, &request).await;
        page_token = page.next_page_token;
        assert!(
            page_token.is_empty() || page.submissions.len() == usize::try_from(page_size).expect("small"),
            "a hole in the page of {}",
            who.name
        );
        ids.extend(page.submissions.into_iter().map(|submission| submission.submission_id));
        if page_token.is_empty() {
            return ids;
        }
    }
}

async fn notices(bench: &Bench, who: &Who) -> Vec<Notice> {
    let request = ListNoticesRequest { page_size: 200, ..ListNoticesRequest::default() };
    let page: ListNoticesResponse = bench.wire.ok(who, &request).await;
    assert!(page.next_page_token.is_empty());
    page.notices
}

/// No notice is about any of these.
async fn told_nothing(bench: &Bench, who: &Who, ids: &[&str]) {
    for notice in notices(bench, who).await {
        for id in [&notice.submission_id, &notice.case_id, &notice.subject_id] {
            assert!(!ids.contains(&id.as_str()), "{} is told {notice:?}", who.name);
        }
    }
}

/// Lists and counts are those of a suite in which there is no such matter.
async fn lists_are_without(bench: &Bench, sealed: &Matter, open: &[Matter]) {
    let newest_first = |id: fn(&Matter) -> &String| open.iter().rev().map(|matter| id(matter).clone()).collect::<Vec<_>>();
    let (case_ids, submission_ids) = (newest_first(|matter| &matter.case_id), newest_first(|matter| &matter.submission_id));
    for (person, unit, sees) in [
        ("p-lianhu-beiyuanmen-chief", STATION, true),
        (ACCUSED, "lianhu", true),
        (ACCUSED, "city", true),
        ("p-yanta-chief", "yanta", false),
    ] {
        let who = everything_in(bench, person, unit);
        for page_size in [1, 2, 50] {
            let expected = if sees { case_ids.clone() } else { Vec::new() };
            assert_eq!(cases(bench, &who, page_size, "", Book::Unspecified).await, expected, "{}", who.name);
            let expected = if sees { submission_ids.clone() } else { Vec::new() };
            assert_eq!(submissions(bench, &who, page_size, Channel::Unspecified).await, expected, "{}", who.name);
            assert_eq!(submissions(bench, &who, page_size, Channel::Online).await, expected, "{}", who.name);
        }
        assert!(cases(bench, &who, 50, "", Book::Complaint).await.is_empty(), "{}", who.name);
        assert!(!sealed.number.is_empty());
        let by_number = |number: &str| Ask::of(&ListCasesRequest { number: number.to_owned(), ..ListCasesRequest::default() });
        let (real, absent) = (by_number(&sealed.number), by_number("投〔2026〕000000"));
        assert_eq!(bench.wire.ask(&who, ZH, &real).await, bench.wire.ask(&who, ZH, &absent).await, "{}", who.name);
        told_nothing(bench, &who, &[&sealed.case_id, &sealed.submission_id]).await;
    }
    // Those whose matter it is do see it, so the lists above were looked at rightly.
    let chief = bench.chief("lianhu");
    assert!(cases(bench, &chief, 2, "", Book::Complaint).await.contains(&sealed.case_id));
    assert_eq!(cases(bench, &chief, 2, &sealed.number, Book::Unspecified).await, std::slice::from_ref(&sealed.case_id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_case_answers_like_one_that_does_not_exist() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut open = vec![bench.matter(&OPEN, Stage::Registered).await];
        let mut sealed = bench.matter(&SEALED, Stage::Registered).await;
        open.push(bench.matter(&OPEN, Stage::Registered).await);
        let outsiders = outsiders(&bench, engine);
        let ids = |matter: &Matter| [("case_id", matter.case_id.clone()), ("submission_id", matter.submission_id.clone())];
        let known = ids(&sealed);
        let known: Vec<(&str, &str)> = known.iter().map(|(field, id)| (*field, id.as_str())).collect();
        cannot_tell(&bench, &outsiders, &known).await;
        lists_are_without(&bench, &sealed, &open).await;
        bench.advance(&mut sealed, Stage::Registered, Stage::Archived).await;
        bench.stores.settled().await;
        let with_all_roles: Vec<(Who, bool)> = outsiders.into_iter().filter(|(_, all)| *all).collect();
        cannot_tell(&bench, &with_all_roles, &known).await;
        lists_are_without(&bench, &sealed, &open).await;
        bench.end().await;
    }
}

/// Before triage has said more, a complaint is about the unit it is addressed to.
#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_kept_from_the_unit_it_is_addressed_to_from_the_first_moment() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let received = bench.matter(&COMPLAINT, Stage::Received).await;
        bench.stores.settled().await;
        for (person, unit) in [("p-lianhu-beiyuanmen-chief", STATION), ("p-yanta-chief", "yanta")] {
            let who = everything_in(&bench, person, unit);
            cannot_tell(&bench, &[(who.clone(), true)], &[("submission_id", &received.submission_id)]).await;
            assert!(submissions(&bench, &who, 50, Channel::Unspecified).await.is_empty(), "{engine:?} {}", who.name);
            told_nothing(&bench, &who, &[&received.submission_id]).await;
        }
        assert_eq!(submissions(&bench, &everything_in(&bench, "p-lianhu-desk", "lianhu"), 50, Channel::Unspecified).await.len(), 1);
        bench.end().await;
    }
}

/// What nobody called a complaint may turn out to be one in triage: then it is gone, with all that was told of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_triage_finds_to_be_a_complaint_is_gone_for_whom_it_is_about() {
    let late = Spec { unit: STATION, lead: "lianhu", accused_units: &[STATION], accused_persons: &[ACCUSED], ..DEMAND };
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&late, Stage::Received).await;
        bench.stores.settled().await;
        let station = everything_in(&bench, "p-lianhu-beiyuanmen-chief", STATION);
        assert_eq!(submissions(&bench, &station, 50, Channel::Unspecified).await.len(), 1, "a demand, so far");
        bench.advance(&mut matter, Stage::Received, Stage::Proposed).await;
        bench.stores.settled().await;
        for who in [station, everything_in(&bench, ACCUSED, "lianhu")] {
            let ids = [("case_id", matter.case_id.as_str()), ("submission_id", matter.submission_id.as_str())];
            cannot_tell(&bench, &[(who.clone(), true)], &ids).await;
            assert!(submissions(&bench, &who, 50, Channel::Unspecified).await.is_empty(), "{engine:?} {}", who.name);
            told_nothing(&bench, &who, &[&matter.submission_id, &matter.case_id]).await;
        }
        bench.end().await;
    }
}

/// A letter to a station holds a complaint about it: who handles the one part finds neither the other nor the whole, which has all the
/// words.
#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_in_a_letter_is_hidden_with_the_letter_from_whom_it_is_about() {
    let to_station = Spec { unit: STATION, lead: STATION, ..DEMAND };
    let part = |kind: SubmissionKind, title: &str| Part {
        kind: kind as i32,
        title: title.to_owned(),
        text: "原话".to_owned(),
        unit_id: STATION.to_owned(),
    };
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let whole = bench.matter(&to_station, Stage::Received).await;
        let request = SplitSubmissionRequest {
            request_id: new_id(),
            submission_id: whole.submission_id.clone(),
            etag: String::new(),
            parts: vec![part(SubmissionKind::Demand, "请求增设照明"), part(SubmissionKind::Complaint, "反映窗口态度")],
        };
        let split: SplitSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
        bench.stores.settled().await;
        let station = everything_in(&bench, "p-lianhu-beiyuanmen-chief", STATION);
        let (demand, complaint) = (&split.parts[0].submission_id, &split.parts[1].submission_id);
        assert_eq!(submissions(&bench, &station, 50, Channel::Unspecified).await, std::slice::from_ref(demand), "{engine:?}");
        for hidden in [&whole.submission_id, complaint] {
            cannot_tell(&bench, &[(station.clone(), true)], &[("submission_id", hidden)]).await;
        }
        told_nothing(&bench, &station, &[complaint]).await;
        let found: GetSubmissionResponse = bench.wire.ok(&station, &GetSubmissionRequest { submission_id: demand.clone() }).await;
        let found = found.submission.expect("a submission");
        assert_eq!((found.part_of.as_str(), found.part), ("", 0), "nothing leads from one part to the others");
        let receipt: GetReceiptResponse =
            bench.wire.ok(&Wire::anonymous(), &GetReceiptRequest { receipt_code: whole.receipt_code.clone() }).await;
        let titles: Vec<String> = receipt.receipt.expect("a receipt").parts.into_iter().map(|part| part.title).collect();
        assert_eq!(titles, ["请求增设照明", "反映窗口态度"], "who said it sees all of it");
        bench.end().await;
    }
}

fn party() -> Option<Party> {
    Some(Party { name: "某某".to_owned(), ..Party::default() })
}

/// A meeting of `unit` in which something was said; the meeting, the suggestion and its submission.
async fn said_in_a_meeting(bench: &Bench, unit: &str) -> (String, String, String) {
    let secretary = bench.officer(unit, "secretary", &[Role::MeetingSecretary]);
    let meeting_date = bench.suite.clock.now().date().to_string();
    let request = ConveneMeetingRequest { request_id: new_id(), topic: "议题".to_owned(), meeting_date };
    let answer: ConveneMeetingResponse = bench.wire.ok(&secretary, &request).await;
    let meeting_id = answer.meeting.expect("a meeting").meeting_id;
    let category = InvitationCategory::Citizen as i32;
    let request =
        InvitePersonRequest { request_id: new_id(), meeting_id: meeting_id.clone(), etag: String::new(), category, party: party() };
    let answer: InvitePersonResponse = bench.wire.ok(&secretary, &request).await;
    let attended_invitation_ids = vec![answer.invitation.expect("an invitation").invitation_id];
    let request =
        HoldMeetingRequest { request_id: new_id(), meeting_id: meeting_id.clone(), etag: String::new(), attended_invitation_ids };
    let _: HoldMeetingResponse = bench.wire.ok(&secretary, &request).await;
    let request = RecordSuggestionRequest {
        request_id: new_id(),
        meeting_id: meeting_id.clone(),
        kind: SubmissionKind::Complaint as i32,
        text: "原话".to_owned(),
        title: "标题".to_owned(),
        ..RecordSuggestionRequest::default()
    };
    let answer: RecordSuggestionResponse = bench.wire.ok(&secretary, &request).await;
    let suggestion = answer.suggestion.expect("a suggestion");
    (meeting_id, suggestion.suggestion_id, suggestion.submission_id)
}

/// A visit of `unit` on which something was heard; the visit and the submission.
async fn heard_on_a_visit(bench: &Bench, unit: &str) -> (String, String) {
    let officer = bench.officer(unit, "liaison", &[Role::LiaisonOfficer]);
    let request = CreatePairRequest { request_id: new_id(), kind: ContactKind::Person as i32, party: party(), interval_days: 30 };
    let answer: CreatePairResponse = bench.wire.ok(&officer, &request).await;
    let pair_id = answer.pair.expect("a pair").pair_id;
    let plan_date = bench.suite.clock.now().date().to_string();
    let answer: PlanVisitResponse = bench.wire.ok(&officer, &PlanVisitRequest { request_id: new_id(), pair_id, plan_date }).await;
    let visit_id = answer.visit.expect("a visit").visit_id;
    let mode = VisitMode::Home as i32;
    let request = RecordVisitRequest { request_id: new_id(), visit_id: visit_id.clone(), etag: String::new(), mode };
    let _: RecordVisitResponse = bench.wire.ok(&officer, &request).await;
    let carried = CarriedVoice { kind: SubmissionKind::Complaint as i32, text: "原话".to_owned(), ..CarriedVoice::default() };
    let request = RecordVoiceRequest {
        request_id: new_id(),
        visit_id: visit_id.clone(),
        carried: Some(carried),
        ..RecordVoiceRequest::default()
    };
    let answer: RecordVoiceResponse = bench.wire.ok(&officer, &request).await;
    (visit_id, answer.voice.expect("a voice").submission_id)
}

/// The desk proposes it as a complaint about the station and the person; the case.
async fn accuse(bench: &Bench, submission_id: &str) -> String {
    let request = ProposeSubmissionRequest {
        request_id: new_id(),
        submission_id: submission_id.to_owned(),
        etag: String::new(),
        proposal: Some(Bench::proposal(&SEALED)),
    };
    let _: ProposeSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
    bench.stores.settled().await;
    let request = GetSubmissionRequest { submission_id: submission_id.to_owned() };
    let found: GetSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
    found.submission.expect("a submission").case_id
}

async fn meetings_are_without(engine: Engine) {
    let bench = Bench::on(engine).await;
    let (meeting_id, suggestion_id, submission_id) = said_in_a_meeting(&bench, "lianhu").await;
    let case_id = accuse(&bench, &submission_id).await;
    let who = everything_in(&bench, ACCUSED, "lianhu");
    let ids = [("suggestion_id", suggestion_id.as_str())];
    cannot_tell(&bench, &[(who.clone(), true)], &ids).await;
    let ids = [("case_id", case_id.as_str()), ("submission_id", submission_id.as_str())];
    cannot_tell(&bench, &[(who.clone(), true)], &ids).await;
    let one: GetMeetingResponse = bench.wire.ok(&who, &GetMeetingRequest { meeting_id: meeting_id.clone() }).await;
    assert!(one.meeting.expect("the meeting is no secret").suggestion_ids.is_empty(), "{engine:?}");
    let all: ListMeetingsResponse = bench.wire.ok(&who, &ListMeetingsRequest::default()).await;
    assert!(all.meetings.iter().all(|meeting| meeting.suggestion_ids.is_empty()), "{engine:?}");
    let of_meeting = ListSuggestionsRequest { meeting_id, ..ListSuggestionsRequest::default() };
    let found: ListSuggestionsResponse = bench.wire.ok(&who, &of_meeting).await;
    assert!(found.suggestions.is_empty(), "{engine:?}");
    told_nothing(&bench, &who, &[&case_id, &submission_id, &suggestion_id]).await;
    let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
    let found: ListSuggestionsResponse = bench.wire.ok(&secretary, &of_meeting).await;
    assert_eq!(found.suggestions.len(), 1, "{engine:?}");
    bench.end().await;
}

async fn visits_are_without(engine: Engine) {
    let bench = Bench::on(engine).await;
    let (visit_id, submission_id) = heard_on_a_visit(&bench, "lianhu").await;
    let case_id = accuse(&bench, &submission_id).await;
    for (person, unit) in [(ACCUSED, "lianhu"), (ACCUSED, "city")] {
        let who = everything_in(&bench, person, unit);
        let one: GetVisitResponse = bench.wire.ok(&who, &GetVisitRequest { visit_id: visit_id.clone() }).await;
        assert!(one.visit.expect("the visit is no secret").voices.is_empty(), "{engine:?}");
        let all: ListVisitsResponse = bench.wire.ok(&who, &ListVisitsRequest::default()).await;
        assert!(all.visits.iter().all(|visit| visit.voices.is_empty()), "{engine:?}");
        let ids = [("case_id", case_id.as_str()), ("submission_id", submission_id.as_str())];
        cannot_tell(&bench, &[(who.clone(), true)], &ids).await;
        told_nothing(&bench, &who, &[&case_id, &submission_id]).await;
    }
    let officer = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
    let one: GetVisitResponse = bench.wire.ok(&officer, &GetVisitRequest { visit_id: visit_id.clone() }).await;
    assert_eq!(one.visit.expect("a visit").voices.len(), 1, "{engine:?}: the officer who heard it sees it");
    let elsewhere = everything_in(&bench, "p-yanta-chief", "yanta");
    cannot_tell(&bench, &[(elsewhere.clone(), true)], &[("visit_id", &visit_id)]).await;
    let all: ListVisitsResponse = bench.wire.ok(&elsewhere, &ListVisitsRequest::default()).await;
    assert!(all.visits.is_empty(), "{engine:?}");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_in_a_meeting_is_hidden_from_whom_it_is_about() {
    for engine in BOTH {
        meetings_are_without(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_heard_on_a_visit_is_hidden_from_whom_it_is_about() {
    for engine in BOTH {
        visits_are_without(engine).await;
    }
}
