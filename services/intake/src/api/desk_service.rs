//! The methods of `DeskService`.

use sanben_host::{answer, open};
use sanben_proto::intake::desk_service_server::DeskService;
use sanben_proto::intake::{
    AcknowledgePraiseRequest, AcknowledgePraiseResponse, AnswerSubmissionRequest, AnswerSubmissionResponse,
    DetachSubmissionRequest, DetachSubmissionResponse, GetSubmissionRequest, GetSubmissionResponse, JoinSubmissionRequest,
    JoinSubmissionResponse, ListSubmissionsRequest, ListSubmissionsResponse, PassSubmissionRequest, PassSubmissionResponse,
    ProposeSubmissionRequest, ProposeSubmissionResponse, RefuseSubmissionRequest, RefuseSubmissionResponse, SplitSubmissionRequest,
    SplitSubmissionResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{
    acknowledge_praise, answer_submission, detach, join_submission, pass_submission, propose_submission, refuse_submission,
    split_submission, submissions,
};

#[async_trait]
impl DeskService for Api {
    async fn get_submission(&self, request: Request<GetSubmissionRequest>) -> Answer<GetSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, submissions::get(&self.0, &call, input).await)
    }

    async fn list_submissions(&self, request: Request<ListSubmissionsRequest>) -> Answer<ListSubmissionsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, submissions::list(&self.0, &call, input).await)
    }

    async fn answer_submission(&self, request: Request<AnswerSubmissionRequest>) -> Answer<AnswerSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, answer_submission::run(&self.0, &call, input).await)
    }

    async fn acknowledge_praise(&self, request: Request<AcknowledgePraiseRequest>) -> Answer<AcknowledgePraiseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, acknowledge_praise::run(&self.0, &call, input).await)
    }

    async fn split_submission(&self, request: Request<SplitSubmissionRequest>) -> Answer<SplitSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, split_submission::run(&self.0, &call, input).await)
    }

    async fn join_submission(&self, request: Request<JoinSubmissionRequest>) -> Answer<JoinSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, join_submission::run(&self.0, &call, input).await)
    }

    async fn detach_submission(&self, request: Request<DetachSubmissionRequest>) -> Answer<DetachSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, detach::by_desk(&self.0, &call, input).await)
    }

    async fn pass_submission(&self, request: Request<PassSubmissionRequest>) -> Answer<PassSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, pass_submission::run(&self.0, &call, input).await)
    }

    async fn refuse_submission(&self, request: Request<RefuseSubmissionRequest>) -> Answer<RefuseSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, refuse_submission::run(&self.0, &call, input).await)
    }

    async fn propose_submission(&self, request: Request<ProposeSubmissionRequest>) -> Answer<ProposeSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, propose_submission::run(&self.0, &call, input).await)
    }
}
