//! The methods of `DutyService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::duty_service_server::DutyService;
use sanben_proto::ledger::{ListDutiesRequest, ListDutiesResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::duty::list_duties;

#[async_trait]
impl DutyService for Api {
    async fn list_duties(&self, request: Request<ListDutiesRequest>) -> Answer<ListDutiesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_duties::run(&self.ledger, &call, input).await)
    }
}
