//! The methods of `FigureService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::figure_service_server::FigureService;
use sanben_proto::ledger::{CountPersonalDutiesRequest, CountPersonalDutiesResponse, MeasureGatesRequest, MeasureGatesResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::figure::{count_personal_duties, measure_gates};

#[async_trait]
impl FigureService for Api {
    async fn measure_gates(&self, request: Request<MeasureGatesRequest>) -> Answer<MeasureGatesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, measure_gates::run(&self.ledger, &call, input).await)
    }

    async fn count_personal_duties(&self, request: Request<CountPersonalDutiesRequest>) -> Answer<CountPersonalDutiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, count_personal_duties::run(&self.ledger, &call, input).await)
    }
}
