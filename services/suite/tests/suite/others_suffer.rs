//! What users of other systems in this field suffer from, and what happens here instead. One test for each, named after it; each is a
//! table that an officer can read.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::{
    DetachResponse, GetReceiptRequest, GetReceiptResponse, PublicStep, ReopenRequest, ReopenResponse, SubmissionState,
};
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::*;

use crate::joining::{detach_by_person, judge, receipt};
use crate::matter::{Bench, DEMAND, Matter, Stage, new_id, review, verdict};
use crate::roads::{case_of, refused, told, visit};
use crate::rungs::{QUESTION, bench_at, sign};
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
            let request = ReopenRequest { request_id: new_id(), receipt_code: receipt_code.clone(), reason, part: 0 };
            let _: ReopenResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
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

        let left: DetachResponse = bench.wire.ok(&Wire::anonymous(), &detach_by_person(&leaving)).await;
        let left = left.receipt.expect("a receipt");
        assert_eq!((left.state(), left.joined, left.case_number.as_str()), (SubmissionState::Received, false, ""));
        let _: DetachResponse = bench.wire.ok(&Wire::anonymous(), &detach_by_person(&angry)).await;
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
        Ask::of(&StrikeOffByExceptionRequest { request_id, case_id, etag, reason: "已穷尽措施".to_owned(), superior: None })
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
    bench.suite.clock.advance(17 * DAY).expect("a fake clock");
    let case = case_of(&bench, &silent).await;
    assert_eq!((case.verdict(), case.state()), (Verdict::Unreachable, CaseState::Replied), "never as satisfied");
    bench.end().await;
}
