use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{TakeCaseOwnershipRequest, TakeCaseOwnershipResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Takes a case on in person.
pub async fn run(app: &App, call: &Call, input: TakeCaseOwnershipRequest) -> Result<TakeCaseOwnershipResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Chief, Command::Own { duty: input.duty() }).await?;
        Ok(TakeCaseOwnershipResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
