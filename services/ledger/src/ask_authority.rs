use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{AskAuthorityRequest, AskAuthorityResponse, DocumentKind};

use crate::case::Command;
use crate::store::{Document, co_handlings};
use crate::verb::{Target, carry_out, coming_day, paper};
use crate::{convert, store};

/// Asks an authority outside the bureau to take part in a case.
pub async fn run(app: &App, call: &Call, input: AskAuthorityRequest) -> Result<AskAuthorityResponse, Error> {
    let due = coming_day(call, "due_date", &input.due_date)?;
    if input.authority.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "authority", Problem::missing()).into());
    }
    if input.system_id.chars().any(char::is_whitespace) {
        return Err(Refusal::field(ErrorReason::InvalidFields, "system_id", Problem::new("problem-person-id")).into());
    }
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let AskAuthorityRequest { authority, system_id: system, .. } = input.clone();
        let command = Command::AskAuthority { authority, system, due };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        let said = paper(app, call, &case, DocumentKind::CoHandling, &input.request);
        let document = Document { authority: input.authority.clone(), ..said };
        store::insert_document(tx, case.id, &document).await?;
        let number = case.co_handlings.len();
        co_handlings::insert(tx, app.clock.id(), case.id, number, &input.system_id, document.id, call.now).await?;
        Ok(AskAuthorityResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
