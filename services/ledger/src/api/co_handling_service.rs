//! The methods of `CoHandlingService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::co_handling_service_server::CoHandlingService;
use sanben_proto::ledger::{
    AnswerCoHandlingRequest, AnswerCoHandlingResponse, AskAuthorityRequest, AskAuthorityResponse, ListCoHandlingsRequest,
    ListCoHandlingsResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{answer_co_handling, ask_authority, co_handlings};

#[async_trait]
impl CoHandlingService for Api {
    async fn ask_authority(&self, request: Request<AskAuthorityRequest>) -> Answer<AskAuthorityResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, ask_authority::run(&self.app, &call, input).await)
    }

    async fn list_co_handlings(&self, request: Request<ListCoHandlingsRequest>) -> Answer<ListCoHandlingsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, co_handlings::list(&self.app, &call, input).await)
    }

    async fn answer_co_handling(&self, request: Request<AnswerCoHandlingRequest>) -> Answer<AnswerCoHandlingResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, answer_co_handling::run(&self.app, &call, input).await)
    }
}
