use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{StrikeOffCaseRequest, StrikeOffCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Strikes a settled case off the open book.
pub async fn run(ledger: &Ledger, call: &Call, input: StrikeOffCaseRequest) -> Result<StrikeOffCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, Command::StrikeOff).await?;
            Ok(StrikeOffCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
