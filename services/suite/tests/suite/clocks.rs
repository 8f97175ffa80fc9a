//! What is due by when: clocks stand still and run again, explain themselves, and follow presets that are data.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_host::timestamp;
use sanben_proto::kinds::{LegalPath, PublicStep, Track};
use sanben_proto::ledger::*;

use crate::joining::receipt;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Stage, assign, new_id, report};
use crate::papers::{issue, notice};
use crate::refusals::{LEDGER, Table};
use crate::roads::{assign_urgently, case_of, told, urge};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, EN, Who, ZH};

const DAY: Duration = Duration::from_secs(24 * 3600);
const PAUSES_MAX: usize = 20;

pub fn pause(matter: &Matter) -> PauseCaseRequest {
    PauseCaseRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        ground: PauseGround::Expertise as i32,
        authority: "鉴定委托书〔2023〕1号".to_owned(),
        reason: "等待鉴定。".to_owned(),
    }
}

pub fn resume(matter: &Matter) -> ResumeCaseRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    ResumeCaseRequest { request_id, case_id, etag, reason: "鉴定已完成。".to_owned() }
}

pub fn contact(matter: &Matter) -> RecordContactRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    RecordContactRequest { request_id, case_id, etag, text: "已电话联系。".to_owned() }
}

fn explain(matter: &Matter, kind: ClockKind, what_if: Option<WhatIf>) -> ExplainDeadlineRequest {
    ExplainDeadlineRequest { case_id: matter.case_id.clone(), kind: kind as i32, subject: String::new(), what_if }
}

pub fn publish(presets: Presets) -> PublishPresetsRequest {
    let Presets { version, rules, hours, note, .. } = presets;
    PublishPresetsRequest { request_id: new_id(), expected_version: version, rules, hours, note }
}

pub fn at(text: &str) -> Ts {
    Ts::parse(text).expect("an instant")
}

pub async fn bench_at(engine: Engine, start: &str) -> Bench {
    Bench::of(Suite::with_clock(engine, Clock::fake(at(start))).await).await
}

pub fn clock_of(case: &Case, kind: ClockKind) -> sanben_proto::ledger::Clock {
    case.clocks.iter().find(|clock| clock.kind() == kind).unwrap_or_else(|| panic!("no {kind:?}: {:?}", case.clocks)).clone()
}

pub fn due_of(case: &Case, kind: ClockKind) -> String {
    clock_of(case, kind).due.expect("a day").date
}

impl Bench {
    pub fn wait_days(&self, days: u32) {
        self.suite.clock.advance(DAY * days).expect("a fake clock");
    }

    pub async fn explained(&self, who: &Who, request: &ExplainDeadlineRequest) -> DeadlineExplanation {
        let found: ExplainDeadlineResponse = self.wire.ok(who, request).await;
        found.explanation.expect("an explanation")
    }

