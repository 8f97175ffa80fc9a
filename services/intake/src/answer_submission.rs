use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{AnswerSubmissionRequest, AnswerSubmissionResponse};

use crate::submission::Command;
use crate::{convert, store, triage};

/// Answers a question at the desk.
pub async fn run(app: &App, call: &Call, input: AnswerSubmissionRequest) -> Result<AnswerSubmissionResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, Command::Answer).await?;
        store::insert_answer(tx, submission.id, &input.text, call.now).await?;
        Ok(AnswerSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
