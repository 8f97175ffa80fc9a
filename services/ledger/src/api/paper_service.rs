//! The methods of `PaperService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::paper_service_server::PaperService;
use sanben_proto::ledger::{
    DropDraftRequest, DropDraftResponse, IssuePaperRequest, IssuePaperResponse, ListDraftsRequest, ListDraftsResponse,
    ListPapersRequest, ListPapersResponse, SignDraftRequest, SignDraftResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{drafts, drop_draft, issue_paper, papers, sign_draft};

#[async_trait]
impl PaperService for Api {
    async fn list_papers(&self, request: Request<ListPapersRequest>) -> Answer<ListPapersResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, papers::list(&self.app, &call, input).await)
    }

    async fn issue_paper(&self, request: Request<IssuePaperRequest>) -> Answer<IssuePaperResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, issue_paper::run(&self.app, &call, input).await)
    }

    async fn list_drafts(&self, request: Request<ListDraftsRequest>) -> Answer<ListDraftsResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, drafts::list(&self.app, &call, input).await)
    }

    async fn sign_draft(&self, request: Request<SignDraftRequest>) -> Answer<SignDraftResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, sign_draft::run(&self.app, &call, input).await)
    }

    async fn drop_draft(&self, request: Request<DropDraftRequest>) -> Answer<DropDraftResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, drop_draft::run(&self.app, &call, input).await)
    }
}