    pub async fn presets(&self, who: &Who, version: i32) -> Presets {
        let found: GetPresetsResponse = self.wire.ok(who, &GetPresetsRequest { version }).await;
        found.presets.expect("presets")
    }
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (chief, handler, desk) = (bench.chief("lianhu"), bench.handler("lianhu"), bench.desk());
    let admin = bench.officer("city", "admin", &[Role::Administrator]);
    let running = bench.matter(&DEMAND, Stage::Undertaken).await;
    let paused = bench.matter(&COMPLAINT, Stage::Undertaken).await;
    let _: PauseCaseResponse = bench.wire.ok(&chief, &pause(&paused)).await;
    let spoken = bench.matter(&DEMAND, Stage::Proposed).await;
    let _: RecordContactResponse = bench.wire.ok(&desk, &contact(&spoken)).await;
    let often = bench.matter(&DEMAND, Stage::Undertaken).await;
    for _ in 0..PAUSES_MAX {
        let _: PauseCaseResponse = bench.wire.ok(&chief, &pause(&often)).await;
        let _: ResumeCaseResponse = bench.wire.ok(&handler, &resume(&often)).await;
    }
    table.rule(LEDGER, "CLOCK_PAUSED", &chief, Ask::of(&pause(&paused)));
    table.rule(LEDGER, "CLOCK_PAUSED", &handler, Ask::of(&report(&paused)));
    table.rule(LEDGER, "CLOCK_NOT_PAUSED", &handler, Ask::of(&resume(&running)));
    table.rule(LEDGER, "NOT_THE_HANDLER", &bench.officer("lianhu", "other", &[Role::Handler]), Ask::of(&resume(&paused)));
    table.rule(LEDGER, "CONTACTED_ALREADY", &desk, Ask::of(&contact(&spoken)));
    table.rule(LEDGER, "TOO_MANY_PAUSES", &chief, Ask::of(&pause(&often)));
    table.field(LEDGER, "CLOCK_UNKNOWN", &chief, Ask::of(&explain(&running, ClockKind::Signature, None)), &["kind"]);
    let presets = bench.presets(&admin, 0).await;
    let stale = PublishPresetsRequest { expected_version: 7, ..publish(presets.clone()) };
    table.aborted(LEDGER, "PRESETS_CHANGED", &admin, Ask::of(&stale));
    let mut unlawful = publish(presets.clone());
    (unlawful.rules[0].amount, unlawful.rules[5].measure) = (61, Measure::Workdays as i32);
    let fields = ["rules[0].amount", "rules[5].measure"];
    table.field(LEDGER, "PRESETS_AGAINST_LAW", &admin, Ask::of(&unlawful), &fields);
    let mut wrong = |request: PublishPresetsRequest, fields: &[&str]| {
        table.field("sanben", "INVALID_FIELDS", &admin, Ask::of(&request), fields);
    };
    let mut twice = publish(presets.clone());
    twice.rules[1] = twice.rules[0].clone();
    wrong(twice, &["rules[1].kind"]);
    let mut overlapping = publish(presets.clone());
    overlapping.hours[1].from_minute = 700;
    wrong(overlapping, &["hours[1]"]);
    wrong(PublishPresetsRequest { note: " ".to_owned(), ..publish(presets) }, &["note"]);
    let mut blank = |who: &Who, ask: Ask, field: &str| table.field("sanben", "INVALID_FIELDS", who, ask, &[field]);
    blank(&chief, Ask::of(&PauseCaseRequest { authority: " ".to_owned(), ..pause(&running) }), "authority");
    blank(&desk, Ask::of(&RecordContactRequest { text: " ".to_owned(), ..contact(&running) }), "text");
    blank(&chief, Ask::of(&ExplainDeadlineRequest::default()), "case_id");
    let track = WhatIf { track: Track::Petition as i32, ..WhatIf::default() };
    let nothing = ExplainDeadlineRequest { what_if: Some(track), ..ExplainDeadlineRequest::default() };
    blank(&chief, Ask::of(&nothing), "what_if.start_time");
    let now = Some(timestamp(bench.suite.clock.now()));
    let backwards = WhatIf { pauses: vec![WhatIfPause { start_time: now, end_time: now }], ..WhatIf::default() };
    blank(&chief, Ask::of(&explain(&running, ClockKind::Finish, Some(backwards))), "what_if.pauses[0].end_time");
    let _: UrgeCaseResponse = bench.wire.ok(&chief, &urge(&running, "lianhu")).await;
    let of_urging =
        |what_if| ExplainDeadlineRequest { subject: "1".to_owned(), ..explain(&running, ClockKind::UrgingAnswer, Some(what_if)) };
    blank(&chief, Ask::of(&of_urging(WhatIf { more: 5, ..WhatIf::default() })), "what_if.more");
    blank(&chief, Ask::of(&of_urging(WhatIf { start_time: now, ..WhatIf::default() })), "what_if.start_time");
}

