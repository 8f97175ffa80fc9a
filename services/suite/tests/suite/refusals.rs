//! Every reason of the contract is reached over public RPCs, and says why in both languages.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body_util::Full;
use sanben::client::Town;
use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_proto::intake::*;
use sanben_proto::kinds::{Channel, Verdict};
use sanben_proto::ledger::*;
use sanben_proto::liaison::*;
use sanben_proto::meeting::*;
use sanben_proto::notification::*;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tonic::body::Body;
use tonic::{Code, Status};

use crate::appeals;
use crate::calendar;
use crate::checklists;
use crate::clocks;
use crate::co_handling;
use crate::contract::reasons;
use crate::drives;
use crate::joining;
use crate::matter::{Bench, COMPLAINT, Case, DEMAND, Matter, Spec, Stage, assign, new_id, report, review, verdict};
use crate::papers;
use crate::problems;
use crate::replacing;
use crate::roads;
use crate::rungs;
use crate::start::{Engine, Suite, issuer};
use crate::wire::{Ask, EN, Refused, Who, Wire, ZH, check_texts, framed};

/// Behind another rule that says no first, so nobody is ever told.
const UNREACHABLE: [(&str, &str); 1] = [
    // Whoever is complained about does not find the case: NOT_FOUND.
    ("sanben.ledger", "SIGNER_IS_ACCUSED"),
];
const SUBMIT: &str = "/sanben.intake.v1.ReceiptService/CreateSubmission";
const DAY_SECS: u64 = 24 * 3600;
const REQUESTS_MAX: usize = 1024;
/// Fewer than a server lets one connection have under way.
const STREAMS: usize = 180;
const BUSY_SECS_MAX: u64 = 60;
const VOICES_MAX: usize = 50;
const INVITED_MAX: usize = 200;
const SUGGESTIONS_MAX: usize = 200;

/// Domains and reasons.
type Reasons = BTreeSet<(String, String)>;

pub struct Table<'a> {
    pub bench: &'a Bench,
    cases: Vec<Case>,
}

impl Table<'_> {
    fn add(&mut self, domain: &'static str, reason: &str, code: Code, who: &Who, ask: Ask, fields: &[&str]) {
        self.cases.push(Case {
            name: format!("{domain} {reason}"),
            who: who.clone(),
            ask,
            code,
            domain,
            reason: reason.to_owned(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        });
    }

    pub fn rule(&mut self, domain: &'static str, reason: &str, who: &Who, ask: Ask) {
        self.add(domain, reason, Code::FailedPrecondition, who, ask, &[]);
    }

    pub fn aborted(&mut self, domain: &'static str, reason: &str, who: &Who, ask: Ask) {
        self.add(domain, reason, Code::Aborted, who, ask, &[]);
    }

    pub fn field(&mut self, domain: &'static str, reason: &str, who: &Who, ask: Ask, fields: &[&str]) {
        self.add(domain, reason, Code::InvalidArgument, who, ask, fields);
    }

    /// Checks each and answers what was reached.
    async fn check(self) -> Reasons {
        let mut reached = Reasons::new();
        for case in self.cases {
            self.bench.check(&case).await;
            reached.insert((case.domain.to_owned(), case.reason));
        }
        reached
    }
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

fn reopen(matter: &Matter) -> ReopenCaseRequest {
    ReopenCaseRequest {
        request_id: new_id(), receipt_code: matter.receipt_code.clone(), reason: "没有解决".to_owned(), part: 0
    }
}

pub fn split_request(submission_id: &str) -> SplitSubmissionRequest {
    let part = |title: &str| Part {
        kind: SubmissionKind::Demand as i32,
        title: title.to_owned(),
        text: "原话".to_owned(),
        unit_id: String::new(),
    };
    SplitSubmissionRequest {
        request_id: new_id(),
        submission_id: submission_id.to_owned(),
        etag: String::new(),
        parts: vec![part("甲"), part("乙")],
    }
}

async fn split(bench: &Bench) -> SplitSubmissionResponse {
    let whole = bench.matter(&DEMAND, Stage::Received).await;
    bench.wire.ok(&bench.desk(), &split_request(&whole.submission_id)).await
}

fn exception(matter: &Matter) -> StrikeOffCaseByExceptionRequest {
    StrikeOffCaseByExceptionRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        reason: "已穷尽办理措施".to_owned(),
        superior: None,
    }
}

/// A demand to the city bureau itself: nobody in it is above its chief.
const AT_THE_TOP: Spec = Spec { unit: "city", lead: "city", ..DEMAND };

