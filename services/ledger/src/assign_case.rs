use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AssignCaseRequest, AssignCaseResponse, DocumentKind};

use crate::case::Command;
use crate::verb::{Target, add_paper, carry_out_with};
use crate::{convert, error};

/// Hands a registered case to its lead unit, with assisting units.
pub async fn run(app: &App, call: &Call, input: AssignCaseRequest) -> Result<AssignCaseResponse, Error> {
    let assisting = (0..)
        .zip(&input.assisting_unit_ids)
        .map(|(index, unit): (usize, _)| chain(app, &format!("assisting_unit_ids[{index}]"), unit))
        .collect::<Result<Vec<_>, _>>()?;
    if !input.lead_unit_id.is_empty() {
        chain(app, "lead_unit_id", &input.lead_unit_id)?;
    }
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out_with(
            tx,
            app,
            call,
            &target,
            |_| Role::Chief,
            async |_: &mut Tx, case| {
                let lead = if input.lead_unit_id.is_empty() { &case.lead_unit } else { &input.lead_unit_id };
                Ok(Command::Assign { lead: chain(app, "lead_unit_id", lead)?, assisting })
            },
        )
        .await?;
        add_paper(tx, app, call, &case, DocumentKind::Instruction, &input.instruction).await?;
        Ok(AssignCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}

/// A unit and those above it.
fn chain(app: &App, field: &str, unit: &str) -> Result<Vec<String>, Error> {
    let chain: Vec<String> = app.org.chain(unit).into_iter().map(|unit| unit.id.clone()).collect();
    if chain.is_empty() { Err(error::unit_unknown(field, unit).into()) } else { Ok(chain) }
}
