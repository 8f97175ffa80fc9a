use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DeclineCaseRequest, DeclineCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Declines a proposed case; its submissions go back to triage.
pub async fn run(ledger: &Ledger, call: &Call, input: DeclineCaseRequest) -> Result<DeclineCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, Command::Decline { reason: input.reason.clone() }).await?;
            Ok(DeclineCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
