use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::meeting::{RecordEvidenceRequest, RecordEvidenceResponse};

use crate::agenda::Target;
use crate::suggestion::Command;
use crate::{agenda, convert};

/// Records the evidence of supervision, feedback or publication (一事一督办、一事一反馈、一事一公开).
pub async fn run(app: &App, call: &Call, input: RecordEvidenceRequest) -> Result<RecordEvidenceResponse, Error> {
    agenda::say_something(&[("evidence", &input.evidence)])?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { suggestion_id: &input.suggestion_id, etag: &input.etag, evidence: &input.evidence };
        let command = Command::RecordEvidence { one: input.one() };
        let suggestion = agenda::settle(tx, app, call, target, command).await?;
        Ok(RecordEvidenceResponse { suggestion: Some(convert::suggestion(&suggestion)) })
    })
    .await
}
