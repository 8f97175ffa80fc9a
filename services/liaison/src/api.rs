//! The methods: decode, call, encode.

use sanben_host::{App, answer, open};
use sanben_proto::liaison::liaison_service_server::LiaisonService;
use sanben_proto::liaison::*;
use tonic::{Request, Response, Status, async_trait};

use crate::{create_pair, pairs, plan_visit, record_visit, record_voice, visits};

pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl LiaisonService for Api {
    async fn create_pair(&self, request: Request<CreatePairRequest>) -> Answer<CreatePairResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, create_pair::run(&self.0, &call, input).await)
    }

    async fn get_pair(&self, request: Request<GetPairRequest>) -> Answer<GetPairResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, pairs::get(&self.0, &call, input).await)
    }

    async fn list_pairs(&self, request: Request<ListPairsRequest>) -> Answer<ListPairsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, pairs::list(&self.0, &call, input).await)
    }

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
