//! The methods: decode, call, encode.

use sanben_host::{App, answer, open};
use sanben_proto::meeting::meeting_service_server::MeetingService;
use sanben_proto::meeting::*;
use tonic::{Request, Response, Status, async_trait};

use crate::{
    adopt_plan, answer_invitation, convene_meeting, deliberate, hold_meeting, invite, meetings, record_evidence, record_suggestion,
    resolve, suggestions,
};

pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl MeetingService for Api {
    async fn convene_meeting(&self, request: Request<ConveneMeetingRequest>) -> Answer<ConveneMeetingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, convene_meeting::run(&self.0, &call, input).await)
    }

    async fn get_meeting(&self, request: Request<GetMeetingRequest>) -> Answer<GetMeetingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, meetings::get(&self.0, &call, input).await)
    }

    async fn list_meetings(&self, request: Request<ListMeetingsRequest>) -> Answer<ListMeetingsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, meetings::list(&self.0, &call, input).await)
    }

    async fn invite(&self, request: Request<InviteRequest>) -> Answer<InviteResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, invite::run(&self.0, &call, input).await)
    }

    async fn answer_invitation(&self, request: Request<AnswerInvitationRequest>) -> Answer<AnswerInvitationResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, answer_invitation::run(&self.0, &call, input).await)
    }

    async fn hold_meeting(&self, request: Request<HoldMeetingRequest>) -> Answer<HoldMeetingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, hold_meeting::run(&self.0, &call, input).await)
    }

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

    async fn deliberate(&self, request: Request<DeliberateRequest>) -> Answer<DeliberateResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, deliberate::run(&self.0, &call, input).await)
    }

    async fn resolve(&self, request: Request<ResolveRequest>) -> Answer<ResolveResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, resolve::run(&self.0, &call, input).await)
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
