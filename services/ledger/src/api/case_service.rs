//! The methods of `CaseService`.

use sanben_host::{Responses, answer, open};
use sanben_proto::ledger::case_service_server::CaseService;
use sanben_proto::ledger::{
    GetCaseRequest, GetCaseResponse, ListAccountabilitiesRequest, ListAccountabilitiesResponse, ListCaseDocumentsRequest,
    ListCaseDocumentsResponse, ListCaseEventsRequest, ListCaseEventsResponse, ListCasesRequest, ListCasesResponse,
    SuggestSimilarCasesRequest, SuggestSimilarCasesResponse, WatchCaseRequest, WatchCaseResponse, WatchCasesRequest,
    WatchCasesResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::case::{list_accountabilities, read};
use crate::finding::{list_cases, suggest_similar_cases};
use crate::watching::{watch_case, watch_cases};

#[async_trait]
impl CaseService for Api {
    type WatchCaseStream = Responses<WatchCaseResponse>;
    type WatchCasesStream = Responses<WatchCasesResponse>;

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, read::get(&self.ledger, &call, input).await)
    }

    async fn watch_case(&self, request: Request<WatchCaseRequest>) -> Answer<Responses<WatchCaseResponse>> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, watch_case::run(&self.ledger, &call, &self.places, input).await)
    }

    async fn watch_cases(&self, request: Request<WatchCasesRequest>) -> Answer<Responses<WatchCasesResponse>> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, watch_cases::run(&self.ledger, &self.feed, &call, &self.places, input).await)
    }

    async fn list_cases(&self, request: Request<ListCasesRequest>) -> Answer<ListCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_cases::run(&self.ledger, &call, input).await)
    }

    async fn list_case_events(&self, request: Request<ListCaseEventsRequest>) -> Answer<ListCaseEventsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, read::list_events(&self.ledger, &call, input).await)
    }

    async fn list_case_documents(&self, request: Request<ListCaseDocumentsRequest>) -> Answer<ListCaseDocumentsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, read::list_documents(&self.ledger, &call, input).await)
    }

    async fn suggest_similar_cases(&self, request: Request<SuggestSimilarCasesRequest>) -> Answer<SuggestSimilarCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, suggest_similar_cases::run(&self.ledger, &call, input).await)
    }

    async fn list_accountabilities(&self, request: Request<ListAccountabilitiesRequest>) -> Answer<ListAccountabilitiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_accountabilities::run(&self.ledger, &call, input).await)
    }
}
