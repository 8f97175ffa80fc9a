use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, parse_id};
use sanben_proto::ledger::{AnswerCoHandlingRequest, AnswerCoHandlingResponse, DocumentKind};

use sanben_ledger_rules::case::{Command, co_handling::asked_of};

use crate::case::{
    act::{give, paper},
    ledger::Ledger,
    store::{self, Document},
};
use crate::co_handling::{addressed, shown, store as co_handlings};

/// Answers what an authority outside the bureau was asked for, by its own system. What others were asked for is not there.
pub async fn run(ledger: &Ledger, call: &Call, input: AnswerCoHandlingRequest) -> Result<AnswerCoHandlingResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let number = usize::try_from(input.number).unwrap_or_default();
    ledger
        .write(call, async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let found = store::find(tx, id).await?;
            let case = ledger.permit(call, found, |case| addressed(call, case, number))?;
            let authority = asked_of(&case, number, &call.caller.person).map(|asked| asked.authority.clone()).unwrap_or_default();
            let command = async |_: &mut Tx, _: &_| Ok(Command::AnswerCoHandling { number });
            let case = give(tx, ledger, call, case, |_| Role::DepartmentSystem, command).await?;
            let said = paper(ledger, call, &case, DocumentKind::CoHandlingAnswer, &input.text);
            store::insert_document(tx, case.id, &Document { unit: String::new(), authority, ..said }).await?;
            co_handlings::answered(tx, case.id, number).await?;
            let asked = co_handlings::find(tx, case.id, number).await?;
            Ok(AnswerCoHandlingResponse { co_handling: asked.as_ref().map(shown) })
        })
        .await
}
