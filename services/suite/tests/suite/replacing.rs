//! An officer who is ill or has left is replaced in a pair: what is planned moves at once, what was made keeps who made it.

use sanben_access::Role;
use sanben_proto::ledger::DutyKind;
use sanben_proto::liaison::*;
use tonic::Code;

use crate::duties::others;
use crate::matter::{Bench, new_id};
use crate::refusals::{day, new_pair, plan};
use crate::start::BOTH;
use crate::wire::{Ask, EN, Who, ZH, check_texts};

const LIAISON: &str = "sanben.liaison";

pub fn replace(pair_id: &str, officer: &str) -> ReplaceOfficerRequest {
    let (request_id, pair_id, etag) = (new_id(), pair_id.to_owned(), String::new());
    ReplaceOfficerRequest { request_id, pair_id, etag, officer_id: officer.to_owned(), reason: "民警病休。".to_owned() }
}

fn make(visit_id: &str) -> RecordVisitRequest {
    RecordVisitRequest { request_id: new_id(), visit_id: visit_id.to_owned(), etag: String::new(), mode: VisitMode::Home as i32 }
}

async fn planned(bench: &Bench, who: &Who, pair: &str) -> String {
    let planned: PlanVisitResponse = bench.wire.ok(who, &plan(pair, day(bench, 0))).await;
    planned.visit.expect("a visit").visit_id
}

async fn to_do(bench: &Bench, who: &Who) -> Vec<String> {
    let found: ListVisitsResponse = bench.wire.ok(who, &ListVisitsRequest { to_do: true, ..ListVisitsRequest::default() }).await;
    let duties = others(bench, who).await;
    let visits: Vec<String> = found.visits.into_iter().map(|visit| visit.visit_id).collect();
    let of_duties = duties.into_iter().filter(|duty| duty.kind() == DutyKind::Visit).map(|duty| duty.item_id);
    assert_eq!(of_duties.collect::<Vec<_>>(), visits, "{}", who.name);
    visits
}