fn pass(matter: &Matter, etag: &str) -> Ask {
    Ask::of(&PassSubmissionRequest {
        request_id: new_id(),
        submission_id: matter.submission_id.clone(),
        etag: etag.to_owned(),
        authority: "12345".to_owned(),
        authority_number: String::new(),
    })
}

async fn of_any(table: &mut Table<'_>) {
    const ANY: &str = "sanben";
    let (citizen, desk) = (Wire::anonymous(), table.bench.desk());
    let matter = table.bench.matter(&DEMAND, Stage::Received).await;
    let said = submit();
    let _: CreateSubmissionResponse = table.bench.wire.ok(&citizen, &said).await;
    let units = |page_token: &str| Ask::of(&ListUnitsRequest { page_token: page_token.to_owned(), ..ListUnitsRequest::default() });
    let watch = WatchNoticesRequest { resume_token: "x".to_owned(), receipt_code: matter.receipt_code.clone() };
    let look = Ask::of(&GetSubmissionRequest { submission_id: new_id() });
    table.field(ANY, "INVALID_FIELDS", &citizen, Ask::of(&CreateSubmissionRequest { text: String::new(), ..submit() }), &["text"]);
    table.field(
        ANY,
        "REQUEST_ID_REUSED",
        &citizen,
        Ask::of(&CreateSubmissionRequest { text: "别的话".to_owned(), ..said }),
        &["request_id"],
    );
    table.field(ANY, "FOREIGN_PAGE_TOKEN", &citizen, units("x"), &["page_token"]);
    table.field(ANY, "FOREIGN_RESUME_TOKEN", &citizen, Ask::of(&watch), &["resume_token"]);
    table.add(ANY, "STALE_ETAG", Code::Aborted, &desk, pass(&matter, "0"), &[]);
    table.add(ANY, "UNAUTHENTICATED", Code::Unauthenticated, &citizen, look.clone(), &[]);
    table.add(
        ANY,
        "NOT_PERMITTED",
        Code::PermissionDenied,
        &table.bench.officer("city", "hall", &[Role::HallAttendant]),
        look.clone(),
        &[],
    );
    table.add(ANY, "NOT_FOUND", Code::NotFound, &desk, look, &[]);
}

async fn of_intake(table: &mut Table<'_>) {
    let (citizen, desk) = (Wire::anonymous(), table.bench.desk());
    let received = table.bench.matter(&DEMAND, Stage::Received).await;
    let proposed = table.bench.matter(&DEMAND, Stage::Proposed).await;
    let answer = AnswerSubmissionRequest {
        request_id: new_id(),
        submission_id: received.submission_id.clone(),
        etag: String::new(),
        text: "答复".to_owned(),
    };
    let accused = Proposal { accused_unit_ids: vec!["lianhu".to_owned()], ..Bench::proposal(&DEMAND) };
    let propose = ProposeSubmissionRequest {
        request_id: new_id(),
        submission_id: received.submission_id.clone(),
        etag: String::new(),
        proposal: Some(accused),
    };
    let of_city = Proposal { accused_unit_ids: vec!["city".to_owned()], ..Bench::proposal(&DEMAND) };
    let of_head = Proposal { accused_person_ids: vec!["p-city-chief".to_owned()], ..Bench::proposal(&DEMAND) };
    let unsigned = |proposal: Proposal| Ask::of(&ProposeSubmissionRequest { proposal: Some(proposal), ..propose.clone() });
    let twice = CreateSubmissionRequest { party: Some(Party::default()), party_ref: new_id(), ..submit() };
    let withdraw = WithdrawSubmissionRequest { request_id: new_id(), receipt_code: proposed.receipt_code.clone(), part: 0 };
    let nothing = GetReceiptRequest { receipt_code: "x".to_owned() };
    table.add(INTAKE, "RECEIPT_UNKNOWN", Code::NotFound, &citizen, Ask::of(&nothing), &[]);
    table.rule(INTAKE, "NOT_IN_TRIAGE", &desk, pass(&proposed, ""));
    table.field(
        INTAKE,
        "UNIT_UNKNOWN",
        &citizen,
        Ask::of(&CreateSubmissionRequest { unit_id: "nowhere".to_owned(), ..submit() }),
        &["unit_id"],
    );
    table.rule(INTAKE, "LEAD_UNIT_IS_ACCUSED", &desk, Ask::of(&propose));
    table.rule(INTAKE, "NOBODY_MAY_SIGN", &desk, unsigned(of_city));
    table.rule(INTAKE, "NOBODY_MAY_SIGN", &desk, unsigned(of_head));
    table.rule(INTAKE, "NOT_A_QUESTION", &desk, Ask::of(&answer));
    table.rule(INTAKE, "TOO_LATE_TO_WITHDRAW", &citizen, Ask::of(&withdraw));
    let praise = AcknowledgePraiseRequest {
        request_id: new_id(),
        submission_id: received.submission_id.clone(),
        etag: String::new(),
        unit_id: "lianhu".to_owned(),
        summary: "点赞".to_owned(),
    };
    let parted = split(table.bench).await;
    let again = split_request(&parted.parts[0].submission_id);
    table.rule(INTAKE, "NOT_PRAISE", &desk, Ask::of(&praise));
    table.rule(INTAKE, "NOTHING_TO_REOPEN", &citizen, Ask::of(&reopen(&received)));
    table.field(INTAKE, "PART_UNKNOWN", &citizen, Ask::of(&ReopenCaseRequest { part: 3, ..reopen(&received) }), &["part"]);
    table.rule(INTAKE, "IS_A_PART", &desk, Ask::of(&again));
    table.rule(INTAKE, "NO_REPLY_YET", &citizen, Ask::of(&verdict(&received, 1, Verdict::Satisfied)));
    table.field(INTAKE, "PARTY_TWICE", &desk, Ask::of(&twice), &["party_ref"]);
}

