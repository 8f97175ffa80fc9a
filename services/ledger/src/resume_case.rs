use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, ResumeCaseRequest, ResumeCaseResponse};

use crate::case::{Case, Command};
use crate::convert;
use crate::standing::say_something;
use crate::verb::{Target, add_document, carry_out_with};

/// Lets the clock of a case run again.
pub async fn run(app: &App, call: &Call, input: ResumeCaseRequest) -> Result<ResumeCaseResponse, Error> {
    say_something(&[("reason", &input.reason)])?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let handles = |case: &Case| case.state.handler() == Some(call.caller.person.as_str());
        let role = |case: &Case| if handles(case) { Role::Handler } else { Role::Chief };
        let case = carry_out_with(tx, app, call, &target, role, async |_: &mut Tx, _: &Case| Ok(Command::Resume)).await?;
        add_document(tx, app, call, &case, DocumentKind::Resumption, &input.reason).await?;
        Ok(ResumeCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
