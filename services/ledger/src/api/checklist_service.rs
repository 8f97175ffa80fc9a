//! The methods of `ChecklistService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::checklist_service_server::ChecklistService;
use sanben_proto::ledger::{ListChecklistsRequest, ListChecklistsResponse, PublishChecklistRequest, PublishChecklistResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::catalogue::checklist::{list_checklists, publish_checklist};

#[async_trait]
impl ChecklistService for Api {
    async fn publish_checklist(&self, request: Request<PublishChecklistRequest>) -> Answer<PublishChecklistResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, publish_checklist::run(&self.ledger, &call, input).await)
    }

    async fn list_checklists(&self, request: Request<ListChecklistsRequest>) -> Answer<ListChecklistsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_checklists::run(&self.ledger, &call, input).await)
    }
}