pub const INTAKE: &str = "sanben.intake";
pub const LEDGER: &str = "sanben.ledger";

async fn of_ledger_before_the_reply(table: &mut Table<'_>) {
    let bench = table.bench;
    let (chief, handler) = (bench.chief("lianhu"), bench.handler("lianhu"));
    let proposed = bench.matter(&DEMAND, Stage::Proposed).await;
    let registered = bench.matter(&DEMAND, Stage::Registered).await;
    let complaint = bench.matter(&COMPLAINT, Stage::Registered).await;
    let assigned = bench.matter(&DEMAND, Stage::Assigned).await;
    let undertaken = bench.matter(&DEMAND, Stage::Undertaken).await;
    let reported = bench.matter(&DEMAND, Stage::Reported).await;
    let reviewed = bench.matter(&DEMAND, Stage::HandlerReviewed).await;
    let register = Ask::of(&RegisterCaseRequest { request_id: new_id(), case_id: proposed.case_id.clone(), etag: String::new() });
    let undertake = |matter: &Matter| {
        Ask::of(&UndertakeCaseRequest { request_id: new_id(), case_id: matter.case_id.clone(), etag: String::new() })
    };
    let half = ReviewReplyRequest { rectified: false, ..review(&reported, true) };
    let second = bench.officer("lianhu", "handler-2", &[Role::Handler]);
    table.rule(LEDGER, "WRONG_STATE", &handler, undertake(&registered));
    table.rule(LEDGER, "NOT_THE_CHIEF", &bench.officer("lianhu", "chief-2021", &[Role::Chief]), register);
    table.rule(LEDGER, "SIGNER_IS_HANDLER", &bench.officer("lianhu", "chief", &[Role::Handler]), undertake(&assigned));
    table.field(LEDGER, "UNIT_UNKNOWN", &chief, Ask::of(&assign(&registered, "nowhere", &[])), &["lead_unit_id"]);
    table.field(
        LEDGER,
        "UNIT_UNKNOWN",
        &chief,
        Ask::of(&assign(&registered, "", &["yanta", "nowhere"])),
        &["assisting_unit_ids[1]"],
    );
    table.rule(LEDGER, "HANDLER_IS_ACCUSED", &chief, Ask::of(&assign(&complaint, "lianhu-beiyuanmen", &[])));
    table.rule(LEDGER, "LEAD_OUTSIDE_GATE", &chief, Ask::of(&assign(&registered, "yanta", &[])));
    table.field(LEDGER, "ASSISTING_IS_LEAD", &chief, Ask::of(&assign(&registered, "", &["lianhu"])), &["assisting_unit_ids"]);
    table.rule(LEDGER, "NOT_THE_LEAD_UNIT", &bench.handler("city"), undertake(&assigned));
    table.rule(LEDGER, "NOT_THE_HANDLER", &second, Ask::of(&report(&undertaken)));
    table.rule(LEDGER, "WRONG_REVIEW_ROLE", &bench.office("lianhu"), Ask::of(&review(&reported, true)));
    table.rule(LEDGER, "REVIEWER_TWICE", &bench.officer("lianhu", "handler-2", &[Role::Office]), Ask::of(&review(&reviewed, true)));
    table.rule(LEDGER, "CRITERIA_NOT_MET", &second, Ask::of(&half));
    table.field(LEDGER, "REASON_MISSING", &second, Ask::of(&review(&reported, false)), &["reason"]);
}