async fn pair_of(bench: &Bench, who: &Who, pair: &str) -> Pair {
    let found: GetPairResponse = bench.wire.ok(who, &GetPairRequest { pair_id: pair.to_owned() }).await;
    found.pair.expect("a pair")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_planned_moves_at_once_and_what_was_made_stays() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let officer = |post: &str| bench.officer("lianhu", post, &[Role::LiaisonOfficer]);
        let (ill, next, office) = (officer("liaison"), officer("liaison-2"), bench.office("lianhu"));
        let pair = new_pair(&bench, &ill).await;
        let made = planned(&bench, &ill, &pair).await;
        let _: RecordVisitResponse = bench.wire.ok(&ill, &make(&made)).await;
        let open = planned(&bench, &ill, &pair).await;
        assert_eq!((to_do(&bench, &ill).await, to_do(&bench, &next).await), (vec![open.clone()], vec![]), "{engine:?}");

        let before = pair_of(&bench, &office, &pair).await;
        let request = ReplaceOfficerRequest { etag: before.etag.clone(), ..replace(&pair, "p-lianhu-liaison-2") };
        let replaced: ReplaceOfficerResponse = bench.wire.ok(&office, &request).await;
        let again: ReplaceOfficerResponse = bench.wire.ok(&office, &request).await;
        assert_eq!(again, replaced, "{engine:?}: a repetition answers as the first time");
        let after = replaced.pair.expect("a pair");
        assert_eq!(after, Pair { officer_id: "p-lianhu-liaison-2".to_owned(), etag: after.etag.clone(), ..before.clone() });
        assert_ne!(after.etag, before.etag, "{engine:?}");
        assert_eq!((to_do(&bench, &ill).await, to_do(&bench, &next).await), (vec![], vec![open.clone()]), "{engine:?}");

        let late = bench.wire.refused(&ill, ZH, &Ask::of(&make(&open))).await;
        assert_eq!((late.code, late.why().reason.as_str()), (Code::FailedPrecondition, "NOT_THE_OFFICER"), "{engine:?}");
        let _: RecordVisitResponse = bench.wire.ok(&next, &make(&open)).await;
        let visits: ListVisitsResponse =
            bench.wire.ok(&office, &ListVisitsRequest { pair_id: pair.clone(), ..ListVisitsRequest::default() }).await;
        let officers: Vec<_> = visits.visits.iter().map(|visit| (visit.visit_id.as_str(), visit.officer_id.as_str())).collect();
        assert_eq!(officers, [(open.as_str(), "p-lianhu-liaison-2"), (made.as_str(), "p-lianhu-liaison")], "{engine:?}");
        let _: PlanVisitResponse = bench.wire.ok(&next, &plan(&pair, day(&bench, 1))).await;
        let back: ReplaceOfficerResponse = bench.wire.ok(&bench.chief("lianhu"), &replace(&pair, "p-lianhu-liaison")).await;
        assert_eq!(back.pair.expect("a pair").officer_id, "p-lianhu-liaison", "{engine:?}: a chief may, too");

        let etag = pair_of(&bench, &office, &pair).await.etag;
        let [one, two] = ["p-one", "p-two"].map(|to| Ask::of(&ReplaceOfficerRequest { etag: etag.clone(), ..replace(&pair, to) }));
        let chief = bench.chief("lianhu");
        let (first, second) = tokio::join!(bench.wire.ask(&office, ZH, &one), bench.wire.ask(&chief, ZH, &two));
        let refused: Vec<_> = [first.err(), second.err()].into_iter().flatten().map(|one| one.why().reason).collect();
        assert_eq!(refused, ["STALE_ETAG"], "{engine:?}: one of two at once");
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_told_why_in_both_languages() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let officer = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
        let (office, no_tenure) = (bench.office("lianhu"), bench.officer("lianhu", "chief-2021", &[Role::Chief]));
        let pair = new_pair(&bench, &officer).await;
        let to = |person: &str| replace(&pair, person);
        let mute = ReplaceOfficerRequest { reason: " \u{3000}".to_owned(), ..to("p-x") };
        let stale = ReplaceOfficerRequest { etag: "1".to_owned(), ..to("p-x") };
        let (failed, wrong) = (Code::FailedPrecondition, Code::InvalidArgument);
        let rows = [
            ("same officer", &office, to("p-lianhu-liaison"), wrong, LIAISON, "SAME_OFFICER", "officer_id"),
            ("nobody", &office, to(" "), wrong, "sanben", "INVALID_FIELDS", "officer_id"),
            ("no reason", &office, mute, wrong, "sanben", "INVALID_FIELDS", "reason"),
            ("as it was before", &office, stale, Code::Aborted, "sanben", "STALE_ETAG", ""),
            ("above the unit", &bench.office("city"), to("p-x"), failed, LIAISON, "NOT_THE_PAIRS_UNIT", ""),
            ("a chief out of office", &no_tenure, to("p-x"), failed, LIAISON, "NOT_THE_PAIRS_UNIT", ""),
            ("elsewhere", &bench.office("yanta"), to("p-x"), Code::NotFound, "sanben", "NOT_FOUND", ""),
            ("no such pair", &office, replace(&new_id(), "p-x"), Code::NotFound, "sanben", "NOT_FOUND", ""),
            ("the officer", &officer, to("p-x"), Code::PermissionDenied, "sanben", "NOT_PERMITTED", ""),
        ];
        for (name, who, request, code, domain, reason, field) in rows {
            let ask = Ask::of(&request);
            let (zh, en) = (bench.wire.refused(who, ZH, &ask).await, bench.wire.refused(who, EN, &ask).await);
            let fields: &[&str] = if field.is_empty() { &[] } else { &[field] };
            check_texts(name, &zh, &en, code, domain, reason, fields);
        }
        assert_eq!(pair_of(&bench, &office, &pair).await.officer_id, "p-lianhu-liaison", "{engine:?}: nothing has changed");
        bench.end().await;
    }
}
