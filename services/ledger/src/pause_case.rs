use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, PauseCaseRequest, PauseCaseResponse};

use crate::case::{Case, Command};
use crate::convert;
use crate::standing::say_something;
use crate::verb::{Target, add_document, carry_out_with, finish_until};

/// Lets the clock of a case stand still.
pub async fn run(app: &App, call: &Call, input: PauseCaseRequest) -> Result<PauseCaseResponse, Error> {
    say_something(&[("authority", &input.authority)])?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = async |_: &mut Tx, case: &Case| {
            let (ground, authority, reason) = (input.ground(), input.authority.clone(), input.reason.clone());
            Ok(Command::Pause { ground, authority, reason, due: finish_until(app, case, call.now) })
        };
        let case = carry_out_with(tx, app, call, &target, |_| Role::Chief, command).await?;
        add_document(tx, app, call, &case, DocumentKind::Pause, &input.reason).await?;
        Ok(PauseCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