async fn of_ledger_after_the_reply(table: &mut Table<'_>) {
    let bench = table.bench;
    let (citizen, service) = (Wire::anonymous(), bench.wire.officer("service:test", "", &[Role::Service]));
    let replied = bench.matter(&DEMAND, Stage::Replied).await;
    let judged = bench.matter(&DEMAND, Stage::Replied).await;
    let _: GiveVerdictResponse = bench.wire.ok(&citizen, &verdict(&judged, 1, Verdict::Dissatisfied)).await;
    let settled = bench.matter(&DEMAND, Stage::Settled).await;
    let strange = RecordVerdictRequest {
        request_id: new_id(),
        case_id: replied.case_id.clone(),
        etag: String::new(),
        submission_id: judged.submission_id.clone(),
        round: 1,
        verdict: Verdict::Satisfied as i32,
    };
    let examine = ExamineAccountabilityRequest {
        request_id: new_id(),
        case_id: replied.case_id.clone(),
        etag: String::new(),
        finding: "无".to_owned(),
        persons: Vec::new(),
    };
    let strike_off = |matter: &Matter| {
        Ask::of(&StrikeOffCaseRequest { request_id: new_id(), case_id: matter.case_id.clone(), etag: String::new() })
    };
    let at_the_top = bench.matter(&AT_THE_TOP, Stage::Replied).await;
    let _: GiveVerdictResponse = bench.wire.ok(&citizen, &verdict(&at_the_top, 1, Verdict::Dissatisfied)).await;
    let reopened = bench.matter(&DEMAND, Stage::Replied).await;
    let _: ReopenCaseResponse = bench.wire.ok(&citizen, &reopen(&reopened)).await;
    let (chief, city_chief) = (bench.chief("lianhu"), bench.chief("city"));
    table.rule("sanben.intake", "ALREADY_REOPENED", &citizen, Ask::of(&reopen(&reopened)));
    table.rule(LEDGER, "NOT_CONFIRMED", &chief, strike_off(&judged));
    table.rule(LEDGER, "NOT_ONE_LEVEL_UP", &chief, Ask::of(&exception(&judged)));
    table.rule(LEDGER, "CONFIRMED", &city_chief, Ask::of(&exception(&settled)));
    table.rule(LEDGER, "PERSON_NOT_HEARD", &city_chief, Ask::of(&exception(&replied)));
    table.field(LEDGER, "SUPERIOR_MISSING", &city_chief, Ask::of(&exception(&at_the_top)), &["superior"]);
    table.rule(LEDGER, "WRONG_ROUND", &citizen, Ask::of(&verdict(&replied, 2, Verdict::Satisfied)));
    table.rule(LEDGER, "VERDICT_TWICE", &citizen, Ask::of(&verdict(&judged, 1, Verdict::Satisfied)));
    table.rule(LEDGER, "NOT_OF_THIS_CASE", &service, Ask::of(&strange));
    table.rule(LEDGER, "EXAMINER_IS_HANDLER", &bench.officer("lianhu", "handler", &[Role::Office]), Ask::of(&examine));
    table.rule(LEDGER, "THREE_ONES_INCOMPLETE", &chief, strike_off(&settled));
}

/// Whatever must wait for the clock.
async fn of_later(table: &mut Table<'_>) {
    let late = table.bench.matter(&DEMAND, Stage::Replied).await;
    let assigned = table.bench.matter(&DEMAND, Stage::Assigned).await;
    table.bench.suite.clock.advance(Duration::from_secs(70 * DAY_SECS)).expect("a fake clock");
    table.rule(INTAKE, "TOO_LATE_TO_APPEAL", &Wire::anonymous(), Ask::of(&appeals::appeal(&late)));
    table.rule(INTAKE, "TOO_LATE_TO_REOPEN", &Wire::anonymous(), Ask::of(&reopen(&late)));
    table.rule(LEDGER, "OBJECTION_TOO_LATE", &table.bench.handler("lianhu"), Ask::of(&roads::object(&assigned)));
    table.rule(LEDGER, "PAUSE_TOO_LATE", &table.bench.chief("lianhu"), Ask::of(&clocks::pause(&assigned)));
    table.rule(LEDGER, "EXTENSION_TOO_LATE", &table.bench.chief("lianhu"), Ask::of(&papers::extend(&assigned)));
    table.rule(LEDGER, "VERDICT_TOO_LATE", &Wire::anonymous(), Ask::of(&verdict(&late, 1, Verdict::Satisfied)));
}

fn party() -> Option<Party> {
    Some(Party { name: "某某".to_owned(), ..Party::default() })
}

pub fn day(bench: &Bench, from_now: i64) -> String {
    let days = from_now * i64::try_from(DAY_SECS).expect("short") * 1_000_000;
    Ts::from_micros(bench.suite.clock.now().micros() + days).date().to_string()
}

