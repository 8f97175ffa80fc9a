use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{ContributeToCaseRequest, ContributeToCaseResponse, DocumentKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Brings what an assisting unit has to bring.
pub async fn run(app: &App, call: &Call, input: ContributeToCaseRequest) -> Result<ContributeToCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Handler, Command::Contribute).await?;
        add_document(tx, app, call, &case, DocumentKind::Contribution, &input.text).await?;
        Ok(ContributeToCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
