use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::intake::{DetachReceiptRequest, DetachReceiptResponse, DetachSubmissionRequest, DetachSubmissionResponse};
use sanben_proto::kinds::ErrorReason;

use crate::submission::{Command, decide};
use crate::{convert, receipt, reply, triage};

/// Detaches a matter from the case that it was joined to, because its person wants it handled by itself.
pub async fn by_person(app: &App, call: &Call, input: DetachReceiptRequest) -> Result<DetachReceiptResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let mut submission = receipt::taken(tx, &input.receipt_code, input.part).await?;
        let command = Command::Detach { by_person: true, replied: false, reason: String::new() };
        let event = decide(&submission, command).map_err(Refusal::from)?;
        triage::happen(tx, app, call.now, &call.actor(&[Role::Citizen]), &mut submission, event).await?;
        Ok(DetachReceiptResponse { receipt: None })
    })
    .await?;
    Ok(DetachReceiptResponse { receipt: Some(receipt::read(app, call, &input.receipt_code).await?) })
}

/// Undoes a joining that was a mistake.
pub async fn by_desk(app: &App, call: &Call, input: DetachSubmissionRequest) -> Result<DetachSubmissionResponse, Error> {
    if input.reason.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "reason", Problem::blank()).into());
    }
    if let Some(first) = app.answered(call).await? {
        return Ok(first);
    }
    let id = parse_id("submission_id", &input.submission_id)?;
    let before = app.db.read(async |tx: &mut Tx| triage::visible(tx, app, call, id).await).await?;
    let case = reply::of_case(app, call, &before).await?;
    let replied = case.reply.is_some() || !case.earlier_replies.is_empty();
    app.write(call, async |tx: &mut Tx| {
        let command = Command::Detach { by_person: false, replied, reason: input.reason };
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        Ok(DetachSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
