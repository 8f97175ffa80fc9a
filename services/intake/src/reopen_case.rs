use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::intake::{ReopenCaseRequest, ReopenCaseResponse};
use sanben_proto::kinds::ErrorReason;

use crate::submission::{Command, decide};
use crate::vault::Item;
use crate::{receipt, reply, triage, vault};

/// Has a matter taken up again. What the person says goes to the vault; the ledger hears of it by the event.
pub async fn run(app: &App, call: &Call, input: ReopenCaseRequest) -> Result<ReopenCaseResponse, Error> {
    if input.reason.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "reason", Problem::blank()).into());
    }
    let submission = app.db.read(async |tx: &mut Tx| receipt::chosen(tx, &input.receipt_code, input.part).await).await?;
    let case = reply::of_case(app, call, &submission).await?;
    let (reply, is_final) = (reply::all(app, &submission, &case).await?.open_to_objection(), case.r#final);
    app.write(call, async |tx: &mut Tx| {
        let mut submission = receipt::taken(tx, &input.receipt_code, input.part).await?;
        let command = Command::Reopen { reply, is_final, now: call.now };
        let event = decide(&submission, command).map_err(Refusal::from)?;
        triage::happen(tx, app, call.now, &call.actor(&[Role::Citizen]), &mut submission, event).await?;
        let item = Item::Reopening(submission.reopenings);
        vault::put(tx, app, submission.party_ref, submission.id, item, &input.reason).await?;
        Ok(ReopenCaseResponse { receipt: None })
    })
    .await?;
    Ok(ReopenCaseResponse { receipt: Some(receipt::read(app, call, &input.receipt_code).await?) })
}