pub async fn new_pair(bench: &Bench, officer: &Who) -> String {
    let request = CreatePairRequest { request_id: new_id(), kind: ContactKind::Person as i32, party: party(), interval_days: 30 };
    let pair: CreatePairResponse = bench.wire.ok(officer, &request).await;
    pair.pair.expect("a pair").pair_id
}

pub fn plan(pair_id: &str, plan_date: String) -> PlanVisitRequest {
    PlanVisitRequest { request_id: new_id(), pair_id: pair_id.to_owned(), plan_date }
}

fn made(visit_id: &str) -> RecordVisitRequest {
    RecordVisitRequest { request_id: new_id(), visit_id: visit_id.to_owned(), etag: String::new(), mode: VisitMode::Home as i32 }
}

fn solved(visit_id: &str, note: &str) -> RecordVoiceRequest {
    RecordVoiceRequest {
        request_id: new_id(),
        visit_id: visit_id.to_owned(),
        solved_note: note.to_owned(),
        ..RecordVoiceRequest::default()
    }
}

async fn of_liaison(table: &mut Table<'_>) {
    const LIAISON: &str = "sanben.liaison";
    let bench = table.bench;
    let officer = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
    let colleague = bench.officer("lianhu", "liaison-2", &[Role::LiaisonOfficer]);
    let (pair, other) = (new_pair(bench, &officer).await, new_pair(bench, &officer).await);
    let planned: PlanVisitResponse = bench.wire.ok(&officer, &plan(&pair, day(bench, 0))).await;
    let planned = planned.visit.expect("a visit").visit_id;
    let full: PlanVisitResponse = bench.wire.ok(&officer, &plan(&other, day(bench, 0))).await;
    let full = full.visit.expect("a visit").visit_id;
    let _: RecordVisitResponse = bench.wire.ok(&officer, &made(&full)).await;
    for _ in 0..VOICES_MAX {
        let _: RecordVoiceResponse = bench.wire.ok(&officer, &solved(&full, "当场解决")).await;
    }
    let carried = CarriedVoice { kind: SubmissionKind::Demand as i32, text: "原话".to_owned(), ..CarriedVoice::default() };
    let both = RecordVoiceRequest { carried: Some(carried), ..solved(&full, "当场解决") };
    let replace = |officer: &str| Ask::of(&replacing::replace(&pair, officer));
    table.rule(LIAISON, "NOT_THE_PAIRS_UNIT", &bench.office("city"), replace("p-lianhu-liaison-2"));
    table.field(LIAISON, "SAME_OFFICER", &bench.office("lianhu"), replace("p-lianhu-liaison"), &["officer_id"]);
    table.rule(LIAISON, "NOT_THE_OFFICER", &colleague, Ask::of(&made(&planned)));
    table.field(LIAISON, "PLAN_IN_THE_PAST", &officer, Ask::of(&plan(&other, day(bench, -1))), &["plan_date"]);
    table.rule(LIAISON, "VISIT_OPEN", &officer, Ask::of(&plan(&pair, day(bench, 1))));
    table.rule(LIAISON, "VISIT_ALREADY_MADE", &officer, Ask::of(&made(&full)));
    table.rule(LIAISON, "VISIT_NOT_MADE", &officer, Ask::of(&solved(&planned, "当场解决")));
    table.field(LIAISON, "SOLVED_OR_CARRIED", &officer, Ask::of(&solved(&full, "")), &["solved_note", "carried"]);
    table.field(LIAISON, "SOLVED_OR_CARRIED", &officer, Ask::of(&both), &["solved_note", "carried"]);
    table.rule(LIAISON, "TOO_MANY_VOICES", &officer, Ask::of(&solved(&full, "当场解决")));
}

const MEETING: &str = "sanben.meeting";

fn convene(meeting_date: String) -> ConveneMeetingRequest {
    ConveneMeetingRequest { request_id: new_id(), topic: "议题".to_owned(), meeting_date }
}

fn invite(meeting_id: &str) -> InvitePersonRequest {
    let category = InvitationCategory::Citizen as i32;
    InvitePersonRequest { request_id: new_id(), meeting_id: meeting_id.to_owned(), etag: String::new(), category, party: party() }
}

fn hold(meeting_id: &str, attended_invitation_ids: Vec<String>) -> HoldMeetingRequest {
    HoldMeetingRequest { request_id: new_id(), meeting_id: meeting_id.to_owned(), etag: String::new(), attended_invitation_ids }
}

pub fn suggest(meeting_id: &str) -> RecordSuggestionRequest {
    RecordSuggestionRequest {
        request_id: new_id(),
        meeting_id: meeting_id.to_owned(),
        kind: SubmissionKind::Suggestion as i32,
        text: "原话".to_owned(),
        title: "标题".to_owned(),
        ..RecordSuggestionRequest::default()
    }
}

