use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{UndertakeCaseRequest, UndertakeCaseResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Takes an assigned case on; the caller becomes its handler.
pub async fn run(app: &App, call: &Call, input: UndertakeCaseRequest) -> Result<UndertakeCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Handler, Command::Undertake).await?;
        Ok(UndertakeCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
