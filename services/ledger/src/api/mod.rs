//! The methods, one file a service of the contract: decode, call, encode.

mod calendar_service;
mod case_peer_service;
mod case_service;
mod checklist_service;
mod co_handling_service;
mod deadline_service;
mod drive_service;
mod duty_service;
mod figure_service;
mod paper_service;
mod praise_service;
mod problem_service;

use std::sync::Arc;

use sanben_host::Places;
use sanben_proto::ledger::calendar_service_server::CalendarServiceServer;
use sanben_proto::ledger::case_direction_service_server::CaseDirectionServiceServer;
use sanben_proto::ledger::case_handling_service_server::CaseHandlingServiceServer;
use sanben_proto::ledger::case_peer_service_server::CasePeerServiceServer;
use sanben_proto::ledger::case_service_server::CaseServiceServer;
use sanben_proto::ledger::checklist_service_server::ChecklistServiceServer;
use sanben_proto::ledger::co_handling_service_server::CoHandlingServiceServer;
use sanben_proto::ledger::deadline_service_server::DeadlineServiceServer;
use sanben_proto::ledger::drive_service_server::DriveServiceServer;
use sanben_proto::ledger::duty_service_server::DutyServiceServer;
use sanben_proto::ledger::figure_service_server::FigureServiceServer;
use sanben_proto::ledger::paper_service_server::PaperServiceServer;
use sanben_proto::ledger::praise_service_server::PraiseServiceServer;
use sanben_proto::ledger::problem_service_server::ProblemServiceServer;
use tonic::service::Routes;

pub use crate::case::Answer;
use crate::case::direction::Direction;
use crate::case::handling::Handling;
use crate::case::ledger::Ledger;
use crate::watching::Feed;

/// What the methods are given.
pub struct Api {
    pub ledger: Ledger,
    pub feed: Feed,
    pub places: Places,
}

/// Every service of this process's contract, over one `api`.
pub fn routes(api: Api) -> Routes {
    let api = Arc::new(api);
    Routes::new(CaseServiceServer::from_arc(api.clone()))
        .add_service(CaseDirectionServiceServer::new(Direction(api.ledger.clone())))
        .add_service(CaseHandlingServiceServer::new(Handling(api.ledger.clone())))
        .add_service(CoHandlingServiceServer::from_arc(api.clone()))
        .add_service(PaperServiceServer::from_arc(api.clone()))
        .add_service(DeadlineServiceServer::from_arc(api.clone()))
        .add_service(CalendarServiceServer::from_arc(api.clone()))
        .add_service(DutyServiceServer::from_arc(api.clone()))
        .add_service(DriveServiceServer::from_arc(api.clone()))
        .add_service(ProblemServiceServer::from_arc(api.clone()))
        .add_service(ChecklistServiceServer::from_arc(api.clone()))
        .add_service(PraiseServiceServer::from_arc(api.clone()))
        .add_service(FigureServiceServer::from_arc(api.clone()))
        .add_service(CasePeerServiceServer::from_arc(api))
}