pub async fn new_meeting(bench: &Bench, secretary: &Who) -> String {
    let answer: ConveneMeetingResponse = bench.wire.ok(secretary, &convene(day(bench, 0))).await;
    answer.meeting.expect("a meeting").meeting_id
}

pub async fn held_meeting(bench: &Bench, secretary: &Who) -> String {
    let meeting = new_meeting(bench, secretary).await;
    let invited: InvitePersonResponse = bench.wire.ok(secretary, &invite(&meeting)).await;
    let came = vec![invited.invitation.expect("an invitation").invitation_id];
    let _: HoldMeetingResponse = bench.wire.ok(secretary, &hold(&meeting, came)).await;
    meeting
}

/// Meetings that are full take their time, so they are filled on one engine only.
async fn of_full_meetings(table: &mut Table<'_>) {
    let bench = table.bench;
    let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
    let (open, held) = (new_meeting(bench, &secretary).await, held_meeting(bench, &secretary).await);
    let invited = async {
        for _ in 0..INVITED_MAX {
            let _: InvitePersonResponse = bench.wire.ok(&secretary, &invite(&open)).await;
        }
    };
    let suggested = async {
        for _ in 0..SUGGESTIONS_MAX {
            let _: RecordSuggestionResponse = bench.wire.ok(&secretary, &suggest(&held)).await;
        }
    };
    tokio::join!(invited, suggested);
    table.rule(MEETING, "TOO_MANY_INVITED", &secretary, Ask::of(&invite(&open)));
    table.rule(MEETING, "TOO_MANY_SUGGESTIONS", &secretary, Ask::of(&suggest(&held)));
}

async fn of_meetings(table: &mut Table<'_>) {
    let bench = table.bench;
    let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
    let (open, held) = (new_meeting(bench, &secretary).await, held_meeting(bench, &secretary).await);
    let answer = AnswerInvitationRequest {
        request_id: new_id(),
        meeting_id: open.clone(),
        etag: String::new(),
        invitation_id: new_id(),
        answer: InvitationAnswer::Accepted as i32,
    };
    table.field(MEETING, "DATE_IN_THE_PAST", &secretary, Ask::of(&convene(day(bench, -1))), &["meeting_date"]);
    table.rule(MEETING, "MEETING_ALREADY_HELD", &secretary, Ask::of(&invite(&held)));
    table.rule(MEETING, "MEETING_NOT_HELD", &secretary, Ask::of(&suggest(&open)));
    table.field(MEETING, "INVITATION_UNKNOWN", &secretary, Ask::of(&answer), &["invitation_id"]);
    table.field(MEETING, "INVITATION_UNKNOWN", &secretary, Ask::of(&hold(&open, vec![new_id()])), &["attended_invitation_ids[0]"]);
    table.field(MEETING, "NOBODY_CAME", &secretary, Ask::of(&hold(&open, Vec::new())), &["attended_invitation_ids"]);
}

async fn of_suggestions(table: &mut Table<'_>) {
    let bench = table.bench;
    let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
    let meeting = held_meeting(bench, &secretary).await;
    let made: RecordSuggestionResponse = bench.wire.ok(&secretary, &suggest(&meeting)).await;
    let fresh = made.suggestion.expect("a suggestion").suggestion_id;
    let made: RecordSuggestionResponse = bench.wire.ok(&secretary, &suggest(&meeting)).await;
    let planned = made.suggestion.expect("a suggestion").suggestion_id;
    let (deliberation, evidence, etag) = ("商议".to_owned(), "纪要".to_owned(), String::new());
    let request =
        DeliberateSuggestionRequest { request_id: new_id(), suggestion_id: planned.clone(), etag, deliberation, evidence };
    let _: DeliberateSuggestionResponse = bench.wire.ok(&secretary, &request).await;
    let resolve = |suggestion: &str| {
        let (suggestion_id, resolution) = (suggestion.to_owned(), "决议".to_owned());
        ResolveSuggestionRequest { request_id: new_id(), suggestion_id, etag: String::new(), resolution }
    };
    let _: ResolveSuggestionResponse = bench.wire.ok(&secretary, &resolve(&planned)).await;
    let adopt = AdoptPlanRequest {
        request_id: new_id(),
        suggestion_id: planned.clone(),
        etag: String::new(),
        plan: "方案".to_owned(),
        evidence: "方案一".to_owned(),
        proposal: Some(Bench::proposal(&DEMAND)),
    };
    let _: AdoptPlanResponse = bench.wire.ok(&secretary, &adopt).await;
    let proved = |one: MeetingOne| {
        let (suggestion_id, evidence) = (planned.clone(), "登记".to_owned());
        RecordEvidenceRequest { request_id: new_id(), suggestion_id, etag: String::new(), one: one as i32, evidence }
    };
    let _: RecordEvidenceResponse = bench.wire.ok(&secretary, &proved(MeetingOne::Supervision)).await;
    table.rule(MEETING, "WRONG_STATE", &secretary, Ask::of(&resolve(&fresh)));
    table.rule(MEETING, "ONE_TWICE", &secretary, Ask::of(&proved(MeetingOne::Supervision)));
    table.field(MEETING, "ONE_HAS_ITS_VERB", &secretary, Ask::of(&proved(MeetingOne::Plan)), &["one"]);
}

