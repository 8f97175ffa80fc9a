//! The methods of `ProblemService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::problem_service_server::ProblemService;
use sanben_proto::ledger::{
    AdoptMeasureRequest, AdoptMeasureResponse, EndProblemRequest, EndProblemResponse, GetProblemRequest, GetProblemResponse,
    LinkCasesToProblemRequest, LinkCasesToProblemResponse, ListProblemCasesRequest, ListProblemCasesResponse, ListProblemsRequest,
    ListProblemsResponse, MeasureEffectRequest, MeasureEffectResponse, OpenProblemRequest, OpenProblemResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::programme::problem::{self, adopt_measure, end_problem, link_cases_to_problem, measure_effect, open_problem};

#[async_trait]
impl ProblemService for Api {
    async fn open_problem(&self, request: Request<OpenProblemRequest>) -> Answer<OpenProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, open_problem::run(&self.ledger, &call, input).await)
    }

    async fn link_cases_to_problem(&self, request: Request<LinkCasesToProblemRequest>) -> Answer<LinkCasesToProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, link_cases_to_problem::run(&self.ledger, &call, input).await)
    }

    async fn adopt_measure(&self, request: Request<AdoptMeasureRequest>) -> Answer<AdoptMeasureResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, adopt_measure::run(&self.ledger, &call, input).await)
    }

    async fn measure_effect(&self, request: Request<MeasureEffectRequest>) -> Answer<MeasureEffectResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, measure_effect::run(&self.ledger, &call, input).await)
    }

    async fn end_problem(&self, request: Request<EndProblemRequest>) -> Answer<EndProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, end_problem::run(&self.ledger, &call, input).await)
    }

    async fn get_problem(&self, request: Request<GetProblemRequest>) -> Answer<GetProblemResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, problem::get(&self.ledger, &call, input).await)
    }

    async fn list_problems(&self, request: Request<ListProblemsRequest>) -> Answer<ListProblemsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, problem::list(&self.ledger, &call, input).await)
    }

    async fn list_problem_cases(&self, request: Request<ListProblemCasesRequest>) -> Answer<ListProblemCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, problem::list_cases(&self.ledger, &call, input).await)
    }
}
