//! What users of other systems in this field suffer from, and what happens here instead. One test for each, named after it; each is a
//! table that an officer can read.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::{
    DetachReceiptResponse, GetReceiptRequest, GetReceiptResponse, ReopenCaseRequest, ReopenCaseResponse, SubmissionState,
};
use sanben_proto::kinds::{Book, PublicStep, Track, Verdict};
use sanben_proto::ledger::*;

use crate::clocks::{at, bench_at, clock_of, due_of, pause, resume};
use crate::joining::{detach_by_person, judge, receipt};
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id, review, verdict};
use crate::papers::extend;
use crate::roads::{case_of, refused, told, visit};
use crate::rungs::{QUESTION, sign};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, Wire, ZH};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Wherever the case is by then, the person has it taken up again, and whoever must go on with it is told; nothing of before is erased.
#[tokio::test(flavor = "multi_thread")]
async fn closed_was_not_fixed_and_reopening_reached_nobody() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        for closed in [Stage::Replied, Stage::Settled, Stage::StruckOff, Stage::Archived] {
            let matter = bench.matter(&DEMAND, closed).await;
            let before = case_of(&bench, &matter).await;
            let (receipt_code, reason) = (matter.receipt_code.clone(), "没有修好。".to_owned());
            let request = ReopenCaseRequest { request_id: new_id(), receipt_code: receipt_code.clone(), reason, part: 0 };
            let _: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
            bench.stores.settled().await;
            let after = case_of(&bench, &matter).await;
            assert_eq!((after.state(), after.round, after.door()), (CaseState::Undertaken, 2, Door::Unspecified), "{closed:?}");
            assert_eq!((&after.number, after.book), (&before.number, before.book), "{closed:?}: in the same book");
            assert_eq!(after.earlier_rounds.len(), 1, "{closed:?}: nothing is erased");
            for (who, key) in [(bench.handler("lianhu"), "duty-reopened"), (bench.chief("lianhu"), "result-reopened")] {
                let told = told(&bench, &who, &matter).await;
                assert!(told.iter().any(|one| one == key), "{closed:?}: {} is told {key}: {told:?}", who.name);
            }
            let found: GetReceiptResponse = bench.wire.ok(&Wire::anonymous(), &GetReceiptRequest { receipt_code }).await;
            let steps = found.receipt.expect("a receipt").steps;
            assert_eq!(steps.last().map(|step| step.step()), Some(PublicStep::Reopened), "{closed:?}: and so is the person");
        }
        bench.end().await;
    }
}

/// Linked, not merged: each keeps its receipt, its verdict and the right to leave; whatever happens to the case happens to all of them.
#[tokio::test(flavor = "multi_thread")]
async fn duplicates_moved_against_their_will_and_children_left_open() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut first = bench.matter(&DEMAND, Stage::Proposed).await;
        let (content, angry, leaving) =
            (bench.joined_to(&first).await, bench.joined_to(&first).await, bench.joined_to(&first).await);
        let mut codes: Vec<&String> = [&first, &content, &angry, &leaving].iter().map(|one| &one.receipt_code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 4, "each keeps its own receipt");
        for (from, to, step) in [
            (Stage::Proposed, Stage::Registered, PublicStep::Registered),
            (Stage::Registered, Stage::Assigned, PublicStep::Assigned),
            (Stage::Assigned, Stage::Undertaken, PublicStep::Undertaken),
            (Stage::Undertaken, Stage::Replied, PublicStep::Replied),
        ] {
            bench.advance(&mut first, from, to).await;
            bench.stores.settled().await;
            for one in [&first, &content, &angry, &leaving] {
                let last = receipt(&bench, one).await.steps.last().map(|step| step.step());
                assert_eq!(last, Some(step), "{engine:?}: what happens to one happens to all");
            }
        }
        for (one, said) in [(&first, Verdict::Satisfied), (&angry, Verdict::Dissatisfied)] {
            judge(&bench, one, said).await;
        }
        let own = [(&first, Verdict::Satisfied), (&content, Verdict::Unspecified), (&angry, Verdict::Dissatisfied)];
        for (one, said) in own {
            assert_eq!(receipt(&bench, one).await.verdict(), said, "{engine:?}: each verdict is one's own");
        }
        bench.advance(&mut first, Stage::Settled, Stage::Examined).await;
        let (request_id, case_id, etag) = (new_id(), first.case_id.clone(), String::new());
        let strike_off = Ask::of(&StrikeOffCaseRequest { request_id, case_id, etag });
        bench.check(&refused("one who is dissatisfied shuts the door", &bench.chief("lianhu"), strike_off, "NOT_CONFIRMED")).await;

        let left: DetachReceiptResponse = bench.wire.ok(&Wire::anonymous(), &detach_by_person(&leaving)).await;
        let left = left.receipt.expect("a receipt");
        assert_eq!((left.state(), left.joined, left.case_number.as_str()), (SubmissionState::Received, false, ""));
        let _: DetachReceiptResponse = bench.wire.ok(&Wire::anonymous(), &detach_by_person(&angry)).await;
        bench.stores.settled().await;
        let (request_id, case_id, etag) = (new_id(), first.case_id.clone(), String::new());
        let strike_off = Ask::of(&StrikeOffCaseRequest { request_id, case_id, etag });
        bench.check(&refused("one who has not spoken yet", &bench.chief("lianhu"), strike_off, "PERSON_NOT_HEARD")).await;
        judge(&bench, &content, Verdict::DeclinedToSay).await;
        bench.advance(&mut first, Stage::Examined, Stage::Archived).await;
        bench.stores.settled().await;
        let ends = [(&first, PublicStep::Archived), (&content, PublicStep::Archived), (&leaving, PublicStep::Detached)];
        for (one, step) in ends {
            let last = receipt(&bench, one).await.steps.last().map(|step| step.step());
            assert_eq!(last, Some(step), "{engine:?}: nobody who stayed is left open, and who left is not closed with them");
        }
        // Who left goes their own way, in a case of their own.
        let mut angry = Matter { case_id: String::new(), ..angry };
        bench.advance(&mut angry, Stage::Received, Stage::Replied).await;
        assert_ne!(angry.case_id, first.case_id);
        bench.end().await;
    }
}

