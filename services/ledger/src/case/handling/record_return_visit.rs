use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, parse_id};
use sanben_proto::ledger::{DocumentKind, RecordReturnVisitRequest, RecordReturnVisitResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Records a return visit, whether it reached the person or not.
pub async fn run(ledger: &Ledger, call: &Call, input: RecordReturnVisitRequest) -> Result<RecordReturnVisitResponse, Error> {
    let submission = parse_id("submission_id", &input.submission_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::RecordReturnVisit { submission, round: input.round, verdict: input.verdict() };
            let role = if call.caller.is(Role::Office) { Role::Office } else { Role::LiaisonOfficer };
            let case = carry_out(tx, ledger, call, &target, role, command).await?;
            if !input.note.trim().is_empty() {
                add_document(tx, ledger, call, &case, DocumentKind::ReturnVisit, &input.note).await?;
            }
            Ok(RecordReturnVisitResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
