//! The methods of `PairService`.

use sanben_host::{answer, open};
use sanben_proto::liaison::pair_service_server::PairService;
use sanben_proto::liaison::{
    CreatePairRequest, CreatePairResponse, GetPairRequest, GetPairResponse, ListPairsRequest, ListPairsResponse,
    ReplaceOfficerRequest, ReplaceOfficerResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{create_pair, pairs, replace_officer};

#[async_trait]
impl PairService for Api {
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

    async fn replace_officer(&self, request: Request<ReplaceOfficerRequest>) -> Answer<ReplaceOfficerResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, replace_officer::run(&self.0, &call, input).await)
    }
}
