//! The methods of `SuggestionService`.

use sanben_host::{answer, open};
use sanben_proto::meeting::suggestion_service_server::SuggestionService;
use sanben_proto::meeting::{
    AdoptPlanRequest, AdoptPlanResponse, DeliberateSuggestionRequest, DeliberateSuggestionResponse, GetSuggestionRequest,
    GetSuggestionResponse, ListSuggestionsRequest, ListSuggestionsResponse, RecordEvidenceRequest, RecordEvidenceResponse,
    RecordSuggestionRequest, RecordSuggestionResponse, ResolveSuggestionRequest, ResolveSuggestionResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{adopt_plan, deliberate_suggestion, record_evidence, record_suggestion, resolve_suggestion, suggestions};

#[async_trait]
impl SuggestionService for Api {
    async fn record_suggestion(&self, request: Request<RecordSuggestionRequest>) -> Answer<RecordSuggestionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_suggestion::run(&self.0, &call, input).await)
    }

    async fn get_suggestion(&self, request: Request<GetSuggestionRequest>) -> Answer<GetSuggestionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, suggestions::get(&self.0, &call, input).await)
    }

    async fn list_suggestions(&self, request: Request<ListSuggestionsRequest>) -> Answer<ListSuggestionsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, suggestions::list(&self.0, &call, input).await)
    }

    async fn deliberate_suggestion(&self, request: Request<DeliberateSuggestionRequest>) -> Answer<DeliberateSuggestionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, deliberate_suggestion::run(&self.0, &call, input).await)
    }

    async fn resolve_suggestion(&self, request: Request<ResolveSuggestionRequest>) -> Answer<ResolveSuggestionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, resolve_suggestion::run(&self.0, &call, input).await)
    }

    async fn adopt_plan(&self, request: Request<AdoptPlanRequest>) -> Answer<AdoptPlanResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, adopt_plan::run(&self.0, &call, input).await)
    }

    async fn record_evidence(&self, request: Request<RecordEvidenceRequest>) -> Answer<RecordEvidenceResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_evidence::run(&self.0, &call, input).await)
    }
}
