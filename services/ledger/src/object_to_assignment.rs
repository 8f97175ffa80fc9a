use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, ObjectToAssignmentRequest, ObjectToAssignmentResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out_with, object_until};

/// Objects to an assignment, in the name of the lead unit.
pub async fn run(app: &App, call: &Call, input: ObjectToAssignmentRequest) -> Result<ObjectToAssignmentResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let role = if call.caller.is(Role::Chief) { Role::Chief } else { Role::Handler };
        let case = carry_out_with(
            tx,
            app,
            call,
            &target,
            |_| role,
            async |_: &mut Tx, case| Ok(Command::Object { reason: input.reason.clone(), deadline: object_until(app, case) }),
        )
        .await?;
        add_document(tx, app, call, &case, DocumentKind::Objection, &input.reason).await?;
        Ok(ObjectToAssignmentResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
