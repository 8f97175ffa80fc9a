use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{StrikeOffCaseRequest, StrikeOffCaseResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Strikes a settled case off the open book.
pub async fn run(app: &App, call: &Call, input: StrikeOffCaseRequest) -> Result<StrikeOffCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Chief, Command::StrikeOff).await?;
        Ok(StrikeOffCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
