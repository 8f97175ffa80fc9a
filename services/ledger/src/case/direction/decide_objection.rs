use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DecideObjectionRequest, DecideObjectionResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out, lead},
    ledger::Ledger,
    view,
};

/// Decides on an objection: gives the lead to another unit, or leaves it where it is.
pub async fn run(ledger: &Ledger, call: &Call, input: DecideObjectionRequest) -> Result<DecideObjectionResponse, Error> {
    let lead = lead(ledger, &input.lead_unit_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::DecideObjection { lead, reason: input.reason.clone() };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            add_document(tx, ledger, call, &case, DocumentKind::ObjectionDecision, &input.reason).await?;
            Ok(DecideObjectionResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
