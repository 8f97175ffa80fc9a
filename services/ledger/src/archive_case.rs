use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{ArchiveCaseRequest, ArchiveCaseResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Seals the file.
pub async fn run(app: &App, call: &Call, input: ArchiveCaseRequest) -> Result<ArchiveCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Office, Command::Archive).await?;
        Ok(ArchiveCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
