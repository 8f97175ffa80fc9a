//! The methods of `CasePeerService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::case_peer_service_server::CasePeerService;
use sanben_proto::ledger::{GetReplyRequest, GetReplyResponse, RecordVerdictRequest, RecordVerdictResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::case::handling::record_verdict;

#[async_trait]
impl CasePeerService for Api {
    async fn get_reply(&self, request: Request<GetReplyRequest>) -> Answer<GetReplyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_verdict::get_reply(&self.ledger, &call, input).await)
    }

    async fn record_verdict(&self, request: Request<RecordVerdictRequest>) -> Answer<RecordVerdictResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_verdict::run(&self.ledger, &call, input).await)
    }
}
