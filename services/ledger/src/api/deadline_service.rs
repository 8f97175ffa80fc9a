//! The methods of `DeadlineService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::deadline_service_server::DeadlineService;
use sanben_proto::ledger::{
    ExplainDeadlineRequest, ExplainDeadlineResponse, GetPresetsRequest, GetPresetsResponse, PublishPresetsRequest,
    PublishPresetsResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::catalogue::preset::{get_presets, publish_presets};
use crate::deadline::explain_deadline;

#[async_trait]
impl DeadlineService for Api {
    async fn explain_deadline(&self, request: Request<ExplainDeadlineRequest>) -> Answer<ExplainDeadlineResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, explain_deadline::run(&self.ledger, &call, input).await)
    }

    async fn get_presets(&self, request: Request<GetPresetsRequest>) -> Answer<GetPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, get_presets::run(&self.ledger, &call, input).await)
    }

    async fn publish_presets(&self, request: Request<PublishPresetsRequest>) -> Answer<PublishPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, publish_presets::run(&self.ledger, &call, input).await)
    }
}
