use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{DecideAppealRequest, DecideAppealResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    store::{self, Document},
    superior, view,
};

/// Decides on an appeal. The paper belongs to the round that was appealed against, also if a new one begins.
pub async fn run(ledger: &Ledger, call: &Call, input: DecideAppealRequest) -> Result<DecideAppealResponse, Error> {
    superior::check(call, input.superior.as_ref())?;
    if input.text.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "text", Problem::blank()).into());
    }
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::DecideAppeal { upheld: input.upheld(), superior: input.superior.is_some() };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            let round = case.appeals.last().map_or(case.round, |appeal| appeal.round);
            let (id, kind, unit) = (ledger.clock.id(), DocumentKind::AppealDecision, call.caller.unit.clone());
            let text = superior::paper(&input.text, input.superior.as_ref());
            store::insert_document(
                tx,
                case.id,
                &Document { id, kind, round, text, created: call.now, unit, authority: String::new() },
            )
            .await?;
            Ok(DecideAppealResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