/// Nothing is said to be late that was answered, nothing twice because several say the same, nothing in the night; and what waits for a signature
/// lapses with what it was about.
#[tokio::test(flavor = "multi_thread")]
async fn escalations_that_lie() {
    for engine in BOTH {
        // The Thursday before the Spring Festival of 2026, which is from Sunday, 15 February, to Monday, 23 February.
        let bench = bench_at(engine, "2026-02-12T10:00:00+08:00").await;
        let mut answered = bench.handled(&QUESTION).await;
        let joined = bench.handled(&QUESTION).await;
        bench.joined_to(&joined).await;
        bench.advance(&mut answered, Stage::Undertaken, Stage::Replied).await;
        // Its offices never close, so that it shows that everybody was looked at.
        let canary = bench.canary().await;
        // 13, 14 (worked), 24, 25, 26 February: the fourth of five days has begun at midnight.
        for (day, drafts) in [("2026-02-25", 1), ("2026-02-27", 2)] {
            bench.goes_to(&format!("{day}T00:00:00+08:00"));
            bench.drafted(&canary, drafts).await;
            assert_eq!(case_of(&bench, &joined).await.drafts.len(), drafts - 1, "{engine:?}: in the night to {day}");
            bench.goes_to(&format!("{day}T09:00:00+08:00"));
            bench.drafted(&joined, drafts).await;
            bench.joined_to(&joined).await;
        }
        let overdue = case_of(&bench, &joined).await;
        assert_eq!(overdue.drafts[1].kind(), DraftKind::Order, "{engine:?}");
        let due: Vec<&str> = ["2026-02-25T01:00:00.000000Z", "2026-02-27T01:00:00.000000Z"].to_vec();
        assert_eq!(bench.rungs(&joined).await, due, "{engine:?}: each once, in the morning, whoever was joined to it");
        assert!(bench.rungs(&answered).await.is_empty(), "{engine:?}: it was answered");
        let mut joined = joined;
        bench.advance(&mut joined, Stage::Undertaken, Stage::Replied).await;
        let states: Vec<DraftState> = case_of(&bench, &joined).await.drafts.iter().map(|draft| draft.state()).collect();
        assert_eq!(states, [DraftState::Lapsed, DraftState::Lapsed], "{engine:?}");
        let late = bench.wire.refused(&bench.chief("city"), ZH, &Ask::of(&sign(&joined, 2, "2026-03-09"))).await;
        assert_eq!(late.why().reason, "DRAFT_CLOSED", "{engine:?}: nobody signs it by mistake");
        bench.end().await;
    }
}

