//! The methods: decode, call, encode.

use sanben_host::{Places, Responses, answer, open};
use sanben_proto::ledger::ledger_service_server::LedgerService;
use sanben_proto::ledger::*;
use tonic::{Request, Response, Status, async_trait};

use crate::*;

pub struct Api {
    pub ledger: Ledger,
    pub feed: watching::Feed,
    pub places: Places,
}

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl LedgerService for Api {
    type WatchCaseStream = Responses<WatchCaseResponse>;
    type WatchCasesStream = Responses<WatchCasesResponse>;

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::read::get(&self.ledger, &call, input).await)
    }

    async fn watch_case(&self, request: Request<WatchCaseRequest>) -> Answer<Responses<WatchCaseResponse>> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, watching::watch_case::run(&self.ledger, &call, &self.places, input).await)
    }

    async fn watch_cases(&self, request: Request<WatchCasesRequest>) -> Answer<Responses<WatchCasesResponse>> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, watching::watch_cases::run(&self.ledger, &self.feed, &call, &self.places, input).await)
    }

    async fn list_cases(&self, request: Request<ListCasesRequest>) -> Answer<ListCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, finding::list_cases::run(&self.ledger, &call, input).await)
    }

    async fn list_case_events(&self, request: Request<ListCaseEventsRequest>) -> Answer<ListCaseEventsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::read::list_events(&self.ledger, &call, input).await)
    }

    async fn list_documents(&self, request: Request<ListDocumentsRequest>) -> Answer<ListDocumentsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::read::list_documents(&self.ledger, &call, input).await)
    }

    async fn list_papers(&self, request: Request<ListPapersRequest>) -> Answer<ListPapersResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::list_papers::run(&self.ledger, &call, input).await)
    }

    async fn issue_paper(&self, request: Request<IssuePaperRequest>) -> Answer<IssuePaperResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::issue_paper::run(&self.ledger, &call, input).await)
    }

    async fn extend_case(&self, request: Request<ExtendCaseRequest>) -> Answer<ExtendCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::extend_case::run(&self.ledger, &call, input).await)
    }

    async fn get_reply(&self, request: Request<GetReplyRequest>) -> Answer<GetReplyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_verdict::get_reply(&self.ledger, &call, input).await)
    }

    async fn register_case(&self, request: Request<RegisterCaseRequest>) -> Answer<RegisterCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::register_case::run(&self.ledger, &call, input).await)
    }

    async fn decline_case(&self, request: Request<DeclineCaseRequest>) -> Answer<DeclineCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::decline_case::run(&self.ledger, &call, input).await)
    }

    async fn assign_case(&self, request: Request<AssignCaseRequest>) -> Answer<AssignCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::assign_case::run(&self.ledger, &call, input).await)
    }

    async fn assign_urgently(&self, request: Request<AssignUrgentlyRequest>) -> Answer<AssignUrgentlyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::assign_case_urgently::run(&self.ledger, &call, input).await)
    }

    async fn object_to_assignment(&self, request: Request<ObjectToAssignmentRequest>) -> Answer<ObjectToAssignmentResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::object_to_assignment::run(&self.ledger, &call, input).await)
    }

    async fn decide_objection(&self, request: Request<DecideObjectionRequest>) -> Answer<DecideObjectionResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::decide_objection::run(&self.ledger, &call, input).await)
    }

    async fn reclassify_case(&self, request: Request<ReclassifyCaseRequest>) -> Answer<ReclassifyCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::reclassify_case::run(&self.ledger, &call, input).await)
    }

    async fn contribute(&self, request: Request<ContributeRequest>) -> Answer<ContributeResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::contribute_to_case::run(&self.ledger, &call, input).await)
    }

    async fn coordinate(&self, request: Request<CoordinateRequest>) -> Answer<CoordinateResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::coordinate_case::run(&self.ledger, &call, input).await)
    }

    async fn urge(&self, request: Request<UrgeRequest>) -> Answer<UrgeResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::urge_case::run(&self.ledger, &call, input).await)
    }

    async fn answer_urge(&self, request: Request<AnswerUrgeRequest>) -> Answer<AnswerUrgeResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::answer_urging::run(&self.ledger, &call, input).await)
    }

    async fn add_record(&self, request: Request<AddRecordRequest>) -> Answer<AddRecordResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::add_case_record::run(&self.ledger, &call, input).await)
    }

    async fn refer_to_discipline(&self, request: Request<ReferToDisciplineRequest>) -> Answer<ReferToDisciplineResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::refer_case_to_discipline::run(&self.ledger, &call, input).await)
    }

    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Answer<AnswerReferralResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::answer_referral::run(&self.ledger, &call, input).await)
    }

    async fn record_contact(&self, request: Request<RecordContactRequest>) -> Answer<RecordContactResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_contact::run(&self.ledger, &call, input).await)
    }

    async fn pause_case(&self, request: Request<PauseCaseRequest>) -> Answer<PauseCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::pause_case::run(&self.ledger, &call, input).await)
    }

    async fn resume_case(&self, request: Request<ResumeCaseRequest>) -> Answer<ResumeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::resume_case::run(&self.ledger, &call, input).await)
    }

    async fn explain_deadline(&self, request: Request<ExplainDeadlineRequest>) -> Answer<ExplainDeadlineResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, deadline::explain_deadline::run(&self.ledger, &call, input).await)
    }

    async fn publish_presets(&self, request: Request<PublishPresetsRequest>) -> Answer<PublishPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::preset::publish_presets::run(&self.ledger, &call, input).await)
    }

    async fn get_presets(&self, request: Request<GetPresetsRequest>) -> Answer<GetPresetsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::preset::get_presets::run(&self.ledger, &call, input).await)
    }

    async fn undertake_case(&self, request: Request<UndertakeCaseRequest>) -> Answer<UndertakeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::undertake_case::run(&self.ledger, &call, input).await)
    }

    async fn report_back(&self, request: Request<ReportBackRequest>) -> Answer<ReportBackResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::report_back_on_case::run(&self.ledger, &call, input).await)
    }

    async fn review_reply(&self, request: Request<ReviewReplyRequest>) -> Answer<ReviewReplyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::review_reply::run(&self.ledger, &call, input).await)
    }

    async fn reply_case(&self, request: Request<ReplyCaseRequest>) -> Answer<ReplyCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::reply_to_case::run(&self.ledger, &call, input).await)
    }

    async fn record_verdict(&self, request: Request<RecordVerdictRequest>) -> Answer<RecordVerdictResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_verdict::run(&self.ledger, &call, input).await)
    }

    async fn record_return_visit(&self, request: Request<RecordReturnVisitRequest>) -> Answer<RecordReturnVisitResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_return_visit::run(&self.ledger, &call, input).await)
    }

    async fn record_publication(&self, request: Request<RecordPublicationRequest>) -> Answer<RecordPublicationResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_publication::run(&self.ledger, &call, input).await)
    }

    async fn examine_accountability(
        &self,
        request: Request<ExamineAccountabilityRequest>,
    ) -> Answer<ExamineAccountabilityResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::examine_accountability::run(&self.ledger, &call, input).await)
    }

    async fn list_accountabilities(&self, request: Request<ListAccountabilitiesRequest>) -> Answer<ListAccountabilitiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::list_accountabilities::run(&self.ledger, &call, input).await)
    }

    async fn take_ownership(&self, request: Request<TakeOwnershipRequest>) -> Answer<TakeOwnershipResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::take_case_ownership::run(&self.ledger, &call, input).await)
    }

    async fn count_personal_duties(&self, request: Request<CountPersonalDutiesRequest>) -> Answer<CountPersonalDutiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, figure::count_personal_duties::run(&self.ledger, &call, input).await)
    }

    async fn measure_gates(&self, request: Request<MeasureGatesRequest>) -> Answer<MeasureGatesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, figure::measure_gates::run(&self.ledger, &call, input).await)
    }

    async fn link_repeat(&self, request: Request<LinkRepeatRequest>) -> Answer<LinkRepeatResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::link_repeat_case::run(&self.ledger, &call, input).await)
    }

    async fn record_hearing(&self, request: Request<RecordHearingRequest>) -> Answer<RecordHearingResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::record_hearing::run(&self.ledger, &call, input).await)
    }

    async fn decide_appeal(&self, request: Request<DecideAppealRequest>) -> Answer<DecideAppealResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::decide_appeal::run(&self.ledger, &call, input).await)
    }

    async fn strike_off_case(&self, request: Request<StrikeOffCaseRequest>) -> Answer<StrikeOffCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::strike_off_case::run(&self.ledger, &call, input).await)
    }

    async fn strike_off_by_exception(&self, request: Request<StrikeOffByExceptionRequest>) -> Answer<StrikeOffByExceptionResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::direction::strike_off_case_by_exception::run(&self.ledger, &call, input).await)
    }

    async fn archive_case(&self, request: Request<ArchiveCaseRequest>) -> Answer<ArchiveCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, case::handling::archive_case::run(&self.ledger, &call, input).await)
    }

    async fn list_praises(&self, request: Request<ListPraisesRequest>) -> Answer<ListPraisesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::praise::list_praises::run(&self.ledger, &call, input).await)
    }

    async fn open_drive(&self, request: Request<OpenDriveRequest>) -> Answer<OpenDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::drive::open_drive::run(&self.ledger, &call, input).await)
    }

    async fn get_drive(&self, request: Request<GetDriveRequest>) -> Answer<GetDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::drive::get(&self.ledger, &call, input).await)
    }

    async fn list_drives(&self, request: Request<ListDrivesRequest>) -> Answer<ListDrivesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::drive::list(&self.ledger, &call, input).await)
    }

    async fn list_drive_cases(&self, request: Request<ListDriveCasesRequest>) -> Answer<ListDriveCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::drive::list_cases(&self.ledger, &call, input).await)
    }

    async fn close_drive(&self, request: Request<CloseDriveRequest>) -> Answer<CloseDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::drive::close_drive::run(&self.ledger, &call, input).await)
    }

    async fn open_problem(&self, request: Request<OpenProblemRequest>) -> Answer<OpenProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::open_problem::run(&self.ledger, &call, input).await)
    }

    async fn link_to_problem(&self, request: Request<LinkToProblemRequest>) -> Answer<LinkToProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::link_cases_to_problem::run(&self.ledger, &call, input).await)
    }

    async fn adopt_measure(&self, request: Request<AdoptMeasureRequest>) -> Answer<AdoptMeasureResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::adopt_measure::run(&self.ledger, &call, input).await)
    }

    async fn measure_effect(&self, request: Request<MeasureEffectRequest>) -> Answer<MeasureEffectResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::measure_effect::run(&self.ledger, &call, input).await)
    }

    async fn end_problem(&self, request: Request<EndProblemRequest>) -> Answer<EndProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::end_problem::run(&self.ledger, &call, input).await)
    }

    async fn get_problem(&self, request: Request<GetProblemRequest>) -> Answer<GetProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::get(&self.ledger, &call, input).await)
    }

    async fn list_problems(&self, request: Request<ListProblemsRequest>) -> Answer<ListProblemsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::list(&self.ledger, &call, input).await)
    }

    async fn list_problem_cases(&self, request: Request<ListProblemCasesRequest>) -> Answer<ListProblemCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, programme::problem::list_cases(&self.ledger, &call, input).await)
    }

    async fn publish_checklist(&self, request: Request<PublishChecklistRequest>) -> Answer<PublishChecklistResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::checklist::publish_checklist::run(&self.ledger, &call, input).await)
    }

    async fn list_checklists(&self, request: Request<ListChecklistsRequest>) -> Answer<ListChecklistsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::checklist::list_checklists::run(&self.ledger, &call, input).await)
    }

    async fn ask_authority(&self, request: Request<AskAuthorityRequest>) -> Answer<AskAuthorityResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, co_handling::ask_authority::run(&self.ledger, &call, input).await)
    }

    async fn list_co_handlings(&self, request: Request<ListCoHandlingsRequest>) -> Answer<ListCoHandlingsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, co_handling::list(&self.ledger, &call, input).await)
    }

    async fn answer_co_handling(&self, request: Request<AnswerCoHandlingRequest>) -> Answer<AnswerCoHandlingResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, co_handling::answer_co_handling::run(&self.ledger, &call, input).await)
    }

    async fn list_drafts(&self, request: Request<ListDraftsRequest>) -> Answer<ListDraftsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, draft::list(&self.ledger, &call, input).await)
    }

    async fn sign_draft(&self, request: Request<SignDraftRequest>) -> Answer<SignDraftResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, draft::sign_draft::run(&self.ledger, &call, input).await)
    }

    async fn drop_draft(&self, request: Request<DropDraftRequest>) -> Answer<DropDraftResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, draft::drop_draft::run(&self.ledger, &call, input).await)
    }

    async fn load_calendar(&self, request: Request<LoadCalendarRequest>) -> Answer<LoadCalendarResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::calendar::load_calendar::run(&self.ledger, &call, input).await)
    }

    async fn get_calendar(&self, request: Request<GetCalendarRequest>) -> Answer<GetCalendarResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::calendar::get_calendar::run(&self.ledger, &call, input).await)
    }

    async fn list_calendar_editions(&self, request: Request<ListCalendarEditionsRequest>) -> Answer<ListCalendarEditionsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, catalogue::calendar::list_calendar_editions::run(&self.ledger, &call, input).await)
    }

    async fn suggest_similar_cases(&self, request: Request<SuggestSimilarCasesRequest>) -> Answer<SuggestSimilarCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, finding::suggest_similar_cases::run(&self.ledger, &call, input).await)
    }

    async fn list_duties(&self, request: Request<ListDutiesRequest>) -> Answer<ListDutiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, duty::list_duties::run(&self.ledger, &call, input).await)
    }
}
