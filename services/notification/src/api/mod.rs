//! The methods, one file a service of the contract: decode, call, encode.

mod notice_service;

use sanben_host::{App, Places};
use sanben_proto::notification::notice_service_server::NoticeServiceServer;
use tonic::service::Routes;
use tonic::{Response, Status};

/// What the methods are given.
pub struct Api {
    pub app: App,
    /// Of streams.
    pub places: Places,
}

type Answer<T> = Result<Response<T>, Status>;

/// Every service of this process's contract, over one `api`.
pub fn routes(api: Api) -> Routes {
    Routes::new(NoticeServiceServer::new(api))
}
