//! A handler who is ill or has left is replaced: duties, deadlines and lists move at once, and the history keeps both.

use sanben_access::Role;
use sanben_proto::ledger::*;
use tonic::Code;

use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id, report};
use crate::roads::case_of;
use crate::start::BOTH;
use crate::wire::{Ask, EN, Who, ZH, check_texts};

const LEDGER: &str = "sanben.ledger";

fn replace(matter: &Matter, handler: &str) -> ReplaceHandlerRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    ReplaceHandlerRequest { request_id, case_id, etag, handler_id: handler.to_owned(), reason: "承办人病休。".to_owned() }
}

async fn duties(bench: &Bench, who: &Who, matter: &Matter) -> Vec<DutyKind> {
    let found: ListDutiesResponse = bench.wire.ok(who, &ListDutiesRequest::default()).await;
    found.duties.iter().filter(|duty| duty.case_id == matter.case_id).map(Duty::kind).collect()
}

async fn handled_by(bench: &Bench, who: &Who, handler: &str) -> Vec<String> {
    let filter = Some(CaseFilter { handler_id: handler.to_owned(), ..CaseFilter::default() });
    let found: ListCasesResponse = bench.wire.ok(who, &ListCasesRequest { filter, ..ListCasesRequest::default() }).await;
    found.cases.into_iter().map(|case| case.case_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn duties_lists_and_the_way_to_the_reply_move_at_once() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (ill, office) = (bench.handler("lianhu"), bench.office("lianhu"));
        let next = bench.officer("lianhu", "handler-2", &[Role::Handler]);
        let matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        assert!(duties(&bench, &ill, &matter).await.contains(&DutyKind::ReportBack), "{engine:?}");
        let before = case_of(&bench, &matter).await;
        let replaced: ReplaceHandlerResponse = bench.wire.ok(&office, &replace(&matter, "p-lianhu-handler-2")).await;
        let case = replaced.case.expect("a case");
        assert_eq!((case.handler_id.as_str(), case.state()), ("p-lianhu-handler-2", CaseState::Undertaken), "{engine:?}");
        assert_eq!(case.earlier_handler_ids, ["p-lianhu-handler"], "{engine:?}");
        assert_eq!(case.due, before.due, "{engine:?}: nobody gains time");
        assert!(duties(&bench, &ill, &matter).await.is_empty(), "{engine:?}: nothing is theirs any more");
        assert!(duties(&bench, &next, &matter).await.contains(&DutyKind::ReportBack), "{engine:?}");
        assert!(handled_by(&bench, &office, "p-lianhu-handler").await.is_empty(), "{engine:?}");
        assert_eq!(handled_by(&bench, &office, "p-lianhu-handler-2").await, std::slice::from_ref(&matter.case_id), "{engine:?}");
        let events = ListCaseEventsRequest { case_id: matter.case_id.clone(), ..ListCaseEventsRequest::default() };
        let history: ListCaseEventsResponse = bench.wire.ok(&office, &events).await;
        let last = history.events.last().expect("an event");
        assert_eq!(
            (last.r#type.as_str(), last.reason.as_str()),
            ("sanben.ledger.v1.HandlerReplaced", "承办人病休。"),
            "{engine:?}"
        );
        assert_eq!(last.act.as_ref().map(|act| act.person_id.as_str()), Some("p-lianhu-office"), "{engine:?}");

        let late = bench.wire.refused(&ill, ZH, &Ask::of(&report(&matter))).await;
        assert_eq!((late.code, late.why().reason.as_str()), (Code::FailedPrecondition, "NOT_THE_HANDLER"), "{engine:?}");
        let _: ReportBackOnCaseResponse = bench.wire.ok(&next, &report(&matter)).await;
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_or_is_not_told_why_in_both_languages() {
    let bench = Bench::on(BOTH[0]).await;
    let (office, chief) = (bench.office("lianhu"), bench.chief("lianhu"));
    let undertaken = bench.matter(&DEMAND, Stage::Undertaken).await;
    let assigned = bench.matter(&DEMAND, Stage::Assigned).await;
    let approved = bench.matter(&DEMAND, Stage::Approved).await;
    let about = bench.matter(&Spec { accused_persons: &["p-accused"], ..COMPLAINT }, Stage::Undertaken).await;
    let failed = Code::FailedPrecondition;
    let blank = ReplaceHandlerRequest { reason: "  ".to_owned(), ..replace(&undertaken, "p-x") };
    let stale = ReplaceHandlerRequest { etag: "1".to_owned(), ..replace(&undertaken, "p-x") };
    let rows = [
        (
            "same person",
            &office,
            replace(&undertaken, "p-lianhu-handler"),
            Code::InvalidArgument,
            LEDGER,
            "UNCHANGED",
            "handler_id",
        ),
        ("the chief who assigned", &office, replace(&undertaken, "p-lianhu-chief"), failed, LEDGER, "SIGNER_IS_HANDLER", ""),
        ("themselves", &office, replace(&undertaken, "p-lianhu-office"), failed, LEDGER, "SIGNER_IS_HANDLER", ""),
        ("the accused", &office, replace(&about, "p-accused"), failed, LEDGER, "HANDLER_IS_ACCUSED", ""),
        ("nobody handles it", &office, replace(&assigned, "p-x"), failed, LEDGER, "WRONG_STATE", ""),
        ("above the lead unit", &bench.office("city"), replace(&undertaken, "p-x"), failed, LEDGER, "NOT_THE_LEAD_UNIT", ""),
        ("a reviewer", &chief, replace(&approved, "p-lianhu-office"), failed, LEDGER, "REVIEWER_TWICE", ""),
        ("no reason", &office, blank, Code::InvalidArgument, LEDGER, "REASON_MISSING", "reason"),
        ("no person", &office, replace(&undertaken, "p x"), Code::InvalidArgument, "sanben", "INVALID_FIELDS", "handler_id"),
        ("as it was before", &office, stale, Code::Aborted, "sanben", "STALE_ETAG", ""),
        ("elsewhere", &bench.office("beilin"), replace(&undertaken, "p-x"), Code::NotFound, "sanben", "NOT_FOUND", ""),
        ("a handler", &bench.handler("lianhu"), replace(&undertaken, "p-x"), Code::PermissionDenied, "sanben", "NOT_PERMITTED", ""),
    ];
    for (name, who, request, code, domain, reason, field) in rows {
        let ask = Ask::of(&request);
        let (zh, en) = (bench.wire.refused(who, ZH, &ask).await, bench.wire.refused(who, EN, &ask).await);
        let fields: &[&str] = if field.is_empty() { &[] } else { &[field] };
        check_texts(name, &zh, &en, code, domain, reason, fields);
    }
    let both = [replace(&undertaken, "p-one"), replace(&undertaken, "p-two")]
        .map(|request| ReplaceHandlerRequest { etag: String::new(), ..request });
    let etag = case_of(&bench, &undertaken).await.etag;
    let [one, two] = both.map(|request| Ask::of(&ReplaceHandlerRequest { etag: etag.clone(), ..request }));
    let (first, second) = tokio::join!(bench.wire.ask(&office, ZH, &one), bench.wire.ask(&chief, ZH, &two));
    let refused: Vec<_> = [first.err(), second.err()].into_iter().flatten().collect();
    assert_eq!(refused.iter().map(|one| one.why().reason).collect::<Vec<_>>(), ["STALE_ETAG"], "one of two at once");
    bench.end().await;
}
