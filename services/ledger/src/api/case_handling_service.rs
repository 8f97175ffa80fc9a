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
use crate::case::handling::{
    add_case_record, answer_referral, answer_urging, archive_case, contribute_to_case, examine_accountability, link_repeat_case,
    object_to_assignment, record_contact, record_hearing, record_publication, record_return_visit, reply_to_case,
    report_back_on_case, review_reply, undertake_case,
};

#[async_trait]
impl CaseHandlingService for Api {
    async fn undertake_case(&self, request: Request<UndertakeCaseRequest>) -> Answer<UndertakeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, undertake_case::run(&self.ledger, &call, input).await)
    }

    async fn object_to_assignment(&self, request: Request<ObjectToAssignmentRequest>) -> Answer<ObjectToAssignmentResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, object_to_assignment::run(&self.ledger, &call, input).await)
    }

    async fn contribute_to_case(&self, request: Request<ContributeToCaseRequest>) -> Answer<ContributeToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, contribute_to_case::run(&self.ledger, &call, input).await)
    }

    async fn answer_urging(&self, request: Request<AnswerUrgingRequest>) -> Answer<AnswerUrgingResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, answer_urging::run(&self.ledger, &call, input).await)
    }

    async fn add_case_record(&self, request: Request<AddCaseRecordRequest>) -> Answer<AddCaseRecordResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, add_case_record::run(&self.ledger, &call, input).await)
    }

    async fn record_contact(&self, request: Request<RecordContactRequest>) -> Answer<RecordContactResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_contact::run(&self.ledger, &call, input).await)
    }

    async fn report_back_on_case(&self, request: Request<ReportBackOnCaseRequest>) -> Answer<ReportBackOnCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, report_back_on_case::run(&self.ledger, &call, input).await)
    }

    async fn review_reply(&self, request: Request<ReviewReplyRequest>) -> Answer<ReviewReplyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, review_reply::run(&self.ledger, &call, input).await)
    }

    async fn reply_to_case(&self, request: Request<ReplyToCaseRequest>) -> Answer<ReplyToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, reply_to_case::run(&self.ledger, &call, input).await)
    }

    async fn record_return_visit(&self, request: Request<RecordReturnVisitRequest>) -> Answer<RecordReturnVisitResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_return_visit::run(&self.ledger, &call, input).await)
    }

    async fn record_publication(&self, request: Request<RecordPublicationRequest>) -> Answer<RecordPublicationResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_publication::run(&self.ledger, &call, input).await)
    }

    async fn examine_accountability(
        &self,
        request: Request<ExamineAccountabilityRequest>,
    ) -> Answer<ExamineAccountabilityResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, examine_accountability::run(&self.ledger, &call, input).await)
    }

    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Answer<AnswerReferralResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, answer_referral::run(&self.ledger, &call, input).await)
    }

    async fn link_repeat_case(&self, request: Request<LinkRepeatCaseRequest>) -> Answer<LinkRepeatCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, link_repeat_case::run(&self.ledger, &call, input).await)
    }

    async fn record_hearing(&self, request: Request<RecordHearingRequest>) -> Answer<RecordHearingResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, record_hearing::run(&self.ledger, &call, input).await)
    }

    async fn archive_case(&self, request: Request<ArchiveCaseRequest>) -> Answer<ArchiveCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, archive_case::run(&self.ledger, &call, input).await)
    }
}
