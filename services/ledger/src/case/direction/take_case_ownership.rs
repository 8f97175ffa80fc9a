use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{TakeCaseOwnershipRequest, TakeCaseOwnershipResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Takes a case on in person.
pub async fn run(ledger: &Ledger, call: &Call, input: TakeCaseOwnershipRequest) -> Result<TakeCaseOwnershipResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, Command::TakeOwnership { duty: input.duty() }).await?;
            Ok(TakeCaseOwnershipResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
