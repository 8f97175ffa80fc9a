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
use crate::{cases, list_cases, persons, suggest_similar_cases, watch_case, watch_cases};

#[async_trait]
impl CaseService for Api {
    type WatchCaseStream = Responses<WatchCaseResponse>;
    type WatchCasesStream = Responses<WatchCasesResponse>;

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, cases::get(&self.app, &call, input).await)
    }

    async fn watch_case(&self, request: Request<WatchCaseRequest>) -> Answer<Responses<WatchCaseResponse>> {
        let (call, input) = open(request);
        answer(&self.app, &call, watch_case::run(&self.app, &call, &self.places, input).await)
    }

    async fn watch_cases(&self, request: Request<WatchCasesRequest>) -> Answer<Responses<WatchCasesResponse>> {
        let (call, input) = open(request);
        answer(&self.app, &call, watch_cases::run(&self.app, &self.feed, &call, &self.places, input).await)
    }

    async fn list_cases(&self, request: Request<ListCasesRequest>) -> Answer<ListCasesResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, list_cases::run(&self.app, &call, input).await)
    }

    async fn list_case_events(&self, request: Request<ListCaseEventsRequest>) -> Answer<ListCaseEventsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, cases::list_events(&self.app, &call, input).await)
    }

    async fn list_case_documents(&self, request: Request<ListCaseDocumentsRequest>) -> Answer<ListCaseDocumentsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, cases::list_documents(&self.app, &call, input).await)
    }

    async fn suggest_similar_cases(&self, request: Request<SuggestSimilarCasesRequest>) -> Answer<SuggestSimilarCasesResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, suggest_similar_cases::run(&self.app, &call, input).await)
    }

    async fn list_accountabilities(&self, request: Request<ListAccountabilitiesRequest>) -> Answer<ListAccountabilitiesResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, persons::list(&self.app, &call, input).await)
    }
}
