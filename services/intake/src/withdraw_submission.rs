use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{WithdrawSubmissionRequest, WithdrawSubmissionResponse};

use crate::submission::{Command, decide};
use crate::{receipt, triage};

/// Takes a submission back before it is proposed; the code then opens nothing.
pub async fn run(app: &App, call: &Call, input: WithdrawSubmissionRequest) -> Result<WithdrawSubmissionResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let mut submission = receipt::taken(tx, &input.receipt_code, input.part).await?;
        let event = decide(&submission, Command::Withdraw).map_err(sanben_host::Refusal::from)?;
        triage::happen(tx, app, call.now, &call.actor(&[Role::Citizen]), &mut submission, event).await?;
        Ok(WithdrawSubmissionResponse {})
    })
    .await
}
