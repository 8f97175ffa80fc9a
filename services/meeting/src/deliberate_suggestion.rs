use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::meeting::{DeliberateSuggestionRequest, DeliberateSuggestionResponse};

use crate::agenda::Target;
use crate::suggestion::Command;
use crate::{agenda, convert};

/// Records the deliberation on a suggestion (一事一商议).
pub async fn run(app: &App, call: &Call, input: DeliberateSuggestionRequest) -> Result<DeliberateSuggestionResponse, Error> {
    agenda::say_something(&[("deliberation", &input.deliberation), ("evidence", &input.evidence)])?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { suggestion_id: &input.suggestion_id, etag: &input.etag, evidence: &input.evidence };
        let command = Command::Deliberate { deliberation: input.deliberation.clone() };
        let suggestion = agenda::settle(tx, app, call, target, command).await?;
        Ok(DeliberateSuggestionResponse { suggestion: Some(convert::suggestion(&suggestion)) })
    })
    .await
}
