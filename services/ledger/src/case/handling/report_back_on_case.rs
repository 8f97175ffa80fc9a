use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, ReportBackOnCaseRequest, ReportBackOnCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out, say_something},
    ledger::Ledger,
    view,
};
use crate::paper;

/// Reports back to the assigner, with a draft of the reply.
pub async fn run(ledger: &Ledger, call: &Call, input: ReportBackOnCaseRequest) -> Result<ReportBackOnCaseResponse, Error> {
    say_something(&[("report_text", &input.report_text), ("reply_text", &input.reply_text)])?;
    if let Some(of) = &input.opinion {
        let parts = [
            ("opinion.request", &*of.request),
            ("opinion.facts", &of.facts),
            ("opinion.opinion", &of.opinion),
            ("opinion.basis", &of.basis),
        ];
        say_something(&parts)?;
    }
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::ReportBack { outcome: input.outcome(), opinion: input.opinion.is_some() };
            let case = carry_out(tx, ledger, call, &target, Role::Handler, command).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Report, &input.report_text).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Reply, &input.reply_text).await?;
            if let Some(opinion) = input.opinion.clone() {
                paper::keep_draft(tx, ledger, call, &case, opinion).await?;
            }
            Ok(ReportBackOnCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