/// Whoever handled a case closes nothing of it alone.
#[tokio::test(flavor = "multi_thread")]
async fn no_second_person_before_closing() {
    let bench = Bench::on(Engine::Sqlite).await;
    let reported = bench.matter(&DEMAND, Stage::Reported).await;
    let reviewed = bench.matter(&DEMAND, Stage::HandlerReviewed).await;
    let replied = bench.matter(&DEMAND, Stage::Replied).await;
    let examined = bench.matter(&DEMAND, Stage::Examined).await;
    let judged = bench.matter(&DEMAND, Stage::Replied).await;
    let _: sanben_proto::intake::GiveVerdictResponse =
        bench.wire.ok(&Wire::anonymous(), &verdict(&judged, 1, Verdict::Dissatisfied)).await;
    let target = |matter: &Matter| (new_id(), matter.case_id.clone(), String::new());
    let strike_off = |matter: &Matter| {
        let (request_id, case_id, etag) = target(matter);
        Ask::of(&StrikeOffCaseRequest { request_id, case_id, etag })
    };
    let examine = {
        let (request_id, case_id, etag) = target(&replied);
        Ask::of(&ExamineAccountabilityRequest { request_id, case_id, etag, finding: "无".to_owned(), persons: Vec::new() })
    };
    let exception = {
        let (request_id, case_id, etag) = target(&judged);
        Ask::of(&StrikeOffCaseByExceptionRequest {
            request_id, case_id, etag, reason: "已穷尽措施".to_owned(), superior: None
        })
    };
    // The handler with whatever other roles, the first reviewer with another one, the own chief.
    let handler_as = |role| bench.officer("lianhu", "handler", &[role]);
    let first_reviewer = bench.officer("lianhu", "handler-2", &[Role::Office]);
    let chief = bench.chief("lianhu");
    let undertaken = bench.matter(&DEMAND, Stage::Assigned).await;
    let undertake = {
        let (request_id, case_id, etag) = target(&undertaken);
        Ask::of(&UndertakeCaseRequest { request_id, case_id, etag })
    };
    let table = [
        ("who signed takes it on", bench.officer("lianhu", "chief", &[Role::Handler]), undertake, "SIGNER_IS_HANDLER"),
        ("the handler makes the second review", handler_as(Role::Office), Ask::of(&review(&reviewed, true)), "REVIEWER_TWICE"),
        ("the first reviewer makes the second", first_reviewer, Ask::of(&review(&reviewed, true)), "REVIEWER_TWICE"),
        (
            "the office comes before the handler's review",
            bench.office("lianhu"),
            Ask::of(&review(&reported, true)),
            "WRONG_REVIEW_ROLE",
        ),
        ("the handler examines themselves", handler_as(Role::Office), examine, "EXAMINER_IS_HANDLER"),
        ("the handler strikes off", handler_as(Role::Chief), strike_off(&examined), "NOT_THE_CHIEF"),
        ("the chief before the person has confirmed", chief.clone(), strike_off(&judged), "NOT_CONFIRMED"),
        ("the own chief by exception", chief, exception, "NOT_ONE_LEVEL_UP"),
    ];
    for (name, who, ask, reason) in table {
        bench.check(&refused(name, &who, ask, reason)).await;
    }
    bench.end().await;
}

