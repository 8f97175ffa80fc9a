use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{SealReceiptRequest, SealReceiptResponse};

use crate::submission::Command;
use crate::{convert, triage};

/// Closes a receipt code that has become known to somebody else.
pub async fn run(app: &App, call: &Call, input: SealReceiptRequest) -> Result<SealReceiptResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let command = Command::SealReceipt { reason: input.reason.clone() };
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        Ok(SealReceiptResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
