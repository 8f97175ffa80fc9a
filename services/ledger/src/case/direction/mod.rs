//! What chiefs and duty officers decide on a case, one verb a file: whether it is let in, who gets it, how long it may take, by
//! which door it leaves. Answers `CaseDirectionService`. Who may sign is asked of the rules;
//! `services/ledger/src/case/approval_chain.rs` reads from the unit file who stands above whom. An act of a chief names the tenure
//! by which it is signed, and says if it was a deputy.

pub mod assign_case;
pub mod assign_case_urgently;
pub mod coordinate_case;
pub mod decide_appeal;
pub mod decide_objection;
pub mod decline_case;
pub mod extend_case;
pub mod pause_case;
pub mod reclassify_case;
pub mod refer_case_to_discipline;
pub mod register_case;
pub mod replace_handler;
pub mod resume_case;
pub mod strike_off_case;
pub mod strike_off_case_by_exception;
pub mod take_case_ownership;
pub mod urge_case;

use sanben_host::{answer, open};
use sanben_proto::ledger::case_direction_service_server::CaseDirectionService;
use sanben_proto::ledger::{
    AssignCaseRequest, AssignCaseResponse, AssignCaseUrgentlyRequest, AssignCaseUrgentlyResponse, CoordinateCaseRequest,
    CoordinateCaseResponse, DecideAppealRequest, DecideAppealResponse, DecideObjectionRequest, DecideObjectionResponse,
    DeclineCaseRequest, DeclineCaseResponse, ExtendCaseRequest, ExtendCaseResponse, PauseCaseRequest, PauseCaseResponse,
    ReclassifyCaseRequest, ReclassifyCaseResponse, ReferCaseToDisciplineRequest, ReferCaseToDisciplineResponse,
    RegisterCaseRequest, RegisterCaseResponse, ReplaceHandlerRequest, ReplaceHandlerResponse, ResumeCaseRequest,
    ResumeCaseResponse, StrikeOffCaseByExceptionRequest, StrikeOffCaseByExceptionResponse, StrikeOffCaseRequest,
    StrikeOffCaseResponse, TakeCaseOwnershipRequest, TakeCaseOwnershipResponse, UrgeCaseRequest, UrgeCaseResponse,
};
use tonic::{Request, async_trait};

use crate::case::Answer;
use crate::case::ledger::Ledger;

/// The methods of `CaseDirectionService`: decode, call, encode.
pub struct Direction(pub Ledger);

#[async_trait]
impl CaseDirectionService for Direction {
    async fn register_case(&self, request: Request<RegisterCaseRequest>) -> Answer<RegisterCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, register_case::run(&self.0, &call, input).await)
    }

    async fn decline_case(&self, request: Request<DeclineCaseRequest>) -> Answer<DeclineCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, decline_case::run(&self.0, &call, input).await)
    }

    async fn assign_case(&self, request: Request<AssignCaseRequest>) -> Answer<AssignCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, assign_case::run(&self.0, &call, input).await)
    }

    async fn assign_case_urgently(&self, request: Request<AssignCaseUrgentlyRequest>) -> Answer<AssignCaseUrgentlyResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, assign_case_urgently::run(&self.0, &call, input).await)
    }

    async fn decide_objection(&self, request: Request<DecideObjectionRequest>) -> Answer<DecideObjectionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, decide_objection::run(&self.0, &call, input).await)
    }

    async fn reclassify_case(&self, request: Request<ReclassifyCaseRequest>) -> Answer<ReclassifyCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, reclassify_case::run(&self.0, &call, input).await)
    }

    async fn replace_handler(&self, request: Request<ReplaceHandlerRequest>) -> Answer<ReplaceHandlerResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, replace_handler::run(&self.0, &call, input).await)
    }

    async fn coordinate_case(&self, request: Request<CoordinateCaseRequest>) -> Answer<CoordinateCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, coordinate_case::run(&self.0, &call, input).await)
    }

    async fn urge_case(&self, request: Request<UrgeCaseRequest>) -> Answer<UrgeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, urge_case::run(&self.0, &call, input).await)
    }

    async fn pause_case(&self, request: Request<PauseCaseRequest>) -> Answer<PauseCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, pause_case::run(&self.0, &call, input).await)
    }

    async fn resume_case(&self, request: Request<ResumeCaseRequest>) -> Answer<ResumeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, resume_case::run(&self.0, &call, input).await)
    }

    async fn extend_case(&self, request: Request<ExtendCaseRequest>) -> Answer<ExtendCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, extend_case::run(&self.0, &call, input).await)
    }

    async fn take_case_ownership(&self, request: Request<TakeCaseOwnershipRequest>) -> Answer<TakeCaseOwnershipResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, take_case_ownership::run(&self.0, &call, input).await)
    }

    async fn refer_case_to_discipline(
        &self,
        request: Request<ReferCaseToDisciplineRequest>,
    ) -> Answer<ReferCaseToDisciplineResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, refer_case_to_discipline::run(&self.0, &call, input).await)
    }

    async fn decide_appeal(&self, request: Request<DecideAppealRequest>) -> Answer<DecideAppealResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, decide_appeal::run(&self.0, &call, input).await)
    }

    async fn strike_off_case(&self, request: Request<StrikeOffCaseRequest>) -> Answer<StrikeOffCaseResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, strike_off_case::run(&self.0, &call, input).await)
    }

    async fn strike_off_case_by_exception(
        &self,
        request: Request<StrikeOffCaseByExceptionRequest>,
    ) -> Answer<StrikeOffCaseByExceptionResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, strike_off_case_by_exception::run(&self.0, &call, input).await)
    }
}
