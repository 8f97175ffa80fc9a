use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::intake::{AcknowledgePraiseRequest, AcknowledgePraiseResponse};
use sanben_proto::kinds::ErrorReason;

use crate::submission::{Command, Praise};
use crate::{convert, error, triage};

/// Records praise for a unit; the ledger hears of it and keeps it apart from the books.
pub async fn run(app: &App, call: &Call, input: AcknowledgePraiseRequest) -> Result<AcknowledgePraiseResponse, Error> {
    if app.org.unit(&input.unit_id).is_none() {
        return Err(error::unit_unknown("unit_id", &input.unit_id).into());
    }
    if input.summary.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "summary", Problem::blank()).into());
    }
    app.write(call, async |tx: &mut Tx| {
        let command = Command::Acknowledge(Praise { unit: input.unit_id, summary: input.summary });
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        Ok(AcknowledgePraiseResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
