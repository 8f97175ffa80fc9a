use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, ExamineAccountabilityRequest, ExamineAccountabilityResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_paper, carry_out};

/// Records what the examination of accountability found; it may find nothing.
pub async fn run(app: &App, call: &Call, input: ExamineAccountabilityRequest) -> Result<ExamineAccountabilityResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Office, Command::Examine).await?;
        add_paper(tx, app, call, &case, DocumentKind::Accountability, &input.finding).await?;
        Ok(ExamineAccountabilityResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
