use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, ReferCaseToDisciplineRequest, ReferCaseToDisciplineResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Refers a case to discipline.
pub async fn run(app: &App, call: &Call, input: ReferCaseToDisciplineRequest) -> Result<ReferCaseToDisciplineResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Chief, Command::Refer).await?;
        add_document(tx, app, call, &case, DocumentKind::Referral, &input.reason).await?;
        Ok(ReferCaseToDisciplineResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
