//! The methods of `NoticeService`.

use sanben_host::{Responses, answer, open};
use sanben_proto::notification::notice_service_server::NoticeService;
use sanben_proto::notification::{ListNoticesRequest, ListNoticesResponse, WatchNoticesRequest, WatchNoticesResponse};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::{list_notices, watch_notices};

#[async_trait]
impl NoticeService for Api {
    type WatchNoticesStream = Responses<WatchNoticesResponse>;

    async fn list_notices(&self, request: Request<ListNoticesRequest>) -> Answer<ListNoticesResponse> {
        let (call, input) = open(request);
        answer(&self.app, &call, list_notices::run(&self.app, &call, input).await)
    }

    async fn watch_notices(&self, request: Request<WatchNoticesRequest>) -> Answer<Responses<WatchNoticesResponse>> {
        let (call, input) = open(request);
        answer(&self.app, &call, watch_notices::run(&self.app, &call, &self.places, input).await)
    }
}
