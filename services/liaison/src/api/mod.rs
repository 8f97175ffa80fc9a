//! The methods, one file a service of the contract: decode, call, encode.

mod pair_service;
mod visit_service;

use std::sync::Arc;

use sanben_host::App;
use sanben_proto::liaison::pair_service_server::PairServiceServer;
use sanben_proto::liaison::visit_service_server::VisitServiceServer;
use tonic::service::Routes;
use tonic::{Response, Status};

/// What the methods are given.
pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

/// Every service of this process's contract, over one `api`.
pub fn routes(api: Api) -> Routes {
    let api = Arc::new(api);
    Routes::new(PairServiceServer::from_arc(api.clone())).add_service(VisitServiceServer::from_arc(api))
}