fn of_notification(table: &mut Table<'_>) {
    let nothing = ListNoticesRequest { receipt_code: "x".to_owned(), ..ListNoticesRequest::default() };
    table.add("sanben.notification", "RECEIPT_UNKNOWN", Code::NotFound, &Wire::anonymous(), Ask::of(&nothing), &[]);
}

/// What only a broken, a slow or a large request is told.
async fn of_the_gate(bench: &Bench) -> Vec<(&'static str, Code, Vec<Refused>)> {
    let whole = |bytes: Bytes| move || Body::new(Full::new(bytes.clone()));
    let good = framed(&Ask::of(&submit()).message);
    let large = framed(&vec![0; 200 * 1024]);
    let unread = told(bench, SUBMIT, whole(framed(&[0xFF]))).await;
    let large = told(bench, SUBMIT, whole(large)).await;
    let unknown = told(bench, "/sanben.intake.v1.ReceiptService/Undo", whole(good)).await;
    vec![
        ("UNREADABLE_MESSAGE", Code::InvalidArgument, unread),
        ("MESSAGE_TOO_LARGE", Code::OutOfRange, large),
        ("UNKNOWN_METHOD", Code::Unimplemented, unknown),
        ("TOO_SLOW", Code::DeadlineExceeded, vec![slow(bench, ZH).await, slow(bench, EN).await]),
        ("BUSY", Code::ResourceExhausted, busy(bench).await),
    ]
}

/// What is told in both languages.
async fn told(bench: &Bench, path: &str, body: impl Fn() -> Body) -> Vec<Refused> {
    let mut told = Vec::new();
    for language in [ZH, EN] {
        let answer = bench.wire.send(&Wire::anonymous(), path, &[("accept-language", language)], body()).await;
        told.push(Refused::from(answer.err().unwrap_or_else(|| panic!("{path} was answered"))));
    }
    told
}

/// What a browser is told whose request does not come to its end in the time that it grants itself. Our own clients would give up
/// themselves at that moment.
async fn slow(bench: &Bench, language: &str) -> Refused {
    let address = bench.suite.address();
    let host = address.trim_start_matches("http://");
    let mut browser = TcpStream::connect(host).await.expect("the suite listens");
    let head = format!(
        "POST {SUBMIT} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\n\
         grpc-timeout: 20m\r\naccept-language: {language}\r\ncontent-length: 100\r\n\r\n"
    );
    browser.write_all(head.as_bytes()).await.expect("sent");
    let mut lines = BufReader::new(browser).lines();
    let mut headers = HeaderMap::new();
    while let Some(line) = lines.next_line().await.expect("an answer").filter(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(": ") {
            let name = HeaderName::try_from(name).expect("a header");
            headers.insert(name, HeaderValue::try_from(value).expect("a value"));
        }
    }
    Status::from_header_map(&headers).expect("a status in the headers").into()
}

/// What somebody is told while as many requests are under way as there may be: nobody can write, and everybody wants to.
async fn busy(bench: &Bench) -> Vec<Refused> {
    let mut crowd = tokio::task::JoinSet::new();
    let told = bench.stores.hold("intake", async || {
        for _ in 0..=REQUESTS_MAX / STREAMS {
            let wire = Wire::to(&bench.suite).await;
            for _ in 0..STREAMS {
                let (wire, receipt_code) = (wire.clone(), "x".to_owned());
                let ask = Ask::of(&WithdrawSubmissionRequest { request_id: new_id(), receipt_code, part: 0 });
                crowd.spawn(async move {
                    // Until it is told to stop.
                    loop {
                        wire.ask(&Wire::anonymous(), ZH, &ask).await.err();
                    }
                });
            }
        }
        let mut told = Vec::new();
        for language in [ZH, EN] {
            told.push(until_code(bench, language, Some(Code::ResourceExhausted)).await.expect("refused"));
        }
        crowd.shutdown().await;
        told
    });
    let told = told.await;
    assert_eq!(until_code(bench, ZH, None).await, None, "there is room again");
    told
}

