use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{RegisterCaseRequest, RegisterCaseResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out_with},
    ledger::Ledger,
    number, view,
};
use crate::catalogue::checklist;

/// Lets a case into its book: it gets its number, and the checklists by which it is judged.
pub async fn run(ledger: &Ledger, call: &Call, input: RegisterCaseRequest) -> Result<RegisterCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let year = call.now.date().year();
            let case = carry_out_with(
                tx,
                ledger,
                call,
                &target,
                |_| Role::Chief,
                async |tx: &mut Tx, case| {
                    let number = number::new(tx, &ledger.clock, case.book(), year).await?;
                    Ok(Command::Register { number, checklists: checklist::applying_to(tx, case.opening.origin).await? })
                },
            )
            .await?;
            Ok(RegisterCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
