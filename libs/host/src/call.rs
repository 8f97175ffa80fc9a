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
    /// HMAC-SHA-256 of the message under a key of the service.
    pub body_hash: [u8; 32],
    /// The caller's language.
    pub lang: Lang,
    /// The bearer token, to act for the same caller elsewhere.
    pub bearer: Option<Arc<str>>,
    /// From then on the token is refused; none without one.
    pub until: Option<Ts>,
    /// When the request came.
    pub now: Ts,
}

impl Call {
    /// Whose answers are kept together: the person with the unit and roles that they had, so that nobody reads with fewer rights what
    /// was answered to more.
    pub fn scope(&self) -> String {
        let roles = self.caller.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ");
        format!("{} @{} {roles}", self.caller.person, self.caller.unit)
    }

    /// The caller as the history names them, acting in the first of `roles` that they have. Citizens are nobody in it: who they are
    /// is in the vault alone.
    pub fn actor(&self, roles: &[Role]) -> Actor {
        let role = roles.iter().find(|role| self.caller.is(**role)).map_or(Role::Citizen, |role| *role);
        if role == Role::Citizen {
            return Actor { person: Caller::anonymous().person, role: role.name().to_owned(), ..Actor::default() };
        }
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
