use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, StrikeOffCaseByExceptionRequest, StrikeOffCaseByExceptionResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    superior, view,
};

/// Strikes a case off although the person did not confirm, for reasons and one level up.
pub async fn run(
    ledger: &Ledger,
    call: &Call,
    input: StrikeOffCaseByExceptionRequest,
) -> Result<StrikeOffCaseByExceptionResponse, Error> {
    superior::check(call, input.superior.as_ref())?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::StrikeOffByException { reason: input.reason.clone(), superior: input.superior.is_some() };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            let paper = superior::paper(&input.reason, input.superior.as_ref());
            add_document(tx, ledger, call, &case, DocumentKind::Exception, &paper).await?;
            Ok(StrikeOffCaseByExceptionResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
