//! What a person has taken up again.

use sanben_proto::intake::*;
use tonic::Code;

use crate::joining::receipt;
use crate::matter::{Bench, DEMAND, Matter, Stage, new_id};
use crate::start::BOTH;
use crate::wire::{Ask, Wire, ZH};

async fn refuse(bench: &Bench, matter: &Matter, reason: &str) {
    let request = RefuseSubmissionRequest {
        request_id: new_id(),
        submission_id: matter.submission_id.clone(),
        etag: String::new(),
        reason: reason.to_owned(),
    };
    let _: RefuseSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_desk_refused_is_looked_at_again_and_nothing_is_erased() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Received).await;
        refuse(&bench, &matter, "不属于公安机关职责").await;
        let refused = receipt(&bench, &matter).await;
        assert!(refused.reopen_allowed && refused.reply.is_some_and(|reply| reply.verdict_deadline.is_some()));
        let request = ReopenCaseRequest {
            request_id: new_id(),
            receipt_code: matter.receipt_code.clone(),
            reason: "路灯就在派出所门口".to_owned(),
            part: 0,
        };
        let first: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
        let second: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
        assert_eq!(first, second, "{engine:?}: the same request twice happens once");
        let again = first.receipt.expect("a receipt");
        assert_eq!((again.state(), again.reply.is_some(), again.reopen_allowed), (SubmissionState::Received, false, false));
        assert_eq!(again.earlier_replies[0].text, "不属于公安机关职责");

        refuse(&bench, &matter, "已转告路灯管理单位").await;
        let texts = |receipt: &Receipt| {
            receipt.earlier_replies.iter().chain(&receipt.reply).map(|reply| reply.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&receipt(&bench, &matter).await), ["不属于公安机关职责", "已转告路灯管理单位"]);
        let once_more = ReopenCaseRequest { request_id: new_id(), ..request };
        let _: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &once_more).await;
        let words = ReadWordsRequest { submission_id: matter.submission_id.clone(), purpose: "分拣".to_owned() };
        let words: ReadWordsResponse = bench.wire.ok(&bench.desk(), &words).await;
        assert_eq!(words.reopen_reasons, ["路灯就在派出所门口"; 2]);
        // And it may still become a case.
        bench.advance(&mut matter, Stage::Received, Stage::Replied).await;
        assert_eq!(texts(&receipt(&bench, &matter).await).len(), 3, "{engine:?}");
        let late = bench.wire.refused(&Wire::anonymous(), ZH, &Ask::of(&ReopenCaseRequest { part: 1, ..once_more })).await;
        assert_eq!(late.code, Code::InvalidArgument, "there are no parts");
        bench.end().await;
    }
}
