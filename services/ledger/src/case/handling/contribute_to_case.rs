use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{ContributeToCaseRequest, ContributeToCaseResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Brings what an assisting unit has to bring.
pub async fn run(ledger: &Ledger, call: &Call, input: ContributeToCaseRequest) -> Result<ContributeToCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Handler, Command::Contribute).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Contribution, &input.text).await?;
            Ok(ContributeToCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
