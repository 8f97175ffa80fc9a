use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DropDraftRequest, DropDraftResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Decides against what a clock has drafted.
pub async fn run(app: &App, call: &Call, input: DropDraftRequest) -> Result<DropDraftResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::DropDraft { number: input.draft_number, reason: input.reason.clone() };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        Ok(DropDraftResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
