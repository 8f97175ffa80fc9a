use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::{GiveVerdictRequest, GiveVerdictResponse};
use sanben_proto::ledger::RecordVerdictRequest;
use sanben_proto::ledger::case_peer_service_client::CasePeerServiceClient;

use crate::{error, receipt};

/// Hands the person's verdict to the ledger, which decides whether it counts. Nothing changes here, so a repetition is the ledger's
/// to recognise, by the same request id.
pub async fn run(app: &App, call: &Call, input: GiveVerdictRequest) -> Result<GiveVerdictResponse, Error> {
    let submission = app.db.read(async |tx: &mut Tx| receipt::chosen(tx, &input.receipt_code, input.part).await).await?;
    let case_id = submission.case_id.ok_or_else(error::no_reply_yet)?;
    let mut ledger = CasePeerServiceClient::new(app.peers.for_service_on("ledger", call));
    ledger
        .record_verdict(RecordVerdictRequest {
            request_id: input.request_id,
            case_id: case_id.to_string(),
            etag: String::new(),
            submission_id: submission.id.to_string(),
            round: input.round,
            verdict: input.verdict,
        })
        .await?;
    Ok(GiveVerdictResponse { receipt: Some(receipt::read(app, call, &input.receipt_code).await?) })
}
