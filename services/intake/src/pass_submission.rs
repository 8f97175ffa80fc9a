use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{PassSubmissionRequest, PassSubmissionResponse};

use crate::submission::Command;
use crate::{convert, triage};

/// Passes a submission to another authority; both numbers are kept.
pub async fn run(app: &App, call: &Call, input: PassSubmissionRequest) -> Result<PassSubmissionResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let command = Command::Pass { authority: input.authority.clone(), number: input.authority_number.clone() };
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        Ok(PassSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
