//! The methods of `VisitService`.

use sanben_host::{answer, open};
use sanben_proto::liaison::visit_service_server::VisitService;
use sanben_proto::liaison::{
    GetVisitRequest, GetVisitResponse, ListVisitsRequest, ListVisitsResponse, PlanVisitRequest, PlanVisitResponse,
    RecordVisitRequest, RecordVisitResponse, RecordVoiceRequest, RecordVoiceResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{plan_visit, record_visit, record_voice, visits};

#[async_trait]
impl VisitService for Api {
    async fn plan_visit(&self, request: Request<PlanVisitRequest>) -> Answer<PlanVisitResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, plan_visit::run(&self.0, &call, input).await)
    }

    async fn get_visit(&self, request: Request<GetVisitRequest>) -> Answer<GetVisitResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, visits::get(&self.0, &call, input).await)
    }

    async fn list_visits(&self, request: Request<ListVisitsRequest>) -> Answer<ListVisitsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, visits::list(&self.0, &call, input).await)
    }

    async fn record_visit(&self, request: Request<RecordVisitRequest>) -> Answer<RecordVisitResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_visit::run(&self.0, &call, input).await)
    }

    async fn record_voice(&self, request: Request<RecordVoiceRequest>) -> Answer<RecordVoiceResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_voice::run(&self.0, &call, input).await)
    }
}