/// Asks until it is refused with `code`, or answered.
async fn until_code(bench: &Bench, language: &str, code: Option<Code>) -> Option<Refused> {
    let ask = Ask::of(&ListUnitsRequest { page_size: 1, ..ListUnitsRequest::default() });
    let asking = async {
        loop {
            let refused = bench.wire.ask(&Wire::anonymous(), language, &ask).await.err();
            if refused.as_ref().map(|refused| refused.code) == code {
                return refused;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(BUSY_SECS_MAX), asking).await.expect("it becomes so")
}

/// What somebody is told when the store holds what cannot be read.
async fn defect(bench: &Bench) -> Vec<Refused> {
    let matter = bench.matter(&DEMAND, Stage::Received).await;
    bench.stores.settled().await;
    bench.stores.spoil("intake", "UPDATE submissions SET snapshot = 'not what was written'").await;
    let look = Ask::of(&GetReceiptRequest { receipt_code: matter.receipt_code });
    let mut told = Vec::new();
    for language in [ZH, EN] {
        told.push(bench.wire.refused(&Wire::anonymous(), language, &look).await);
    }
    told
}

/// What the reader of a stream is told when the process stops.
async fn stopping(bench: Bench) -> Vec<Refused> {
    let mut streams = Vec::new();
    for language in [ZH, EN] {
        let town = Town::at(&bench.suite.address(), issuer(), bench.suite.clock.clone(), language).expect("an address");
        let chief = town.officer("p-lianhu-chief", "lianhu", &[Role::Chief]);
        let mut stream = chief.notices.clone().watch_notices(WatchNoticesRequest::default()).await.expect("a stream").into_inner();
        stream.message().await.expect("open").expect("the first response");
        streams.push(stream);
    }
    let ended = tokio::spawn(bench.end());
    let mut told = Vec::new();
    for mut stream in streams {
        let status = loop {
            match stream.message().await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the stream ended without a word"),
                Err(status) => break status,
            }
        };
        told.push(Refused::from(status));
    }
    ended.await.expect("it ends");
    told
}

async fn every_reason_is_reached(engine: Engine) {
    let clock = Clock::fake(Clock::system().now());
    let bench = Bench::of(Suite::with_clock(engine, clock).await).await;
    let mut table = Table { bench: &bench, cases: Vec::new() };
    of_any(&mut table).await;
    of_intake(&mut table).await;
    of_ledger_before_the_reply(&mut table).await;
    of_ledger_after_the_reply(&mut table).await;
    roads::refusals(&mut table).await;
    joining::refusals(&mut table).await;
    appeals::refusals(&mut table).await;
    papers::refusals(&mut table).await;
    co_handling::refusals(&mut table).await;
    drives::refusals(&mut table, engine).await;
    problems::refusals(&mut table, engine).await;
    checklists::refusals(&mut table).await;
    rungs::refusals(&mut table).await;
    calendar::refusals(&mut table);
    clocks::refusals(&mut table).await;
    of_liaison(&mut table).await;
    of_meetings(&mut table).await;
    of_suggestions(&mut table).await;
    of_notification(&mut table);
    if engine == Engine::Sqlite {
        of_full_meetings(&mut table).await;
    }
    let mut reached = table.check().await;
    let mut later = Table { bench: &bench, cases: Vec::new() };
    of_later(&mut later).await;
    reached.extend(later.check().await);
    let mut drafted = Table { bench: &bench, cases: Vec::new() };
    rungs::later_refusals(&mut drafted).await;
    reached.extend(drafted.check().await);
    let mut told = of_the_gate(&bench).await;
    told.push(("INTERNAL", Code::Internal, defect(&bench).await));
    told.push(("UNAVAILABLE", Code::Unavailable, stopping(bench).await));
    for (reason, code, answers) in told {
        check_texts(reason, &answers[0], &answers[1], code, "sanben", reason, &[]);
        reached.insert(("sanben".to_owned(), reason.to_owned()));
    }
    let is_slow = |reason: &str| reason == "TOO_MANY_INVITED" || reason == "TOO_MANY_SUGGESTIONS";
    let expected: Reasons = reasons()
        .into_iter()
        .filter(|(domain, reason)| !UNREACHABLE.contains(&(domain, reason)))
        .filter(|(_, reason)| engine == Engine::Sqlite || !is_slow(reason))
        .collect();
    assert_eq!(reached, expected, "{engine:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reason_is_reached_on_sqlite_and_says_why() {
    every_reason_is_reached(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reason_is_reached_on_postgres_and_says_why() {
    every_reason_is_reached(Engine::Postgres).await;
}
