use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{ArchiveCaseRequest, ArchiveCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Seals the file.
pub async fn run(ledger: &Ledger, call: &Call, input: ArchiveCaseRequest) -> Result<ArchiveCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Office, Command::Archive).await?;
            Ok(ArchiveCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
