use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AssignCaseRequest, AssignCaseResponse, DocumentKind};

use crate::case::due::assist_due;
use crate::case::{Case, Command};
use crate::convert;
use crate::verb::{Target, add_paper, carry_out_with, chain, chains, coming_day};

/// Hands a registered case to its lead unit, with assisting units.
pub async fn run(app: &App, call: &Call, input: AssignCaseRequest) -> Result<AssignCaseResponse, Error> {
    let assist_due = match input.assist_due_date.as_str() {
        "" => assist_due(&app.calendar, call.now),
        day => coming_day(call, "assist_due_date", day)?,
    };
    let assisting = chains(app, "assisting_unit_ids", &input.assisting_unit_ids)?;
    check_lead(app, &input.lead_unit_id)?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let order = Order { role: Role::Chief, lead: &input.lead_unit_id, instruction: &input.instruction };
        let case = hand_out(tx, app, call, &target, &order, |lead| Command::Assign { lead, assisting, assist_due }).await?;
        Ok(AssignCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}

/// What is ordered, and as whom.
pub struct Order<'a> {
    pub role: Role,
    /// Empty keeps the proposed one.
    pub lead: &'a str,
    pub instruction: &'a str,
}

/// Names the field before anything is looked up.
pub fn check_lead(app: &App, lead: &str) -> Result<(), Error> {
    if lead.is_empty() { Ok(()) } else { chain(app, "lead_unit_id", lead).map(drop) }
}

/// Hands a case out, with a paper that says what is expected.
pub async fn hand_out(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    target: &Target<'_>,
    order: &Order<'_>,
    command: impl FnOnce(Vec<String>) -> Command,
) -> Result<Case, Error> {
    let command = async |_: &mut Tx, case: &Case| {
        let lead = if order.lead.is_empty() { &case.lead_unit } else { order.lead };
        Ok(command(chain(app, "lead_unit_id", lead)?))
    };
    let case = carry_out_with(tx, app, call, target, |_| order.role, command).await?;
    add_paper(tx, app, call, &case, DocumentKind::Instruction, order.instruction).await?;
    Ok(case)
}
