//! The methods: decode, call, encode.

use sanben_host::{App, answer, open};
use sanben_proto::intake::intake_service_server::IntakeService;
use sanben_proto::intake::*;
use tonic::{Request, Response, Status, async_trait};

use crate::{
    acknowledge_praise, answer_submission, appeal, detach, get_mailbox, give_verdict, join_submission, list_units, party,
    pass_submission, propose_submission, readings, receipt, refuse_submission, reopen, seal_receipt, split_submission, submissions,
    submit, withdraw,
};

pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl IntakeService for Api {
    async fn submit(&self, request: Request<SubmitRequest>) -> Answer<SubmitResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, submit::run(&self.0, &call, input).await)
    }

    async fn get_receipt(&self, request: Request<GetReceiptRequest>) -> Answer<GetReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, receipt::get(&self.0, &call, input).await)
    }

    async fn give_verdict(&self, request: Request<GiveVerdictRequest>) -> Answer<GiveVerdictResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, give_verdict::run(&self.0, &call, input).await)
    }

    async fn withdraw(&self, request: Request<WithdrawRequest>) -> Answer<WithdrawResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, withdraw::run(&self.0, &call, input).await)
    }

    async fn reopen(&self, request: Request<ReopenRequest>) -> Answer<ReopenResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, reopen::run(&self.0, &call, input).await)
    }

    async fn appeal(&self, request: Request<AppealRequest>) -> Answer<AppealResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, appeal::run(&self.0, &call, input).await)
    }

    async fn detach(&self, request: Request<DetachRequest>) -> Answer<DetachResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, detach::by_person(&self.0, &call, input).await)
    }

    async fn join_submission(&self, request: Request<JoinSubmissionRequest>) -> Answer<JoinSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, join_submission::run(&self.0, &call, input).await)
    }

    async fn detach_submission(&self, request: Request<DetachSubmissionRequest>) -> Answer<DetachSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, detach::by_desk(&self.0, &call, input).await)
    }

    async fn list_units(&self, request: Request<ListUnitsRequest>) -> Answer<ListUnitsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, list_units::run(&self.0, &call, input).await)
    }

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

    async fn get_proposal(&self, request: Request<GetProposalRequest>) -> Answer<GetProposalResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, propose_submission::get(&self.0, &call, input).await)
    }

    async fn resolve_receipt(&self, request: Request<ResolveReceiptRequest>) -> Answer<ResolveReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, receipt::resolve(&self.0, &call, input).await)
    }

    async fn get_mailbox(&self, request: Request<GetMailboxRequest>) -> Answer<GetMailboxResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, get_mailbox::run(&self.0, &call, input).await)
    }

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
