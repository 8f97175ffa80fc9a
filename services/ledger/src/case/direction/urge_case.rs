use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{PaperKind, Supervision};
use sanben_proto::ledger::{DocumentKind, UrgeCaseRequest, UrgeCaseResponse, UrgeForm};

use sanben_ledger_rules::case::{Case, Command};

use crate::case::{
    act::{Target, add_document, carry_out, chain, coming_day, say_something},
    ledger::Ledger,
    view,
};
use crate::paper;

/// Urges a unit that has to do with a case.
pub async fn run(ledger: &Ledger, call: &Call, input: UrgeCaseRequest) -> Result<UrgeCaseResponse, Error> {
    say_something(&[("text", &input.text)])?;
    chain(ledger, "unit_id", &input.unit_id)?;
    let due = coming_day(call, "due_date", &input.due_date)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let paper = match official(&input) {
                None => None,
                Some((kind, content)) => Some((kind, paper::new_number(tx, ledger, call, kind).await?, content)),
            };
            let number = paper.as_ref().map(|(kind, number, _)| (*kind, number.clone()));
            let command = Command::Urge { unit: input.unit_id.clone(), due, paper: number };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            keep(tx, ledger, call, &case, &input.text, paper.map(|(_, number, content)| (number, content))).await?;
            Ok(UrgeCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// Keeps what an urging says, and the paper that goes with it under its number.
pub async fn keep(
    tx: &mut Tx,
    ledger: &Ledger,
    call: &Call,
    case: &Case,
    text: &str,
    paper: Option<(String, Content)>,
) -> Result<(), Error> {
    add_document(tx, ledger, call, case, DocumentKind::Urging, text).await?;
    if let Some((number, content)) = paper {
        paper::keep(tx, ledger, call, case, &number, None, content).await?;
    }
    Ok(())
}

/// The order or letter that goes with it.
fn official(input: &UrgeCaseRequest) -> Option<(PaperKind, Content)> {
    let UrgeCaseRequest { unit_id, text, due_date, .. } = input.clone();
    let stub = Supervision { unit_id, requirement: text, due_date };
    match input.form() {
        UrgeForm::Unspecified => None,
        UrgeForm::Order => Some((PaperKind::SupervisionOrder, Content::SupervisionOrder(stub))),
        UrgeForm::Letter => Some((PaperKind::ReminderLetter, Content::ReminderLetter(stub))),
    }
}
