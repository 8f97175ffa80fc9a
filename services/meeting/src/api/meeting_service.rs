//! The methods of `MeetingService`.

use sanben_host::{answer, open};
use sanben_proto::meeting::meeting_service_server::MeetingService;
use sanben_proto::meeting::{
    AnswerInvitationRequest, AnswerInvitationResponse, ConveneMeetingRequest, ConveneMeetingResponse, GetMeetingRequest,
    GetMeetingResponse, HoldMeetingRequest, HoldMeetingResponse, InvitePersonRequest, InvitePersonResponse, ListMeetingsRequest,
    ListMeetingsResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{answer_invitation, convene_meeting, hold_meeting, invite_person, meetings};

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

    async fn invite_person(&self, request: Request<InvitePersonRequest>) -> Answer<InvitePersonResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, invite_person::run(&self.0, &call, input).await)
    }

    async fn answer_invitation(&self, request: Request<AnswerInvitationRequest>) -> Answer<AnswerInvitationResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, answer_invitation::run(&self.0, &call, input).await)
    }

    async fn hold_meeting(&self, request: Request<HoldMeetingRequest>) -> Answer<HoldMeetingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, hold_meeting::run(&self.0, &call, input).await)
    }
}
