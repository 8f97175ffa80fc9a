use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{CoordinateCaseRequest, CoordinateCaseResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Coordinates those who have to do with a case.
pub async fn run(ledger: &Ledger, call: &Call, input: CoordinateCaseRequest) -> Result<CoordinateCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, Command::Coordinate).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Coordination, &input.text).await?;
            Ok(CoordinateCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
