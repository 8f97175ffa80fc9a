use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, ReclassifyCaseRequest, ReclassifyCaseResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Moves a case to another book or track.
pub async fn run(app: &App, call: &Call, input: ReclassifyCaseRequest) -> Result<ReclassifyCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::Reclassify { book: input.book(), track: input.track(), reason: input.reason.clone() };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        add_document(tx, app, call, &case, DocumentKind::Reclassification, &input.reason).await?;
        Ok(ReclassifyCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
