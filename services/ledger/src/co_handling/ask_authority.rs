use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{AskAuthorityRequest, AskAuthorityResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, carry_out, coming_day, paper},
    ledger::Ledger,
    store::{self, Document},
    view,
};
use crate::co_handling::store as co_handlings;

/// Asks an authority outside the bureau to take part in a case.
pub async fn run(ledger: &Ledger, call: &Call, input: AskAuthorityRequest) -> Result<AskAuthorityResponse, Error> {
    let due = coming_day(call, "due_date", &input.due_date)?;
    if input.authority.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "authority", Problem::missing()).into());
    }
    if input.system_id.chars().any(char::is_whitespace) {
        return Err(Refusal::field(ErrorReason::InvalidFields, "system_id", Problem::new("problem-person-id")).into());
    }
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let AskAuthorityRequest { authority, system_id: system, .. } = input.clone();
            let command = Command::AskAuthority { authority, system, due };
            let case = carry_out(tx, ledger, call, &target, Role::Chief, command).await?;
            let said = paper(ledger, call, &case, DocumentKind::CoHandling, &input.request);
            let document = Document { authority: input.authority.clone(), ..said };
            store::insert_document(tx, case.id, &document).await?;
            let number = case.co_handlings.len();
            co_handlings::insert(tx, ledger.clock.id(), case.id, number, &input.system_id, document.id, call.now).await?;
            Ok(AskAuthorityResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
