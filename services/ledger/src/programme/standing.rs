//! Who stands how to a drive or a problem.

use sanben_access::{Matter, Role};
use sanben_bus::Actor;
use sanben_host::{App, Call, Error, Refusal};

use sanben_ledger_rules::case::Signature;
use sanben_ledger_rules::signed::Signed;

use crate::case::act;

/// What is open to everybody of a unit, above it and below it, whose role permits.
pub fn around(app: &App, call: &Call, unit: &str) -> Matter {
    let own = &call.caller.unit;
    if is_related(app, own, unit) { Matter { reach: vec![own.clone()], ..Matter::default() } } else { Matter::nothing() }
}

/// Whether one unit is the other, above it or below it.
pub fn is_related(app: &App, one: &str, other: &str) -> bool {
    app.org.is_within(one, other) || app.org.is_within(other, one)
}

/// Somebody without a unit, or who sees no matters, opens none of them.
///
/// # Errors
/// `NOT_PERMITTED`.
pub fn may_open(app: &App, call: &Call) -> Result<(), Error> {
    if app.org.unit(&call.caller.unit).is_some() && app.may_list(call) { Ok(()) } else { Err(Refusal::not_permitted(call).into()) }
}

/// The caller as a chief of `unit`, if they are.
pub fn chief_of(app: &App, call: &Call, unit: &str) -> Signed {
    signed(call, Role::Chief, act::signature(app, call, unit))
}

/// The caller in the first of `roles` that they have.
pub fn acting(call: &Call, roles: &[Role]) -> Signed {
    signed(call, roles.iter().copied().find(|role| call.caller.is(*role)).unwrap_or(Role::Office), None)
}

fn signed(call: &Call, role: Role, signature: Option<Signature>) -> Signed {
    Signed {
        person: call.caller.person.clone(),
        unit: call.caller.unit.clone(),
        role: role.name().to_owned(),
        deputy: signature.as_ref().is_some_and(|signature| signature.deputy),
        tenure: signature.map(|signature| signature.tenure),
        at: call.now,
    }
}

/// As the history names them.
pub fn actor(of: &Signed) -> Actor {
    Actor { person: of.person.clone(), unit: of.unit.clone(), role: of.role.clone(), tenure: of.tenure.clone(), deputy: of.deputy }
}
