//! The methods, one file a service of the contract: decode, call, encode.

mod desk_service;
mod receipt_service;
mod submission_peer_service;
mod unit_service;
mod vault_service;

use std::sync::Arc;

use sanben_host::App;
use sanben_proto::intake::desk_service_server::DeskServiceServer;
use sanben_proto::intake::receipt_service_server::ReceiptServiceServer;
use sanben_proto::intake::submission_peer_service_server::SubmissionPeerServiceServer;
use sanben_proto::intake::unit_service_server::UnitServiceServer;
use sanben_proto::intake::vault_service_server::VaultServiceServer;
use tonic::service::Routes;
use tonic::{Response, Status};

/// What the methods are given.
pub struct Api(pub App);

type Answer<T> = Result<Response<T>, Status>;

/// Every service of this process's contract, over one `api`.
pub fn routes(api: Api) -> Routes {
    let api = Arc::new(api);
    Routes::new(ReceiptServiceServer::from_arc(api.clone()))
        .add_service(DeskServiceServer::from_arc(api.clone()))
        .add_service(VaultServiceServer::from_arc(api.clone()))
        .add_service(UnitServiceServer::from_arc(api.clone()))
        .add_service(SubmissionPeerServiceServer::from_arc(api))
}
