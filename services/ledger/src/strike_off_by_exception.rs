use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_date};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{DocumentKind, StrikeOffByExceptionRequest, StrikeOffByExceptionResponse, Superior};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_paper, carry_out};

/// Strikes a case off although the person did not confirm, for reasons and one level up.
pub async fn run(app: &App, call: &Call, input: StrikeOffByExceptionRequest) -> Result<StrikeOffByExceptionResponse, Error> {
    if let Some(superior) = &input.superior {
        check(call, superior)?;
    }
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::StrikeOffByException { reason: input.reason.clone(), superior: input.superior.is_some() };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        add_paper(tx, app, call, &case, DocumentKind::Exception, &paper(&input)).await?;
        Ok(StrikeOffByExceptionResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}

/// What no annotation can say.
fn check(call: &Call, superior: &Superior) -> Result<(), Error> {
    let wrong = |field: &str, problem: Problem| Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    for (field, text) in [("authority", &superior.authority), ("document_number", &superior.document_number)] {
        if text.trim().is_empty() {
            return wrong(&format!("superior.{field}"), Problem::blank());
        }
    }
    if Ts::start_of(parse_date("superior.document_date", &superior.document_date)?) > call.now {
        return wrong("superior.document_date", Problem::future());
    }
    Ok(())
}

/// The reason, and under it the decision from outside.
fn paper(input: &StrikeOffByExceptionRequest) -> String {
    let Some(superior) = &input.superior else { return input.reason.clone() };
    let Superior { authority, document_number, document_date } = superior;
    format!("{}\n{authority} {document_number} {document_date}", input.reason)
}
