use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AssignCaseUrgentlyRequest, AssignCaseUrgentlyResponse};

use crate::assign_case::{Order, hand_out};
use crate::case::Command;
use crate::convert;
use crate::verb::{Target, chains, lead};

/// Hands an urgent case out before a chief has signed.
pub async fn run(app: &App, call: &Call, input: AssignCaseUrgentlyRequest) -> Result<AssignCaseUrgentlyResponse, Error> {
    let assisting = chains(app, "assisting_unit_ids", &input.assisting_unit_ids)?;
    let lead = lead(app, &input.lead_unit_id)?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let order = Order { role: Role::DutyOfficer, lead, instruction: &input.instruction };
        let case = hand_out(tx, app, call, &target, order, |lead| Command::AssignUrgently { lead, assisting }).await?;
        Ok(AssignCaseUrgentlyResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
