//! Typed clients of all five services, calling as somebody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sanben_access::{Caller, Issuer, Role};
use sanben_clock::Clock;
use sanben_host::Replicas;
use sanben_proto::intake::intake_service_client::IntakeServiceClient;
use sanben_proto::ledger::ledger_service_client::LedgerServiceClient;
use sanben_proto::liaison::liaison_service_client::LiaisonServiceClient;
use sanben_proto::meeting::meeting_service_client::MeetingServiceClient;
use sanben_proto::notification::notification_service_client::NotificationServiceClient;
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

/// Somebody who calls.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub intake: IntakeServiceClient<Signed>,
    pub ledger: LedgerServiceClient<Signed>,
    pub liaison: LiaisonServiceClient<Signed>,
    pub meeting: MeetingServiceClient<Signed>,
    pub notification: NotificationServiceClient<Signed>,
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
            intake: IntakeServiceClient::new(signed("intake")),
            ledger: LedgerServiceClient::new(signed("ledger")),
            liaison: LiaisonServiceClient::new(signed("liaison")),
            meeting: MeetingServiceClient::new(signed("meeting")),
            notification: NotificationServiceClient::new(signed("notification")),
        }
    }
}

/// A unary request that gives up after a while.
pub fn patient<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(Duration::from_secs(CALL_SECS_MAX));
    request
}
