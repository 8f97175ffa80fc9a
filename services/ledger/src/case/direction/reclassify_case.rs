use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, ReclassifyCaseRequest, ReclassifyCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Moves a case to another book or track.
pub async fn run(ledger: &Ledger, call: &Call, input: ReclassifyCaseRequest) -> Result<ReclassifyCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::Reclassify { book: input.book(), track: input.track(), reason: input.reason.clone() };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Reclassification, &input.reason).await?;
            Ok(ReclassifyCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
