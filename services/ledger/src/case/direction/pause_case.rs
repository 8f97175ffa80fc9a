use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, PauseCaseRequest, PauseCaseResponse};

use sanben_ledger_rules::case::{Case, Command};

use crate::case::{
    act::{Target, add_document, carry_out_with, finish_until, say_something},
    ledger::Ledger,
    view,
};

/// Lets the clock of a case stand still.
pub async fn run(ledger: &Ledger, call: &Call, input: PauseCaseRequest) -> Result<PauseCaseResponse, Error> {
    say_something(&[("authority", &input.authority)])?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = async |_: &mut Tx, case: &Case| {
                let (ground, authority, reason) = (input.ground(), input.authority.clone(), input.reason.clone());
                Ok(Command::Pause { ground, authority, reason, due: finish_until(ledger, case, call.now) })
            };
            let case = carry_out_with(tx, ledger, call, &target, |_| Role::Chief, command).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Pause, &input.reason).await?;
            Ok(PauseCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