/// What the person thinks is said by them, or heard by somebody who had nothing to do with it; who was not reached is never content.
#[tokio::test(flavor = "multi_thread")]
async fn handlers_rate_themselves_and_silence_is_satisfaction() {
    let clock = Clock::fake(Clock::system().now());
    let bench = Bench::of(Suite::with_clock(Engine::Sqlite, clock).await).await;
    let liaison = |post: &str| bench.officer("lianhu", post, &[Role::LiaisonOfficer]);
    let matter = bench.matter(&DEMAND, Stage::Replied).await;
    let involved = [
        ("the handler", liaison("handler")),
        ("the first reviewer", liaison("handler-2")),
        ("the office that reviewed", bench.office("lianhu")),
        ("the leader who reviewed", liaison("leader")),
        ("the chief who signed", liaison("chief")),
    ];
    for (name, who) in involved {
        bench.check(&refused(name, &who, Ask::of(&visit(&matter, Verdict::Satisfied)), "VISITOR_INVOLVED")).await;
    }
    let visitor = liaison("visitor");
    let heard: RecordReturnVisitResponse = bench.wire.ok(&visitor, &visit(&matter, Verdict::BasicallySatisfied)).await;
    let case = heard.case.expect("a case");
    assert_eq!((case.state(), case.verdict()), (CaseState::Settled, Verdict::BasicallySatisfied));

    let away = bench.matter(&DEMAND, Stage::Replied).await;
    for (attempt, expected) in [(1, Verdict::Unspecified), (2, Verdict::Unspecified), (3, Verdict::Unreachable)] {
        // A token of that day.
        let visitor = liaison("visitor");
        let tried: RecordReturnVisitResponse = bench.wire.ok(&visitor, &visit(&away, Verdict::Unreachable)).await;
        let case = tried.case.expect("a case");
        assert_eq!((case.visit_attempts, case.verdict(), case.state()), (attempt, expected, CaseState::Replied));
        bench.suite.clock.advance(DAY).expect("a fake clock");
    }
    let silent = bench.matter(&DEMAND, Stage::Replied).await;
    assert_eq!(case_of(&bench, &silent).await.verdict(), Verdict::Unspecified);
    bench.suite.clock.advance(30 * DAY).expect("a fake clock");
    let case = case_of(&bench, &silent).await;
    assert_eq!((case.verdict(), case.state()), (Verdict::Unreachable, CaseState::Replied), "never as satisfied");
    bench.end().await;
}

/// Starts around holidays and worked weekends; what is due, and when: workdays and calendar days, each by the State Council's notices.
#[tokio::test(flavor = "multi_thread")]
async fn weekends_holidays_and_worked_weekends() {
    let track = |track: Track| Spec { track, ..DEMAND };
    let (petition, consultation, suggestion) = (track(Track::Petition), track(Track::Consultation), track(Track::Suggestion));
    // First contact, one workday; consultation, five; suggestion, fifteen; telling the path, fifteen days; a petition, sixty.
    let table = [
        ("2023-01-06", ["2023-01-09", "2023-01-13", "2023-02-01", "2023-01-28", "2023-03-07"]),
        ("2023-01-19", ["2023-01-20", "2023-01-31", "2023-02-14", "2023-02-03", "2023-03-20"]),
        ("2023-01-20", ["2023-01-28", "2023-02-01", "2023-02-15", "2023-02-06", "2023-03-21"]),
        ("2023-04-28", ["2023-05-04", "2023-05-09", "2023-05-23", "2023-05-15", "2023-06-27"]),
        ("2023-09-27", ["2023-09-28", "2023-10-10", "2023-10-24", "2023-10-12", "2023-11-27"]),
        ("2024-02-08", ["2024-02-09", "2024-02-21", "2024-03-06", "2024-02-23", "2024-04-08"]),
        ("2025-01-27", ["2025-02-05", "2025-02-10", "2025-02-24", "2025-02-11", "2025-03-28"]),
    ];
    let bench = bench_at(Engine::Sqlite, "2023-01-01T10:00:00+08:00").await;
    for (start, expected) in table {
        bench.suite.clock.set(at(&format!("{start}T10:00:00+08:00"))).expect("a fake clock");
        let mut due = Vec::new();
        for (spec, kind) in [
            (&petition, ClockKind::FirstContact),
            (&consultation, ClockKind::Finish),
            (&suggestion, ClockKind::Finish),
            (&petition, ClockKind::PathNotice),
            (&petition, ClockKind::Finish),
        ] {
            let matter = bench.matter(spec, Stage::Proposed).await;
            due.push(due_of(&case_of(&bench, &matter).await, kind));
        }
        assert_eq!(due, expected, "from {start}");
    }
    bench.end().await;
}

