//! The methods of `UnitService`.

use sanben_host::{answer, open};
use sanben_proto::intake::unit_service_server::UnitService;
use sanben_proto::intake::{ListUnitsRequest, ListUnitsResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::list_units;

#[async_trait]
impl UnitService for Api {
    async fn list_units(&self, request: Request<ListUnitsRequest>) -> Answer<ListUnitsResponse> {
        let (call, input) = open(request);
        answer(&self.0, &call, list_units::run(&self.0, &call, input).await)
    }
}
