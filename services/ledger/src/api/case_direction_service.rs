//! The methods of `CaseDirectionService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::case_direction_service_server::CaseDirectionService;
use sanben_proto::ledger::{
    AssignCaseRequest, AssignCaseResponse, AssignCaseUrgentlyRequest, AssignCaseUrgentlyResponse, CoordinateCaseRequest,
    CoordinateCaseResponse, DecideAppealRequest, DecideAppealResponse, DecideObjectionRequest, DecideObjectionResponse,
    DeclineCaseRequest, DeclineCaseResponse, ExtendCaseRequest, ExtendCaseResponse, PauseCaseRequest, PauseCaseResponse,
    ReclassifyCaseRequest, ReclassifyCaseResponse, ReferCaseToDisciplineRequest, ReferCaseToDisciplineResponse,
    RegisterCaseRequest, RegisterCaseResponse, ResumeCaseRequest, ResumeCaseResponse, StrikeOffCaseByExceptionRequest,
    StrikeOffCaseByExceptionResponse, StrikeOffCaseRequest, StrikeOffCaseResponse, TakeCaseOwnershipRequest,
    TakeCaseOwnershipResponse, UrgeCaseRequest, UrgeCaseResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::case::direction::{
    assign_case, assign_case_urgently, coordinate_case, decide_appeal, decide_objection, decline_case, extend_case, pause_case,
    reclassify_case, refer_case_to_discipline, register_case, resume_case, strike_off_case, strike_off_case_by_exception,
    take_case_ownership, urge_case,
};

#[async_trait]
impl CaseDirectionService for Api {
    async fn register_case(&self, request: Request<RegisterCaseRequest>) -> Answer<RegisterCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, register_case::run(&self.ledger, &call, input).await)
    }

    async fn decline_case(&self, request: Request<DeclineCaseRequest>) -> Answer<DeclineCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, decline_case::run(&self.ledger, &call, input).await)
    }

    async fn assign_case(&self, request: Request<AssignCaseRequest>) -> Answer<AssignCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, assign_case::run(&self.ledger, &call, input).await)
    }

    async fn assign_case_urgently(&self, request: Request<AssignCaseUrgentlyRequest>) -> Answer<AssignCaseUrgentlyResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, assign_case_urgently::run(&self.ledger, &call, input).await)
    }

    async fn decide_objection(&self, request: Request<DecideObjectionRequest>) -> Answer<DecideObjectionResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, decide_objection::run(&self.ledger, &call, input).await)
    }

    async fn reclassify_case(&self, request: Request<ReclassifyCaseRequest>) -> Answer<ReclassifyCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, reclassify_case::run(&self.ledger, &call, input).await)
    }

    async fn coordinate_case(&self, request: Request<CoordinateCaseRequest>) -> Answer<CoordinateCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, coordinate_case::run(&self.ledger, &call, input).await)
    }

    async fn urge_case(&self, request: Request<UrgeCaseRequest>) -> Answer<UrgeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, urge_case::run(&self.ledger, &call, input).await)
    }

    async fn pause_case(&self, request: Request<PauseCaseRequest>) -> Answer<PauseCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, pause_case::run(&self.ledger, &call, input).await)
    }

    async fn resume_case(&self, request: Request<ResumeCaseRequest>) -> Answer<ResumeCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, resume_case::run(&self.ledger, &call, input).await)
    }

    async fn extend_case(&self, request: Request<ExtendCaseRequest>) -> Answer<ExtendCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, extend_case::run(&self.ledger, &call, input).await)
    }

    async fn take_case_ownership(&self, request: Request<TakeCaseOwnershipRequest>) -> Answer<TakeCaseOwnershipResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, take_case_ownership::run(&self.ledger, &call, input).await)
    }

    async fn refer_case_to_discipline(
        &self,
        request: Request<ReferCaseToDisciplineRequest>,
    ) -> Answer<ReferCaseToDisciplineResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, refer_case_to_discipline::run(&self.ledger, &call, input).await)
    }

    async fn decide_appeal(&self, request: Request<DecideAppealRequest>) -> Answer<DecideAppealResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, decide_appeal::run(&self.ledger, &call, input).await)
    }

    async fn strike_off_case(&self, request: Request<StrikeOffCaseRequest>) -> Answer<StrikeOffCaseResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, strike_off_case::run(&self.ledger, &call, input).await)
    }

    async fn strike_off_case_by_exception(
        &self,
        request: Request<StrikeOffCaseByExceptionRequest>,
    ) -> Answer<StrikeOffCaseByExceptionResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, strike_off_case_by_exception::run(&self.ledger, &call, input).await)
    }
}
