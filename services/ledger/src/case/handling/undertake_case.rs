use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{UndertakeCaseRequest, UndertakeCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Takes an assigned case on; the caller becomes its handler.
pub async fn run(ledger: &Ledger, call: &Call, input: UndertakeCaseRequest) -> Result<UndertakeCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Handler, Command::Undertake).await?;
            Ok(UndertakeCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
