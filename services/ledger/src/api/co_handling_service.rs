//! The methods of `CoHandlingService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::co_handling_service_server::CoHandlingService;
use sanben_proto::ledger::{
    AnswerCoHandlingRequest, AnswerCoHandlingResponse, AskAuthorityRequest, AskAuthorityResponse, ListCoHandlingsRequest,
    ListCoHandlingsResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::co_handling::{self, answer_co_handling, ask_authority};

#[async_trait]
impl CoHandlingService for Api {
    async fn ask_authority(&self, request: Request<AskAuthorityRequest>) -> Answer<AskAuthorityResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, ask_authority::run(&self.ledger, &call, input).await)
    }

    async fn list_co_handlings(&self, request: Request<ListCoHandlingsRequest>) -> Answer<ListCoHandlingsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, co_handling::list(&self.ledger, &call, input).await)
    }

    async fn answer_co_handling(&self, request: Request<AnswerCoHandlingRequest>) -> Answer<AnswerCoHandlingResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, answer_co_handling::run(&self.ledger, &call, input).await)
    }
}
