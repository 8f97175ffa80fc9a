use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, ReferCaseToDisciplineRequest, ReferCaseToDisciplineResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Refers a case to discipline.
pub async fn run(
    ledger: &Ledger,
    call: &Call,
    input: ReferCaseToDisciplineRequest,
) -> Result<ReferCaseToDisciplineResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, Command::ReferToDiscipline).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Referral, &input.reason).await?;
            Ok(ReferCaseToDisciplineResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
