use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{CoordinateCaseRequest, CoordinateCaseResponse, DocumentKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Coordinates those who have to do with a case.
pub async fn run(app: &App, call: &Call, input: CoordinateCaseRequest) -> Result<CoordinateCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Chief, Command::Coordinate).await?;
        add_document(tx, app, call, &case, DocumentKind::Coordination, &input.text).await?;
        Ok(CoordinateCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
