use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{RegisterCaseRequest, RegisterCaseResponse};

use crate::case::Command;
use crate::verb::{Target, carry_out_with};
use crate::{checklists, convert, number};

/// Lets a case into its book: it gets its number, and the checklists by which it is judged.
pub async fn run(app: &App, call: &Call, input: RegisterCaseRequest) -> Result<RegisterCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let year = call.now.date().year();
        let case = carry_out_with(
            tx,
            app,
            call,
            &target,
            |_| Role::Chief,
            async |tx: &mut Tx, case| {
                let number = number::new(tx, &app.clock, case.book(), year).await?;
                Ok(Command::Register { number, checklists: checklists::applying_to(tx, case.opening.origin).await? })
            },
        )
        .await?;
        Ok(RegisterCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
