//! The methods of `PraiseService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::praise_service_server::PraiseService;
use sanben_proto::ledger::{ListPraisesRequest, ListPraisesResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::catalogue::praise::list_praises;

#[async_trait]
impl PraiseService for Api {
    async fn list_praises(&self, request: Request<ListPraisesRequest>) -> Answer<ListPraisesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_praises::run(&self.ledger, &call, input).await)
    }
}
