//! Bad luck among people: two sign at once, somebody signs a day too late, a link would come back to where it began, somebody judges a
//! reply that is not the present one.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_proto::intake::*;
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::*;
use tonic::Code;

use crate::matter::{Bench, DEMAND, Matter, Spec, Stage, new_id, verdict};
use crate::roads::{case_of, refused};
use crate::start::{BOTH, Suite};
use crate::wire::{Ask, Wire, ZH};

const PAIRS: usize = 10;

fn register(matter: &Matter, etag: &str) -> Ask {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), etag.to_owned());
    Ask::of(&RegisterCaseRequest { request_id, case_id, etag })
}

fn link(matter: &Matter, earlier: &Matter) -> LinkRepeatCaseRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    LinkRepeatCaseRequest { request_id, case_id, etag, earlier_case_id: earlier.case_id.clone() }
}

/// The chief and the deputy look at the same case and sign in the same instant: one of them does, and the case has one number.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_sign_at_once_sign_once() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let chief = bench.chief("lianhu");
        let deputy = bench.officer("lianhu", "deputy", &[Role::Chief]);
        for pair in 0..PAIRS {
            let matter = bench.matter(&DEMAND, Stage::Proposed).await;
            // Half of them say what they have seen, half change whatever is there.
            let etag = if pair % 2 == 0 { case_of(&bench, &matter).await.etag } else { String::new() };
            let (first, second) = (register(&matter, &etag), register(&matter, &etag));
            let both = tokio::join!(bench.wire.ask(&chief, ZH, &first), bench.wire.ask(&deputy, ZH, &second));
            let lost = match both {
                (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost.why(),
                (first, second) => panic!("{engine:?} {pair}: {} {}", first.is_ok(), second.is_ok()),
            };
            let expected = if etag.is_empty() { (Code::FailedPrecondition, "WRONG_STATE") } else { (Code::Aborted, "STALE_ETAG") };
            assert_eq!((lost.code, lost.reason.as_str()), expected, "{engine:?} {pair}: {}", lost.text);
            let request = ListCaseEventsRequest { case_id: matter.case_id.clone(), page_size: 50, page_token: String::new() };
            let history: ListCaseEventsResponse = bench.wire.ok(&chief, &request).await;
            let signed = history.events.iter().filter(|event| event.r#type.ends_with(".CaseRegistered")).count();
            assert_eq!((signed, history.events.len()), (1, 2), "{engine:?} {pair}");
        }
        bench.end().await;
    }
}

/// On the last day of a tenure its holder signs; on the day after it, whatever their token still says, they do not, and the next one does.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_longer_in_office_signs_nothing() {
    const WEIYANG: Spec = Spec { unit: "weiyang", lead: "weiyang", ..DEMAND };
    for engine in BOTH {
        let evening = Ts::parse("2022-06-14T15:30:00Z").expect("half an hour before midnight");
        let bench = Bench::of(Suite::with_clock(engine, Clock::fake(evening)).await).await;
        let before = bench.officer("weiyang", "chief-2021", &[Role::Chief]);
        let (first, second) = (bench.matter(&WEIYANG, Stage::Proposed).await, bench.matter(&WEIYANG, Stage::Proposed).await);
        let early = refused("not yet in office", &bench.chief("weiyang"), register(&first, ""), "NOT_THE_CHIEF");
        bench.check(&early).await;
        bench.wire.ask(&before, ZH, &register(&first, "")).await.expect("the last day counts");
        bench.suite.clock.advance(Duration::from_secs(3600)).expect("a fake clock");
        bench.check(&refused("in office no more", &before, register(&second, ""), "NOT_THE_CHIEF")).await;
        bench.wire.ask(&bench.chief("weiyang"), ZH, &register(&second, "")).await.expect("who follows signs");
        bench.end().await;
    }
}

/// A matter that is brought again is linked back, never forward, however many links there are.
#[tokio::test(flavor = "multi_thread")]
async fn links_between_matters_make_no_circle() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let office = bench.office("lianhu");
        let mut brought = Vec::new();
        for _ in 0..3 {
            brought.push(bench.matter(&DEMAND, Stage::Replied).await);
        }
        for pair in brought.windows(2) {
            let _: LinkRepeatCaseResponse = bench.wire.ok(&office, &link(&pair[1], &pair[0])).await;
        }
        assert_eq!(case_of(&bench, &brought[2]).await.repeat_number, 3, "{engine:?}: the third time");
        for later in &brought {
            let back = Ask::of(&link(&brought[0], later));
            bench.check(&refused("a circle", &office, back, "NOT_EARLIER")).await;
        }
        bench.end().await;
    }
}

/// What is said of a reply counts for that reply: after it was taken up again not for the new one, and not for one that is still to come.
#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_is_about_the_present_reply() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Replied).await;
        let (request_id, receipt_code) = (new_id(), matter.receipt_code.clone());
        let reopen = ReopenCaseRequest { request_id, receipt_code, reason: "没有解决".to_owned(), part: 0 };
        let _: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &reopen).await;
        bench.stores.settled().await;
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        for round in [1, 3] {
            let ask = Ask::of(&verdict(&matter, round, Verdict::Satisfied));
            bench.check(&refused("another round", &Wire::anonymous(), ask, "WRONG_ROUND")).await;
        }
        let _: GiveVerdictResponse = bench.wire.ok(&Wire::anonymous(), &verdict(&matter, 2, Verdict::Satisfied)).await;
        assert_eq!(case_of(&bench, &matter).await.state(), CaseState::Settled, "{engine:?}");
        bench.end().await;
    }
}
