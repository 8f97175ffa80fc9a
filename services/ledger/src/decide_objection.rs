use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DecideObjectionRequest, DecideObjectionResponse, DocumentKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out, lead};

/// Decides on an objection: gives the lead to another unit, or leaves it where it is.
pub async fn run(app: &App, call: &Call, input: DecideObjectionRequest) -> Result<DecideObjectionResponse, Error> {
    let lead = lead(app, &input.lead_unit_id)?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::DecideObjection { lead, reason: input.reason.clone() };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        add_document(tx, app, call, &case, DocumentKind::ObjectionDecision, &input.reason).await?;
        Ok(DecideObjectionResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
