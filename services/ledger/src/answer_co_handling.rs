use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_id};
use sanben_proto::ledger::{AnswerCoHandlingRequest, AnswerCoHandlingResponse, DocumentKind};

use crate::case::Command;
use crate::case::co_handling::asked_of;
use crate::co_handlings::{addressed, shown};
use crate::store::{self, Document, co_handlings};
use crate::verb::{give, paper};

/// Answers what an authority outside the bureau was asked for, by its own system. What others were asked for is not there.
pub async fn run(app: &App, call: &Call, input: AnswerCoHandlingRequest) -> Result<AnswerCoHandlingResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let number = usize::try_from(input.number).unwrap_or_default();
    app.write(call, async |tx: &mut Tx| {
        store::take_turn(tx, id).await?;
        let found = store::find(tx, id).await?;
        let case = app.permit(call, found, |case| addressed(call, case, number))?;
        let authority = asked_of(&case, number, &call.caller.person).map(|asked| asked.authority.clone()).unwrap_or_default();
        let command = async |_: &mut Tx, _: &_| Ok(Command::AnswerCoHandling { number });
        let case = give(tx, app, call, case, |_| Role::DepartmentSystem, command).await?;
        let said = paper(app, call, &case, DocumentKind::CoHandlingAnswer, &input.text);
        store::insert_document(tx, case.id, &Document { unit: String::new(), authority, ..said }).await?;
        co_handlings::answered(tx, case.id, number).await?;
        let asked = co_handlings::find(tx, case.id, number).await?;
        Ok(AnswerCoHandlingResponse { co_handling: asked.as_ref().map(shown) })
    })
    .await
}
