//! The methods of `DeadlineService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::deadline_service_server::DeadlineService;
use sanben_proto::ledger::{
    ExplainDeadlineRequest, ExplainDeadlineResponse, GetPresetsRequest, GetPresetsResponse, PublishPresetsRequest,
    PublishPresetsResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{explain_deadline, get_presets, publish_presets};

#[async_trait]
impl DeadlineService for Api {
    async fn explain_deadline(&self, request: Request<ExplainDeadlineRequest>) -> Answer<ExplainDeadlineResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, explain_deadline::run(&self.app, &call, input).await)
    }

    async fn get_presets(&self, request: Request<GetPresetsRequest>) -> Answer<GetPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, get_presets::run(&self.app, &call, input).await)
    }

    async fn publish_presets(&self, request: Request<PublishPresetsRequest>) -> Answer<PublishPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, publish_presets::run(&self.app, &call, input).await)
    }
}
