//! The methods: decode, call, encode.

use sanben_host::{App, Places, Responses, answer, open};
use sanben_proto::notification::notification_service_server::NotificationService;
use sanben_proto::notification::*;
use tonic::{Request, Response, Status, async_trait};

use crate::{list_notices, watch_notices};

pub struct Api {
    app: App,
    /// Of streams.
    places: Places,
}

impl Api {
    pub fn new(app: App) -> Api {
        Api { app, places: Places::default() }
    }
}

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl NotificationService for Api {
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
