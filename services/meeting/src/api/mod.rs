//! The methods, one file a service of the contract: decode, call, encode.

mod meeting_service;
mod suggestion_service;

use std::sync::Arc;

use sanben_host::App;
use sanben_proto::meeting::meeting_service_server::MeetingServiceServer;
use sanben_proto::meeting::suggestion_service_server::SuggestionServiceServer;
use tonic::service::Routes;
use tonic::{Response, Status};

/// What the methods are given.
pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

/// Every service of this process's contract, over one `api`.
pub fn routes(api: Api) -> Routes {
    let api = Arc::new(api);
    Routes::new(MeetingServiceServer::from_arc(api.clone())).add_service(SuggestionServiceServer::from_arc(api))
}
