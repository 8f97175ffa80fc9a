use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_id};
use sanben_proto::meeting::{AnswerInvitationRequest, AnswerInvitationResponse};

use crate::agenda;
use crate::meeting::Command;

/// Records what somebody invited answered; the last answer counts.
pub async fn run(app: &App, call: &Call, input: AnswerInvitationRequest) -> Result<AnswerInvitationResponse, Error> {
    let invitation = parse_id("invitation_id", &input.invitation_id)?;
    app.write(call, async |tx: &mut Tx| {
        let command = Command::Answer { invitation, answer: input.answer() };
        let meeting = agenda::carry_out(tx, app, call, &input.meeting_id, &input.etag, command).await?;
        Ok(AnswerInvitationResponse { meeting: Some(meeting) })
    })
    .await
}
