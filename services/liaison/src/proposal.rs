//! What intake holds of something heard that was proposed to the ledger.

use sanben_bus::Fault;
use sanben_host::{App, Error};
use sanben_proto::intake::GetProposalRequest;
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use uuid::Uuid;

use crate::voice::Accused;

/// Whom the last proposal of a submission names as complained about; asked in the suite's own right.
pub async fn accused(app: &App, submission: Uuid) -> Result<Accused, Fault> {
    let mut intake = SubmissionPeerServiceClient::new(app.peers.for_service("intake"));
    let request = GetProposalRequest { submission_id: submission.to_string() };
    let answer = intake.get_proposal(request).await.map_err(Error::from)?.into_inner();
    let proposal = answer.proposal.ok_or(Error::Defect("intake answered without the proposal"))?;
    Ok(Accused { units: proposal.accused_unit_ids, persons: proposal.accused_person_ids })
}
