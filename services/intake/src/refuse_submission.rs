use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{RefuseSubmissionRequest, RefuseSubmissionResponse};

use crate::submission::Command;
use crate::{convert, store, triage};

/// Refuses a submission with a reason that the person reads.
pub async fn run(app: &App, call: &Call, input: RefuseSubmissionRequest) -> Result<RefuseSubmissionResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, Command::Refuse).await?;
        store::insert_answer(tx, submission.id, &input.reason, call.now).await?;
        Ok(RefuseSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