/// While something is waited for, the clock stands still; whatever else happens, what was used before is used, and no more.
#[tokio::test(flavor = "multi_thread")]
async fn clocks_that_do_not_stop_while_waiting_or_forget_what_was_used() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-02-06T10:00:00+08:00").await;
        let mut matter = bench.matter(&COMPLAINT, Stage::Assigned).await;
        let stands = async |days: u32, colour: Colour, used: i32, due: &str, why: &str| {
            bench.wait_days(days);
            let clock = clock_of(&case_of(&bench, &matter).await, ClockKind::Finish);
            let seen = (clock.colour(), clock.used_percent, clock.due.expect("a day").date);
            assert_eq!(seen, (colour, used, due.to_owned()), "{engine:?}: {why}");
        };
        stands(0, Colour::Green, 0, "2023-04-07", "sixty days").await;
        bench.advance(&mut matter.clone(), Stage::Assigned, Stage::Undertaken).await;
        stands(30, Colour::Green, 50, "2023-04-07", "half is used").await;
        let _: PauseCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &pause(&matter)).await;
        stands(40, Colour::Green, 50, "2023-05-17", "forty days of waiting use nothing").await;
        let _: ResumeCaseResponse = bench.wire.ok(&bench.handler("lianhu"), &resume(&matter)).await;
        let reclassified = ReclassifyCaseRequest {
            request_id: new_id(),
            case_id: matter.case_id.clone(),
            etag: String::new(),
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            reason: "实为利益诉求。".to_owned(),
        };
        stands(0, Colour::Green, 50, "2023-05-17", "it goes on where it stood").await;
        let _: ReclassifyCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &reclassified).await;
        let joined = bench.joined_to(&matter).await;
        assert!(!joined.submission_id.is_empty());
        stands(0, Colour::Green, 50, "2023-05-17", "neither another book nor another submission begins it anew").await;
        stands(12, Colour::Yellow, 70, "2023-05-17", "seventy per cent").await;
        stands(19, Colour::Red, 100, "2023-05-17", "and over").await;
        let late = bench.wire.refused(&bench.chief("lianhu"), ZH, &Ask::of(&pause(&matter))).await;
        assert_eq!(late.why().reason, "PAUSE_TOO_LATE", "{engine:?}: what is over is not stopped afterwards");
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        let stopped = clock_of(&case_of(&bench, &matter).await, ClockKind::Finish);
        assert_eq!((stopped.state(), stopped.colour()), (ClockState::Stopped, Colour::Red), "{engine:?}: late stays late");
        bench.end().await;
    }
}

/// More time that was lawfully given counts, everywhere alike; and the date says how it came about, down to each day and each signature.
#[tokio::test(flavor = "multi_thread")]
async fn a_lawful_extension_shown_as_overdue_and_nobody_can_say_how_a_date_came_about() {
    for engine in BOTH {
        let bench = bench_at(engine, "2023-02-06T10:00:00+08:00").await;
        let (given, not_given) = (bench.matter(&DEMAND, Stage::Undertaken).await, bench.matter(&DEMAND, Stage::Undertaken).await);
        bench.wait_days(50);
        let extended: ExtendCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &extend(&given)).await;
        let number = extended.paper.expect("a notice").number;
        bench.wait_days(11);
        let of = async |matter: &Matter| clock_of(&case_of(&bench, matter).await, ClockKind::Finish);
        assert_eq!(of(&not_given).await.colour(), Colour::Red, "{engine:?}: the sixty-first day");
        let clock = of(&given).await;
        assert_eq!((clock.colour(), clock.due.expect("a day").date.as_str()), (Colour::Green, "2023-05-08"), "{engine:?}");
        bench.stores.settled().await;
        assert_eq!(receipt(&bench, &given).await.due_date, "2023-05-08", "{engine:?}: the person sees the same day");
        let request = ExplainDeadlineRequest { case_id: given.case_id.clone(), ..ExplainDeadlineRequest::default() };
        let handler = bench.handler("lianhu");
        let explanation = bench.explained(&handler, &request).await;
        let counted: i32 = explanation.stretches.iter().map(|one| one.counted_days).sum();
        assert_eq!((explanation.budget, counted), (60, 90), "{engine:?}: it adds up");
        let extension = &explanation.extensions[0];
        assert_eq!((extension.amount, extension.person_id.as_str(), &extension.notice_number), (30, "p-lianhu-chief", &number));
        assert!(!extension.tenure_id.is_empty() && extension.time.is_some(), "{engine:?}: {extension:?}");
        assert_eq!(
            explanation.sentences,
            [
                "办结期限：60 个自然日（《信访工作条例》第三十四条），自 2023-02-06 起算，当日不计。".to_owned(),
                format!("p-lianhu-chief 批准延期 30 日（{number}）：需要专业鉴定。"),
                "最后一日为周末，顺延至 2023-05-08（《民法典》第二百零三条）。".to_owned(),
                "到期日为 2023-05-08，当日仍不算逾期。".to_owned(),
                "依据期限预设第 1 版；未对照《公安机关信访工作规定》（公通字〔2023〕9号）核对。".to_owned(),
            ],
            "{engine:?}"
        );
        bench.wait_days(31);
        assert_eq!(of(&given).await.colour(), Colour::Red, "{engine:?}: and then it is over");
        bench.end().await;
    }
}
