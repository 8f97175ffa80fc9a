use std::collections::HashSet;

use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{DocumentKind, ExamineAccountabilityRequest, ExamineAccountabilityResponse};

use sanben_ledger_rules::case::{Accounted, Command};

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    store::accountability,
    view,
};

/// Records what the examination of accountability found, and for whom; it may find nothing.
pub async fn run(
    ledger: &Ledger,
    call: &Call,
    input: ExamineAccountabilityRequest,
) -> Result<ExamineAccountabilityResponse, Error> {
    let persons = accounted(&input)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case =
                carry_out(tx, ledger, call, &target, Role::Office, Command::ExamineAccountability { persons: persons.clone() })
                    .await?;
            let rows: Vec<_> = persons.into_iter().map(|person| (ledger.clock.id(), person)).collect();
            accountability::set_accountabilities(tx, case.id, case.round, &rows, call.now).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Accountability, &input.finding).await?;
            Ok(ExamineAccountabilityResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// Those whose part was examined, each once.
fn accounted(input: &ExamineAccountabilityRequest) -> Result<Vec<Accounted>, Error> {
    if let Some(index) = input.persons.iter().position(|one| one.person_id.chars().any(char::is_whitespace)) {
        let (field, problem) = (format!("persons[{index}].person_id"), Problem::new("problem-person-id"));
        return Err(Refusal::field(ErrorReason::InvalidFields, &field, problem).into());
    }
    let mut known = HashSet::new();
    if let Some(index) = input.persons.iter().position(|one| !known.insert(&one.person_id)) {
        let (field, problem) = (format!("persons[{index}].person_id"), Problem::new("problem-person-twice"));
        return Err(Refusal::field(ErrorReason::InvalidFields, &field, problem).into());
    }
    Ok(input.persons.iter().map(|one| Accounted { person: one.person_id.clone(), measure: one.measure() }).collect())
}
