//! The methods of `CaseHandlingService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::case_handling_service_server::CaseHandlingService;
use sanben_proto::ledger::{
    AddCaseRecordRequest, AddCaseRecordResponse, AnswerReferralRequest, AnswerReferralResponse, AnswerUrgingRequest,
    AnswerUrgingResponse, ArchiveCaseRequest, ArchiveCaseResponse, ContributeToCaseRequest, ContributeToCaseResponse,
    ExamineAccountabilityRequest, ExamineAccountabilityResponse, LinkRepeatCaseRequest, LinkRepeatCaseResponse,
    ObjectToAssignmentRequest, ObjectToAssignmentResponse, RecordContactRequest, RecordContactResponse, RecordHearingRequest,
    RecordHearingResponse, RecordPublicationRequest, RecordPublicationResponse, RecordReturnVisitRequest,
    RecordReturnVisitResponse, ReplyToCaseRequest, ReplyToCaseResponse, ReportBackOnCaseRequest, ReportBackOnCaseResponse,
    ReviewReplyRequest, ReviewReplyResponse, UndertakeCaseRequest, UndertakeCaseResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{
    add_record, answer_referral, answer_urge, archive_case, contribute, examine_accountability, link_repeat, object_to_assignment,
    record_contact, record_hearing, record_publication, record_return_visit, reply_case, report_back, review_reply, undertake_case,
};

#[async_trait]
impl CaseHandlingService for Api {
    async fn undertake_case(&self, request: Request<UndertakeCaseRequest>) -> Answer<UndertakeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, undertake_case::run(&self.app, &call, input).await)
    }

    async fn object_to_assignment(&self, request: Request<ObjectToAssignmentRequest>) -> Answer<ObjectToAssignmentResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, object_to_assignment::run(&self.app, &call, input).await)
    }

    async fn contribute_to_case(&self, request: Request<ContributeToCaseRequest>) -> Answer<ContributeToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, contribute::run(&self.app, &call, input).await)
    }

    async fn answer_urging(&self, request: Request<AnswerUrgingRequest>) -> Answer<AnswerUrgingResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, answer_urge::run(&self.app, &call, input).await)
    }

    async fn add_case_record(&self, request: Request<AddCaseRecordRequest>) -> Answer<AddCaseRecordResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, add_record::run(&self.app, &call, input).await)
    }

    async fn record_contact(&self, request: Request<RecordContactRequest>) -> Answer<RecordContactResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, record_contact::run(&self.app, &call, input).await)
    }

    async fn report_back_on_case(&self, request: Request<ReportBackOnCaseRequest>) -> Answer<ReportBackOnCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, report_back::run(&self.app, &call, input).await)
    }

    async fn review_reply(&self, request: Request<ReviewReplyRequest>) -> Answer<ReviewReplyResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, review_reply::run(&self.app, &call, input).await)
    }

    async fn reply_to_case(&self, request: Request<ReplyToCaseRequest>) -> Answer<ReplyToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, reply_case::run(&self.app, &call, input).await)
    }

    async fn record_return_visit(&self, request: Request<RecordReturnVisitRequest>) -> Answer<RecordReturnVisitResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, record_return_visit::run(&self.app, &call, input).await)
    }

    async fn record_publication(&self, request: Request<RecordPublicationRequest>) -> Answer<RecordPublicationResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, record_publication::run(&self.app, &call, input).await)
    }

    async fn examine_accountability(
        &self,
        request: Request<ExamineAccountabilityRequest>,
    ) -> Answer<ExamineAccountabilityResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, examine_accountability::run(&self.app, &call, input).await)
    }

    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Answer<AnswerReferralResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, answer_referral::run(&self.app, &call, input).await)
    }

    async fn link_repeat_case(&self, request: Request<LinkRepeatCaseRequest>) -> Answer<LinkRepeatCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, link_repeat::run(&self.app, &call, input).await)
    }

    async fn record_hearing(&self, request: Request<RecordHearingRequest>) -> Answer<RecordHearingResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, record_hearing::run(&self.app, &call, input).await)
    }

    async fn archive_case(&self, request: Request<ArchiveCaseRequest>) -> Answer<ArchiveCaseResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, archive_case::run(&self.app, &call, input).await)
    }
}
