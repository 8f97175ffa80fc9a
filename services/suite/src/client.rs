//! Typed clients of every service that a gateway routes, calling as somebody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sanben_access::{Caller, Issuer, Role};
use sanben_clock::Clock;
use sanben_host::Replicas;
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::receipt_service_client::ReceiptServiceClient;
use sanben_proto::intake::unit_service_client::UnitServiceClient;
use sanben_proto::intake::vault_service_client::VaultServiceClient;
use sanben_proto::ledger::calendar_service_client::CalendarServiceClient;
use sanben_proto::ledger::case_direction_service_client::CaseDirectionServiceClient;
use sanben_proto::ledger::case_handling_service_client::CaseHandlingServiceClient;
use sanben_proto::ledger::case_service_client::CaseServiceClient;
use sanben_proto::ledger::checklist_service_client::ChecklistServiceClient;
use sanben_proto::ledger::co_handling_service_client::CoHandlingServiceClient;
use sanben_proto::ledger::deadline_service_client::DeadlineServiceClient;
use sanben_proto::ledger::drive_service_client::DriveServiceClient;
use sanben_proto::ledger::duty_service_client::DutyServiceClient;
use sanben_proto::ledger::figure_service_client::FigureServiceClient;
use sanben_proto::ledger::paper_service_client::PaperServiceClient;
use sanben_proto::ledger::praise_service_client::PraiseServiceClient;
use sanben_proto::ledger::problem_service_client::ProblemServiceClient;
use sanben_proto::liaison::pair_service_client::PairServiceClient;
use sanben_proto::liaison::visit_service_client::VisitServiceClient;
use sanben_proto::meeting::meeting_service_client::MeetingServiceClient;
use sanben_proto::meeting::suggestion_service_client::SuggestionServiceClient;
use sanben_proto::notification::notice_service_client::NoticeServiceClient;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::{Request, Status};

use crate::SERVICES;

const TOKEN_SECS: u32 = 12 * 3600;
const CALL_SECS_MAX: u64 = 20;

/// Calls as somebody, whichever replica is there.
pub type Signed = InterceptedService<Replicas, Bearer>;

/// Adds who is calling, and in which language.
#[derive(Clone, Debug)]
pub struct Bearer {
    authorization: Option<MetadataValue<Ascii>>,
    language: &'static str,
}

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(authorization) = &self.authorization {
            request.metadata_mut().insert("authorization", authorization.clone());
        }
        request.metadata_mut().insert("accept-language", MetadataValue::from_static(self.language));
        Ok(request)
    }
}

/// A running suite, and the issuer whose tokens it believes.
#[derive(Clone, Debug)]
pub struct Town {
    /// By the name of the service.
    services: HashMap<&'static str, Replicas>,
    issuer: Arc<Issuer>,
    clock: Clock,
    language: &'static str,
}

/// Somebody who calls: one client a service of the contract.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub cases: CaseServiceClient<Signed>,
    pub direction: CaseDirectionServiceClient<Signed>,
    pub handling: CaseHandlingServiceClient<Signed>,
    pub co_handling: CoHandlingServiceClient<Signed>,
    pub papers: PaperServiceClient<Signed>,
    pub deadlines: DeadlineServiceClient<Signed>,
    pub calendar: CalendarServiceClient<Signed>,
    pub duties: DutyServiceClient<Signed>,
    pub drives: DriveServiceClient<Signed>,
    pub problems: ProblemServiceClient<Signed>,
    pub checklists: ChecklistServiceClient<Signed>,
    pub praises: PraiseServiceClient<Signed>,
    pub figures: FigureServiceClient<Signed>,
    pub receipts: ReceiptServiceClient<Signed>,
    pub desk: DeskServiceClient<Signed>,
    pub vault: VaultServiceClient<Signed>,
    pub units: UnitServiceClient<Signed>,
    pub pairs: PairServiceClient<Signed>,
    pub visits: VisitServiceClient<Signed>,
    pub meetings: MeetingServiceClient<Signed>,
    pub suggestions: SuggestionServiceClient<Signed>,
    pub notices: NoticeServiceClient<Signed>,
}

impl Town {
    /// The suite at one `address`, for example `http://127.0.0.1:8080`. Connects when it is first called.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn at(address: &str, issuer: Issuer, clock: Clock, language: &'static str) -> Result<Town, String> {
        let one = Replicas::at(address)?;
        let services = SERVICES.iter().map(|service| (service.name, one.clone())).collect();
        Ok(Town { services, issuer: Arc::new(issuer), clock, language })
    }

    /// The suite with each service at addresses of its own, as [`Replicas::at`] reads them.
    ///
    /// # Errors
    /// When an address is missing or cannot be understood.
    pub fn across(addresses: &HashMap<&str, String>, issuer: Issuer, clock: Clock, language: &'static str) -> Result<Town, String> {
        let address = |name: &str| addresses.get(name).ok_or_else(|| format!("no address of {name}"));
        let services = SERVICES.iter().map(|service| Ok((service.name, Replicas::at(address(service.name)?)?)));
        Ok(Town { services: services.collect::<Result<_, String>>()?, issuer: Arc::new(issuer), clock, language })
    }

    /// Somebody without a token.
    pub fn citizen(&self) -> Somebody {
        self.calling(None)
    }

    /// Somebody of the bureau.
    ///
    /// # Panics
    /// When the issuer cannot sign, which it does with any key.
    pub fn officer(&self, person: &str, unit: &str, roles: &[Role]) -> Somebody {
        let caller = Caller { person: person.to_owned(), unit: unit.to_owned(), roles: roles.to_vec() };
        self.calling(Some(self.issuer.mint(&caller, self.clock.now(), TOKEN_SECS).expect("an Ed25519 key signs")))
    }

    fn calling(&self, token: Option<String>) -> Somebody {
        let authorization = token.and_then(|token| format!("Bearer {token}").parse().ok());
        let bearer = Bearer { authorization, language: self.language };
        let signed = |name: &str| InterceptedService::new(self.services[name].clone(), bearer.clone());
        Somebody {
            cases: CaseServiceClient::new(signed("ledger")),
            direction: CaseDirectionServiceClient::new(signed("ledger")),
            handling: CaseHandlingServiceClient::new(signed("ledger")),
            co_handling: CoHandlingServiceClient::new(signed("ledger")),
            papers: PaperServiceClient::new(signed("ledger")),
            deadlines: DeadlineServiceClient::new(signed("ledger")),
            calendar: CalendarServiceClient::new(signed("ledger")),
            duties: DutyServiceClient::new(signed("ledger")),
            drives: DriveServiceClient::new(signed("ledger")),
            problems: ProblemServiceClient::new(signed("ledger")),
            checklists: ChecklistServiceClient::new(signed("ledger")),
            praises: PraiseServiceClient::new(signed("ledger")),
            figures: FigureServiceClient::new(signed("ledger")),
            receipts: ReceiptServiceClient::new(signed("intake")),
            desk: DeskServiceClient::new(signed("intake")),
            vault: VaultServiceClient::new(signed("intake")),
            units: UnitServiceClient::new(signed("intake")),
            pairs: PairServiceClient::new(signed("liaison")),
            visits: VisitServiceClient::new(signed("liaison")),
            meetings: MeetingServiceClient::new(signed("meeting")),
            suggestions: SuggestionServiceClient::new(signed("meeting")),
            notices: NoticeServiceClient::new(signed("notification")),
        }
    }
}

/// A unary request that gives up after a while.
pub fn patient<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(Duration::from_secs(CALL_SECS_MAX));
    request
}
