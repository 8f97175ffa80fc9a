use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DeclineCaseRequest, DeclineCaseResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Declines a proposed case; its submissions go back to triage.
pub async fn run(app: &App, call: &Call, input: DeclineCaseRequest) -> Result<DeclineCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Chief, Command::Decline { reason: input.reason.clone() }).await?;
        Ok(DeclineCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
