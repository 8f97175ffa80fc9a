//! Typed clients of all five services, calling as somebody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sanben_access::{Caller, Issuer, Role};
use sanben_clock::Clock;
use sanben_proto::intake::intake_service_client::IntakeServiceClient;
use sanben_proto::ledger::ledger_service_client::LedgerServiceClient;
use sanben_proto::liaison::liaison_service_client::LiaisonServiceClient;
use sanben_proto::meeting::meeting_service_client::MeetingServiceClient;
use sanben_proto::notification::notification_service_client::NotificationServiceClient;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use crate::SERVICES;

const TOKEN_SECS: u32 = 12 * 3600;
const CALL_SECS_MAX: u64 = 20;
const CONNECT_SECS_MAX: u64 = 5;

/// A channel that calls as somebody.
pub type Signed = InterceptedService<Channel, Bearer>;

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
    channels: HashMap<&'static str, Channel>,
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
        let one = channel(address)?;
        let channels = SERVICES.iter().map(|service| (service.name, one.clone())).collect();
        Ok(Town { channels, issuer: Arc::new(issuer), clock, language })
    }

    /// The suite with each service at an address of its own.
    ///
    /// # Errors
    /// When an address is missing or cannot be understood.
    pub fn across(addresses: &HashMap<&str, String>, issuer: Issuer, clock: Clock, language: &'static str) -> Result<Town, String> {
        let address = |name: &str| addresses.get(name).ok_or_else(|| format!("no address of {name}"));
        let channels =
            SERVICES.iter().map(|service| Ok((service.name, channel(address(service.name)?)?))).collect::<Result<_, String>>()?;
        Ok(Town { channels, issuer: Arc::new(issuer), clock, language })
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
        let signed = |name: &str| InterceptedService::new(self.channels[name].clone(), bearer.clone());
        Somebody {
            intake: IntakeServiceClient::new(signed("intake")),
            ledger: LedgerServiceClient::new(signed("ledger")),
            liaison: LiaisonServiceClient::new(signed("liaison")),
            meeting: MeetingServiceClient::new(signed("meeting")),
            notification: NotificationServiceClient::new(signed("notification")),
        }
    }
}

fn channel(address: &str) -> Result<Channel, String> {
    let endpoint = Endpoint::from_shared(address.to_owned()).map_err(|error| error.to_string())?;
    Ok(endpoint.connect_timeout(Duration::from_secs(CONNECT_SECS_MAX)).connect_lazy())
}

/// A unary request that gives up after a while.
pub fn patient<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(Duration::from_secs(CALL_SECS_MAX));
    request
}
