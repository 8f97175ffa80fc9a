use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal, parse_id};
use sanben_proto::intake::RegisterPartyRequest;
use sanben_proto::intake::vault_service_client::VaultServiceClient;
use sanben_proto::meeting::{InvitationAnswer, InvitePersonRequest, InvitePersonResponse};
use uuid::Uuid;

use crate::meeting::{self, Command, Invitation};
use crate::{agenda, convert};

/// Invites somebody; name and contact go to the vault.
pub async fn run(app: &App, call: &Call, input: InvitePersonRequest) -> Result<InvitePersonResponse, Error> {
    // A refusal counts only after the claim: a repetition gets its first answer, however the meeting has moved on since.
    let registered = register(app, call, &input).await;
    app.write(call, async |tx: &mut Tx| {
        let invitation = Invitation {
            id: app.clock.id(),
            category: input.category(),
            party_ref: registered?,
            answer: InvitationAnswer::Unspecified,
            attended: false,
        };
        let command = Command::Invite(invitation.clone());
        let meeting = agenda::carry_out(tx, app, call, &input.meeting_id, &input.etag, command).await?;
        Ok(InvitePersonResponse { meeting: Some(meeting), invitation: Some(convert::invitation(&invitation)) })
    })
    .await
}

/// Enters the person into the vault, if the meeting can take them.
async fn register(app: &App, call: &Call, input: &InvitePersonRequest) -> Result<Uuid, Error> {
    app.db
        .read(async |tx: &mut Tx| {
            let meeting = agenda::visible_meeting(tx, app, call, &input.meeting_id, &input.etag).await?;
            meeting::may_invite(&meeting).map_err(|refusal| Error::from(Refusal::from(refusal)))
        })
        .await?;
    let mut intake = VaultServiceClient::new(app.peers.for_caller("intake", call));
    let request = RegisterPartyRequest { request_id: input.request_id.clone(), party: input.party.clone() };
    parse_id("party_ref", &intake.register_party(request).await?.into_inner().party_ref)
}
