//! The methods of `VaultService`.

use sanben_host::{answer, open};
use sanben_proto::intake::vault_service_server::VaultService;
use sanben_proto::intake::{
    ListReadingsRequest, ListReadingsResponse, ReadPartyRequest, ReadPartyResponse, ReadWordsRequest, ReadWordsResponse,
    RegisterPartyRequest, RegisterPartyResponse, SealReceiptRequest, SealReceiptResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{party, readings, seal_receipt};

#[async_trait]
impl VaultService for Api {
    async fn read_words(&self, request: Request<ReadWordsRequest>) -> Answer<ReadWordsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, readings::read_words(&self.0, &call, input).await)
    }

    async fn list_readings(&self, request: Request<ListReadingsRequest>) -> Answer<ListReadingsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, readings::list(&self.0, &call, input).await)
    }

    async fn seal_receipt(&self, request: Request<SealReceiptRequest>) -> Answer<SealReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, seal_receipt::run(&self.0, &call, input).await)
    }

    async fn register_party(&self, request: Request<RegisterPartyRequest>) -> Answer<RegisterPartyResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, party::register(&self.0, &call, input).await)
    }

    async fn read_party(&self, request: Request<ReadPartyRequest>) -> Answer<ReadPartyResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, party::read(&self.0, &call, input).await)
    }
}
