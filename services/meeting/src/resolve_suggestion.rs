use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::meeting::{ResolveSuggestionRequest, ResolveSuggestionResponse};

use crate::agenda::Target;
use crate::suggestion::Command;
use crate::{agenda, convert};

/// Records the resolution on a suggestion (决议).
pub async fn run(app: &App, call: &Call, input: ResolveSuggestionRequest) -> Result<ResolveSuggestionResponse, Error> {
    agenda::say_something(&[("resolution", &input.resolution)])?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { suggestion_id: &input.suggestion_id, etag: &input.etag, evidence: "" };
        let command = Command::Resolve { resolution: input.resolution.clone() };
        let suggestion = agenda::settle(tx, app, call, target, command).await?;
        Ok(ResolveSuggestionResponse { suggestion: Some(convert::suggestion(&suggestion)) })
    })
    .await
}
