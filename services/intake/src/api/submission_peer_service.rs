//! The methods of `SubmissionPeerService`.

use sanben_host::{answer, open};
use sanben_proto::intake::submission_peer_service_server::SubmissionPeerService;
use sanben_proto::intake::{
    GetMailboxRequest, GetMailboxResponse, GetProposalRequest, GetProposalResponse, ResolveReceiptRequest, ResolveReceiptResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{get_mailbox, propose_submission, receipt};

#[async_trait]
impl SubmissionPeerService for Api {
    async fn get_proposal(&self, request: Request<GetProposalRequest>) -> Answer<GetProposalResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, propose_submission::get(&self.0, &call, input).await)
    }

    async fn resolve_receipt(&self, request: Request<ResolveReceiptRequest>) -> Answer<ResolveReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, receipt::resolve(&self.0, &call, input).await)
    }

    async fn get_mailbox(&self, request: Request<GetMailboxRequest>) -> Answer<GetMailboxResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, get_mailbox::run(&self.0, &call, input).await)
    }
}
