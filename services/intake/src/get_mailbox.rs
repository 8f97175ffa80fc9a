use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal, parse_id};
use sanben_proto::intake::{GetMailboxRequest, GetMailboxResponse};

use crate::store;
use crate::submission::State;
use crate::vault::{self, Item};

/// Tells the notification service where notices of a submission go by mail. What it sends there stands in its own history.
pub async fn run(app: &App, _: &Call, input: GetMailboxRequest) -> Result<GetMailboxResponse, Error> {
    let id = parse_id("submission_id", &input.submission_id)?;
    app.db
        .read(async |tx: &mut Tx| {
            let submission = store::find(tx, id).await?.ok_or_else(Refusal::not_found)?;
            let email = match submission.state {
                State::Withdrawn => None,
                _ => vault::get(tx, app, submission.party_ref, Item::Email).await?,
            };
            Ok(GetMailboxResponse { email: email.unwrap_or_default(), language: submission.language })
        })
        .await
}
