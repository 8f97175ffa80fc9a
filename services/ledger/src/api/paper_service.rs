//! The methods of `PaperService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::paper_service_server::PaperService;
use sanben_proto::ledger::{
    DropDraftRequest, DropDraftResponse, IssuePaperRequest, IssuePaperResponse, ListDraftsRequest, ListDraftsResponse,
    ListPapersRequest, ListPapersResponse, SignDraftRequest, SignDraftResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::case::{issue_paper, list_papers};
use crate::draft::{self, drop_draft, sign_draft};

#[async_trait]
impl PaperService for Api {
    async fn list_papers(&self, request: Request<ListPapersRequest>) -> Answer<ListPapersResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, list_papers::run(&self.ledger, &call, input).await)
    }

    async fn issue_paper(&self, request: Request<IssuePaperRequest>) -> Answer<IssuePaperResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, issue_paper::run(&self.ledger, &call, input).await)
    }

    async fn list_drafts(&self, request: Request<ListDraftsRequest>) -> Answer<ListDraftsResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, draft::list(&self.ledger, &call, input).await)
    }

    async fn sign_draft(&self, request: Request<SignDraftRequest>) -> Answer<SignDraftResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, sign_draft::run(&self.ledger, &call, input).await)
    }

    async fn drop_draft(&self, request: Request<DropDraftRequest>) -> Answer<DropDraftResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, drop_draft::run(&self.ledger, &call, input).await)
    }
}
