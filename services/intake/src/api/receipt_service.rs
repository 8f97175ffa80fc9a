//! The methods of `ReceiptService`.

use sanben_host::{answer, open};
use sanben_proto::intake::receipt_service_server::ReceiptService;
use sanben_proto::intake::{
    AppealReplyRequest, AppealReplyResponse, CreateSubmissionRequest, CreateSubmissionResponse, DetachReceiptRequest,
    DetachReceiptResponse, GetReceiptRequest, GetReceiptResponse, GiveVerdictRequest, GiveVerdictResponse, ReopenCaseRequest,
    ReopenCaseResponse, WithdrawSubmissionRequest, WithdrawSubmissionResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{appeal_reply, create_submission, detach, give_verdict, receipt, reopen_case, withdraw_submission};

#[async_trait]
impl ReceiptService for Api {
    async fn create_submission(&self, request: Request<CreateSubmissionRequest>) -> Answer<CreateSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, create_submission::run(&self.0, &call, input).await)
    }

    async fn get_receipt(&self, request: Request<GetReceiptRequest>) -> Answer<GetReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, receipt::get(&self.0, &call, input).await)
    }

    async fn give_verdict(&self, request: Request<GiveVerdictRequest>) -> Answer<GiveVerdictResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, give_verdict::run(&self.0, &call, input).await)
    }

    async fn withdraw_submission(&self, request: Request<WithdrawSubmissionRequest>) -> Answer<WithdrawSubmissionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, withdraw_submission::run(&self.0, &call, input).await)
    }

    async fn reopen_case(&self, request: Request<ReopenCaseRequest>) -> Answer<ReopenCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, reopen_case::run(&self.0, &call, input).await)
    }

    async fn appeal_reply(&self, request: Request<AppealReplyRequest>) -> Answer<AppealReplyResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, appeal_reply::run(&self.0, &call, input).await)
    }

    async fn detach_receipt(&self, request: Request<DetachReceiptRequest>) -> Answer<DetachReceiptResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, detach::by_person(&self.0, &call, input).await)
    }
}
