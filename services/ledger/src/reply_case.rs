use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{ReplyCaseRequest, ReplyCaseResponse};

use crate::case::{Command, due};
use crate::convert;
use crate::verb::{Target, carry_out};

/// Delivers the reviewed reply; the window for a verdict opens.
pub async fn run(app: &App, call: &Call, input: ReplyCaseRequest) -> Result<ReplyCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::Reply { verdict_deadline: due::verdict_deadline(&app.calendar, call.now) };
        let case = carry_out(tx, app, call, &target, Role::Handler, command).await?;
        Ok(ReplyCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
