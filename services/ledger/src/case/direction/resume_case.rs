use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, ResumeCaseRequest, ResumeCaseResponse};

use sanben_ledger_rules::case::{Case, Command};

use crate::case::{
    act::{Target, add_document, carry_out_with, say_something},
    ledger::Ledger,
    view,
};

/// Lets the clock of a case run again.
pub async fn run(ledger: &Ledger, call: &Call, input: ResumeCaseRequest) -> Result<ResumeCaseResponse, Error> {
    say_something(&[("reason", &input.reason)])?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let handles = |case: &Case| case.state.handler() == Some(call.caller.person.as_str());
            let role = |case: &Case| if handles(case) { Role::Handler } else { Role::Chief };
            let case = carry_out_with(tx, ledger, call, &target, role, async |_: &mut Tx, _: &Case| Ok(Command::Resume)).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Resumption, &input.reason).await?;
            Ok(ResumeCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
