use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{AssignCaseRequest, AssignCaseResponse, DocumentKind};

use sanben_ledger_rules::case::{Case, Chain, Command};

use crate::case::{
    act::{Target, add_document, carry_out_with, chain, chains, coming_day, lead},
    ledger::Ledger,
    view,
};

/// Hands a registered case to its lead unit, with assisting units.
pub async fn run(ledger: &Ledger, call: &Call, input: AssignCaseRequest) -> Result<AssignCaseResponse, Error> {
    let assist_due = match input.assist_due_date.as_str() {
        "" => String::new(),
        day => coming_day(call, "assist_due_date", day)?,
    };
    let assisting = chains(ledger, "assisting_unit_ids", &input.assisting_unit_ids)?;
    let lead = lead(ledger, &input.lead_unit_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let order = Order { role: Role::Chief, lead, instruction: &input.instruction };
            let case = hand_out(tx, ledger, call, &target, order, |lead| Command::Assign { lead, assisting, assist_due }).await?;
            Ok(AssignCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// What is ordered, and as whom.
pub struct Order<'a> {
    pub role: Role,
    /// None keeps the proposed one.
    pub lead: Option<Chain>,
    pub instruction: &'a str,
}

/// Hands a case out, with a paper that says what is expected.
pub async fn hand_out(
    tx: &mut Tx,
    ledger: &Ledger,
    call: &Call,
    target: &Target<'_>,
    order: Order<'_>,
    command: impl FnOnce(Chain) -> Command,
) -> Result<Case, Error> {
    let command = async |_: &mut Tx, case: &Case| {
        let proposed = || chain(ledger, "lead_unit_id", &case.lead_unit);
        Ok(command(order.lead.map_or_else(proposed, Ok)?))
    };
    let case = carry_out_with(tx, ledger, call, target, |_| order.role, command).await?;
    add_document(tx, ledger, call, &case, DocumentKind::Instruction, order.instruction).await?;
    Ok(case)
}
