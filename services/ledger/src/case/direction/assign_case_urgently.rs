use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{AssignCaseUrgentlyRequest, AssignCaseUrgentlyResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, chains, lead},
    direction::assign_case::{Order, hand_out},
    ledger::Ledger,
    view,
};

/// Hands an urgent case out before a chief has signed.
pub async fn run(ledger: &Ledger, call: &Call, input: AssignCaseUrgentlyRequest) -> Result<AssignCaseUrgentlyResponse, Error> {
    let assisting = chains(ledger, "assisting_unit_ids", &input.assisting_unit_ids)?;
    let lead = lead(ledger, &input.lead_unit_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let order = Order { role: Role::DutyOfficer, lead, instruction: &input.instruction };
            let case = hand_out(tx, ledger, call, &target, order, |lead| Command::AssignUrgently { lead, assisting }).await?;
            Ok(AssignCaseUrgentlyResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
