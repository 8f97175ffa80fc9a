use std::sync::Arc;

use sanben_access::{Caller, Role};
use sanben_bus::Actor;
use sanben_clock::Ts;
use tonic::{Extensions, Request};
use uuid::Uuid;

use crate::Lang;

/// What the gate found out about a request before the use case saw it.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who is calling.
    pub caller: Caller,
    /// The permission that the method declares; the caller has it, somewhere.
    pub permission: Arc<str>,
    /// The method, `/package.Service/Method`.
    pub method: Arc<str>,
    /// The request id, for methods that change things.
    pub request_id: Option<Uuid>,
    /// SHA-256 of the message.
    pub body_hash: [u8; 32],
    /// The caller's language.
    pub lang: Lang,
    /// The bearer token, to act for the same caller elsewhere.
    pub bearer: Option<Arc<str>>,
    /// When the request came.
    pub now: Ts,
}

impl Call {
    /// The caller as the history names them, acting in the first of `roles` that they have; as a citizen if in none.
    pub fn actor(&self, roles: &[Role]) -> Actor {
        let role = roles.iter().find(|role| self.caller.is(**role)).map_or(Role::Citizen, |role| *role);
        Actor {
            person: self.caller.person.clone(),
            unit: self.caller.unit.clone(),
            role: role.name().to_owned(),
            tenure: None,
            deputy: false,
        }
    }
}

/// Takes a request apart: what the gate says of it, and the message.
pub fn open<T>(request: Request<T>) -> (Arc<Call>, T) {
    let (_, extensions, message) = request.into_parts();
    (call_of(&extensions), message)
}

fn call_of(extensions: &Extensions) -> Arc<Call> {
    extensions.get::<Arc<Call>>().cloned().expect("services are mounted behind the gate only")
}
