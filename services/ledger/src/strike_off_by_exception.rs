use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, StrikeOffCaseByExceptionRequest, StrikeOffCaseByExceptionResponse};

use crate::case::Command;
use crate::verb::{Target, add_document, carry_out};
use crate::{convert, superior};

/// Strikes a case off although the person did not confirm, for reasons and one level up.
pub async fn run(
    app: &App,
    call: &Call,
    input: StrikeOffCaseByExceptionRequest,
) -> Result<StrikeOffCaseByExceptionResponse, Error> {
    superior::check(call, input.superior.as_ref())?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::StrikeOffByException { reason: input.reason.clone(), superior: input.superior.is_some() };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        let paper = superior::paper(&input.reason, input.superior.as_ref());
        add_document(tx, app, call, &case, DocumentKind::Exception, &paper).await?;
        Ok(StrikeOffCaseByExceptionResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
