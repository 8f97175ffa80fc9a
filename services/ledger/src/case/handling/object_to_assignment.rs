use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, ObjectToAssignmentRequest, ObjectToAssignmentResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out_with, object_until},
    ledger::Ledger,
    view,
};

/// Objects to an assignment, in the name of the lead unit.
pub async fn run(ledger: &Ledger, call: &Call, input: ObjectToAssignmentRequest) -> Result<ObjectToAssignmentResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let role = if call.caller.is(Role::Chief) { Role::Chief } else { Role::Handler };
            let case = carry_out_with(
                tx,
                ledger,
                call,
                &target,
                |_| role,
                async |_: &mut Tx, case| Ok(Command::Object { reason: input.reason.clone(), deadline: object_until(ledger, case) }),
            )
            .await?;
            add_document(tx, ledger, call, &case, DocumentKind::Objection, &input.reason).await?;
            Ok(ObjectToAssignmentResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
