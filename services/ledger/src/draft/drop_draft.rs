use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DropDraftRequest, DropDraftResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out},
    ledger::Ledger,
    view,
};

/// Decides against what a clock has drafted.
pub async fn run(ledger: &Ledger, call: &Call, input: DropDraftRequest) -> Result<DropDraftResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::DropDraft { number: input.draft_number, reason: input.reason.clone() };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            Ok(DropDraftResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
