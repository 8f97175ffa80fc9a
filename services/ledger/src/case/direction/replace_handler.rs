use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal};
use sanben_ledger_rules::case::Command;
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{ReplaceHandlerRequest, ReplaceHandlerResponse};

use crate::case::act::{Target, carry_out};
use crate::case::ledger::Ledger;
use crate::case::view;

/// Lets somebody else handle a case.
pub async fn run(ledger: &Ledger, call: &Call, input: ReplaceHandlerRequest) -> Result<ReplaceHandlerResponse, Error> {
    if input.handler_id.chars().any(char::is_whitespace) {
        return Err(Refusal::field(ErrorReason::InvalidFields, "handler_id", Problem::new("problem-person-id")).into());
    }
    let role = if call.caller.is(Role::Chief) { Role::Chief } else { Role::Office };
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let (handler, reason) = (input.handler_id.clone(), input.reason.clone());
            let case = carry_out(tx, ledger, call, &target, role, Command::ReplaceHandler { handler, reason }).await?;
            Ok(ReplaceHandlerResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