/// 2023-01-09 is a Monday; the Spring Festival is from 2023-01-21 to 27.
#[tokio::test(flavor = "multi_thread")]
async fn several_clocks_run_in_a_case_and_each_stops_by_what_it_measures() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-01-09T10:00:00+08:00").await;
        let mut matter = bench.matter(&DEMAND, Stage::Registered).await;
        let case = case_of(&bench, &matter).await;
        assert_eq!(due_of(&case, ClockKind::FirstContact), "2023-01-10");
        assert_eq!(due_of(&case, ClockKind::PathNotice), "2023-01-28", "fifteen days, and the next workday");
        assert_eq!(due_of(&case, ClockKind::Finish), "2023-03-10");
        bench.wait_days(1);
        assert_eq!(clock_of(&case_of(&bench, &matter).await, ClockKind::FirstContact).colour(), Colour::Yellow);
        bench.wait_days(1);
        assert_eq!(clock_of(&case_of(&bench, &matter).await, ClockKind::FirstContact).colour(), Colour::Red);
        let (chief, desk) = (bench.chief("lianhu"), bench.desk());
        let _: RecordContactResponse = bench.wire.ok(&desk, &contact(&matter)).await;
        let stopped = clock_of(&case_of(&bench, &matter).await, ClockKind::FirstContact);
        assert_eq!((stopped.state(), stopped.colour()), (ClockState::Stopped, Colour::Red), "{engine:?}: late stays late");
        let assisted = assign(&matter, "", &["jiaojing"]);
        let _: AssignCaseResponse = bench.wire.ok(&chief, &assisted).await;
        let case = case_of(&bench, &matter).await;
        let assistance = clock_of(&case, ClockKind::Assistance);
        assert_eq!((assistance.subject.as_str(), due_of(&case, ClockKind::Assistance).as_str()), ("jiaojing", "2023-01-30"));
        assert_eq!(due_of(&case, ClockKind::Objection), "2023-01-18");
        bench.advance(&mut matter, Stage::Assigned, Stage::Undertaken).await;
        let told = issue(&matter, "", notice(LegalPath::Petition));
        let _: IssuePaperResponse = bench.wire.ok(&chief, &told).await;
        let case = case_of(&bench, &matter).await;
        assert_eq!(clock_of(&case, ClockKind::PathNotice).state(), ClockState::Stopped);
        assert_eq!(
            due_of(&case, ClockKind::Finish),
            "2023-03-13",
            "{engine:?}: sixty days from when the person was told, a Sunday"
        );
        assert_eq!(case.due.as_ref().expect("a day").date, "2023-03-13");
        let duties = case.clocks.iter().filter(|clock| clock.duty).count();
        assert_eq!((duties, case.clocks.len()), (4, 5), "{engine:?}: {:?}", case.clocks);
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        let case = case_of(&bench, &matter).await;
        let running: Vec<_> = case.clocks.iter().filter(|clock| clock.state() == ClockState::Running).collect();
        assert!(matches!(running[..], [one] if one.kind() == ClockKind::Verdict), "{engine:?}: {running:?}");
        let urgent = crate::matter::Spec { track: Track::Urgent, ..DEMAND };
        let urgent = bench.matter(&urgent, Stage::Proposed).await;
        let duty = bench.officer("lianhu", "duty", &[Role::DutyOfficer]);
        let _: AssignCaseUrgentlyResponse = bench.wire.ok(&duty, &assign_urgently(&urgent)).await;
        assert_eq!(due_of(&case_of(&bench, &urgent).await, ClockKind::Signature), "2023-01-12");
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_waited_for_is_told_and_the_clock_goes_on_where_it_stood() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-02-06T10:00:00+08:00").await;
        let mut matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        let before = due_of(&case_of(&bench, &matter).await, ClockKind::Finish);
        assert_eq!(before, "2023-04-07");
        bench.wait_days(10);
        let (chief, request) = (bench.chief("lianhu"), pause(&matter));
        let first: PauseCaseResponse = bench.wire.ok(&chief, &request).await;
        let again: PauseCaseResponse = bench.wire.ok(&chief, &request).await;
        assert_eq!(first, again, "{engine:?}: asked twice, stopped once");
        bench.wait_days(5);
        let handler = bench.handler("lianhu");
        let case = case_of(&bench, &matter).await;
        let standing = clock_of(&case, ClockKind::Finish);
        assert_eq!((standing.state(), due_of(&case, ClockKind::Finish).as_str()), (ClockState::Paused, "2023-04-12"));
        assert!(!case.open_verbs().any(|verb| verb == CaseVerb::ReportBack), "{engine:?}: it waits");
        let _: ResumeCaseResponse = bench.wire.ok(&handler, &resume(&matter)).await;
        bench.stores.settled().await;
        assert_eq!(due_of(&case_of(&bench, &matter).await, ClockKind::Finish), "2023-04-12", "{engine:?}: five days later");
        let steps: Vec<PublicStep> = receipt(&bench, &matter).await.steps.iter().map(|step| step.step()).collect();
        assert!(steps.ends_with(&[PublicStep::Paused, PublicStep::Resumed]), "{engine:?}: the person sees it: {steps:?}");
        let keys = told(&bench, &handler, &matter).await;
        assert!(["result-paused", "result-resumed"].iter().all(|key| keys.iter().any(|one| one == key)), "{keys:?}");
        let documents = ListCaseDocumentsRequest { case_id: matter.case_id.clone(), ..ListCaseDocumentsRequest::default() };
        let documents: ListCaseDocumentsResponse = bench.wire.ok(&handler, &documents).await;
        let kinds: Vec<DocumentKind> = documents.documents.iter().map(Document::kind).collect();
        assert!(kinds.ends_with(&[DocumentKind::Pause, DocumentKind::Resumption]), "{kinds:?}");
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_explains_itself_and_what_would_be() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-01-19T10:00:00+08:00").await;
        let (chief, handler) = (bench.chief("lianhu"), bench.handler("lianhu"));
        let matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        let objection = bench.explained(&handler, &explain(&matter, ClockKind::Objection, None)).await;
        let counted: i32 = objection.stretches.iter().map(|one| one.counted_days).sum();
        assert_eq!((objection.budget, counted, objection.measure()), (5, 5, Measure::Workdays));
        let holiday = objection.stretches.iter().find(|one| one.reason() == DayReason::Holiday).expect("the Spring Festival");
        assert_eq!((holiday.first_date.as_str(), holiday.last_date.as_str()), ("2023-01-21", "2023-01-27"));
        assert_eq!((holiday.festival.as_str(), holiday.notice.as_str()), ("春节", "国办发明电〔2022〕16号"));
        assert_eq!(objection.stretches.last().expect("days").last_date, "2023-01-31");
        assert_eq!(objection.clock.as_ref().and_then(|clock| clock.due.as_ref()).expect("a day").date, "2023-01-31");
        assert_eq!(
            objection.sentences,
            [
                "异议期：5 个工作日（《信访工作条例》第二十三条），自 2023-01-19 起算，当日不计。",
                "2023-01-21 至 2023-01-27 为春节假期（国办发明电〔2022〕16号），不计。",
                "到期日为 2023-01-31，当日仍不算逾期。",
                "依据期限预设第 1 版；未对照《公安机关信访工作规定》（公通字〔2023〕9号）核对。",
            ]
        );
        let text = bench.wire.ask(&handler, EN, &Ask::of(&explain(&matter, ClockKind::Objection, None))).await.expect("an answer");
        let english: ExplainDeadlineResponse = prost::Message::decode(text).expect("the answer of the method");
        assert!(english.explanation.expect("one").sentences[2].contains("Due on 2023-01-31"));

        let before = bench.stores.settled().await;
        let span =
            |from: &str, until: &str| WhatIfPause { start_time: Some(timestamp(at(from))), end_time: Some(timestamp(at(until))) };
        let supposed =
            WhatIf { more: 30, pauses: vec![span("2023-02-01T10:00:00+08:00", "2023-02-11T10:00:00+08:00")], ..WhatIf::default() };
        let what_if = bench.explained(&chief, &explain(&matter, ClockKind::Finish, Some(supposed))).await;
        let counted: i32 = what_if.stretches.iter().map(|one| one.counted_days).sum();
        assert_eq!((what_if.budget, counted), (60, 90), "{engine:?}: what counts adds up");
        assert_eq!(what_if.clock.as_ref().and_then(|clock| clock.due.as_ref()).expect("a day").date, "2023-05-04");
        assert!(what_if.sentences[0].contains("假设") && what_if.pauses.len() == 1 && what_if.extensions[0].amount == 30);
        let other = WhatIf { track: Track::Suggestion as i32, ..WhatIf::default() };
        let other = bench.explained(&chief, &explain(&matter, ClockKind::Finish, Some(other))).await;
        assert_eq!((other.budget, other.measure()), (15, Measure::Workdays));
        let unborn = WhatIf {
            track: Track::Petition as i32,
            start_time: Some(timestamp(at("2023-01-09T10:00:00+08:00"))),
            ..WhatIf::default()
        };
        let unborn = ExplainDeadlineRequest { what_if: Some(unborn), ..ExplainDeadlineRequest::default() };
        let unborn = bench.explained(&chief, &unborn).await;
        assert_eq!(unborn.clock.and_then(|clock| clock.due).expect("a day").date, "2023-03-10");
        let far = WhatIf { start_time: Some(timestamp(at("2026-12-01T10:00:00+08:00"))), ..WhatIf::default() };
        let far = bench.explained(&chief, &explain(&matter, ClockKind::Finish, Some(far))).await;
        assert!(far.clock.and_then(|clock| clock.due).expect("a day").provisional);
        assert!(far.sentences.iter().any(|one| one.contains("2027 年的放假安排尚未公布")), "{:?}", far.sentences);
        assert_eq!(bench.stores.counts().await, before, "{engine:?}: asking changes nothing");
        let outsider = bench.chief("beilin");
        let hidden = bench.wire.refused(&outsider, ZH, &Ask::of(&explain(&matter, ClockKind::Finish, None))).await;
        assert_eq!(hidden.why().reason, "NOT_FOUND", "{engine:?}");
        bench.end().await;
    }
}

