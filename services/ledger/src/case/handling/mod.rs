//! What the units that have a case do with it, one verb a file: take it on or object, work, assist, report back, have it reviewed,
//! reply, visit again, publish, archive. Answers `CaseHandlingService`. The verdict of the person comes here, too, handed on by
//! intake (`CasePeerService`).

pub mod add_case_record;
pub mod answer_referral;
pub mod answer_urging;
pub mod archive_case;
pub mod contribute_to_case;
pub mod examine_accountability;
pub mod link_repeat_case;
pub mod object_to_assignment;
pub mod record_contact;
pub mod record_hearing;
pub mod record_publication;
pub mod record_return_visit;
pub mod record_verdict;
pub mod reply_to_case;
pub mod report_back_on_case;
pub mod review_reply;
pub mod undertake_case;

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

use crate::case::Answer;
use crate::case::ledger::Ledger;

/// The methods of `CaseHandlingService`: decode, call, encode.
pub struct Handling(pub Ledger);

#[async_trait]
impl CaseHandlingService for Handling {
    async fn undertake_case(&self, request: Request<UndertakeCaseRequest>) -> Answer<UndertakeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, undertake_case::run(&self.0, &call, input).await)
    }

    async fn object_to_assignment(&self, request: Request<ObjectToAssignmentRequest>) -> Answer<ObjectToAssignmentResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, object_to_assignment::run(&self.0, &call, input).await)
    }

    async fn contribute_to_case(&self, request: Request<ContributeToCaseRequest>) -> Answer<ContributeToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, contribute_to_case::run(&self.0, &call, input).await)
    }

    async fn answer_urging(&self, request: Request<AnswerUrgingRequest>) -> Answer<AnswerUrgingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, answer_urging::run(&self.0, &call, input).await)
    }

    async fn add_case_record(&self, request: Request<AddCaseRecordRequest>) -> Answer<AddCaseRecordResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, add_case_record::run(&self.0, &call, input).await)
    }

    async fn record_contact(&self, request: Request<RecordContactRequest>) -> Answer<RecordContactResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_contact::run(&self.0, &call, input).await)
    }

    async fn report_back_on_case(&self, request: Request<ReportBackOnCaseRequest>) -> Answer<ReportBackOnCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, report_back_on_case::run(&self.0, &call, input).await)
    }

    async fn review_reply(&self, request: Request<ReviewReplyRequest>) -> Answer<ReviewReplyResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, review_reply::run(&self.0, &call, input).await)
    }

    async fn reply_to_case(&self, request: Request<ReplyToCaseRequest>) -> Answer<ReplyToCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, reply_to_case::run(&self.0, &call, input).await)
    }

    async fn record_return_visit(&self, request: Request<RecordReturnVisitRequest>) -> Answer<RecordReturnVisitResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_return_visit::run(&self.0, &call, input).await)
    }

    async fn record_publication(&self, request: Request<RecordPublicationRequest>) -> Answer<RecordPublicationResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_publication::run(&self.0, &call, input).await)
    }

    async fn examine_accountability(
        &self,
        request: Request<ExamineAccountabilityRequest>,
    ) -> Answer<ExamineAccountabilityResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, examine_accountability::run(&self.0, &call, input).await)
    }

    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Answer<AnswerReferralResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, answer_referral::run(&self.0, &call, input).await)
    }

    async fn link_repeat_case(&self, request: Request<LinkRepeatCaseRequest>) -> Answer<LinkRepeatCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, link_repeat_case::run(&self.0, &call, input).await)
    }

    async fn record_hearing(&self, request: Request<RecordHearingRequest>) -> Answer<RecordHearingResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, record_hearing::run(&self.0, &call, input).await)
    }

    async fn archive_case(&self, request: Request<ArchiveCaseRequest>) -> Answer<ArchiveCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, archive_case::run(&self.0, &call, input).await)
    }
}
