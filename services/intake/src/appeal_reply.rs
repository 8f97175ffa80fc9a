use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::intake::{AppealReplyRequest, AppealReplyResponse};
use sanben_proto::kinds::ErrorReason;

use crate::submission::{Command, decide};
use crate::vault::Item;
use crate::{receipt, reply, triage, vault};

/// Has a superior look at the reply. What the person says goes to the vault; the ledger hears of it by the event.
pub async fn run(app: &App, call: &Call, input: AppealReplyRequest) -> Result<AppealReplyResponse, Error> {
    if input.reason.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "reason", Problem::blank()).into());
    }
    let submission = app.db.read(async |tx: &mut Tx| receipt::chosen(tx, &input.receipt_code, input.part).await).await?;
    let case = reply::of_case(app, call, &submission).await?;
    app.write(call, async |tx: &mut Tx| {
        let mut submission = receipt::taken(tx, &input.receipt_code, input.part).await?;
        let command = Command::Appeal { right: reply::appealable(&case), is_final: case.r#final, now: call.now };
        let event = decide(&submission, command).map_err(Refusal::from)?;
        triage::happen(tx, app, call.now, &call.actor(&[Role::Citizen]), &mut submission, event).await?;
        vault::put(tx, app, submission.party_ref, submission.id, Item::Appeal(submission.appeals), &input.reason).await?;
        Ok(AppealReplyResponse { receipt: None })
    })
    .await?;
    Ok(AppealReplyResponse { receipt: Some(receipt::read(app, call, &input.receipt_code).await?) })
}