/// A case keeps the version that was newest when it was opened, after a restart and whatever it is moved to.
#[tokio::test(flavor = "multi_thread")]
async fn presets_are_data_in_versions() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-02-06T10:00:00+08:00").await;
        let admin = bench.officer("city", "admin", &[Role::Administrator]);
        let old = bench.matter(&DEMAND, Stage::Registered).await;
        let mut presets = bench.presets(&bench.handler("lianhu"), 0).await;
        assert!(presets.version == 1 && presets.publish_time.is_none() && presets.note.contains("未对照"));
        presets.rules[0].amount = 45;
        presets.rules[6].measure = Measure::WorkHours as i32;
        presets.rules[6].amount = 4;
        let request = publish(presets);
        let first: PublishPresetsResponse = bench.wire.ok(&admin, &request).await;
        let again: PublishPresetsResponse = bench.wire.ok(&admin, &request).await;
        assert_eq!(first, again, "{engine:?}");
        let published = first.presets.expect("presets");
        assert!(published.version == 2 && published.publish_time.is_some());
        assert_eq!(bench.presets(&admin, 0).await, published);
        assert_eq!(bench.presets(&admin, 1).await.rules[0].amount, 60);
        let new = bench.matter(&DEMAND, Stage::Registered).await;
        let case = case_of(&bench, &new).await;
        assert_eq!(due_of(&case, ClockKind::Finish), "2023-03-23", "{engine:?}: forty-five days");
        let contact = clock_of(&case, ClockKind::FirstContact).due_time.expect("an instant");
        assert_eq!(contact, timestamp(at("2023-02-06T15:00:00+08:00")), "{engine:?}: four work hours, the noon left out");
        assert_eq!(due_of(&case_of(&bench, &old).await, ClockKind::Finish), "2023-04-07", "{engine:?}: as it was opened");
        let stranger = bench.wire.refused(&bench.chief("lianhu"), ZH, &Ask::of(&request)).await;
        assert_eq!(stranger.why().reason, "NOT_PERMITTED");
        bench.end().await;
    }
}
