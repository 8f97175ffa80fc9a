//! What all verbs of an officer do alike.

use sanben_access::{Matter, Org, Role};
use sanben_bus::{Actor, record};
use sanben_clock::{Clock, Ts};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal};
use uuid::Uuid;

use crate::pair::Pair;
use crate::sight::Reader;
use crate::visit::{Event, Visit};
use crate::{convert, store};

/// Who pairs and visits.
pub const OFFICER: &[Role] = &[Role::LiaisonOfficer];

/// The unit of an officer, with all above it.
pub fn matter(app: &App, unit: &str) -> Matter {
    Matter::of(&app.org, [unit])
}

/// Refuses callers whose unit is unknown or who see no matters at all: they would not find what they make.
pub fn check_reach(app: &App, call: &Call) -> Result<(), Error> {
    if sees_own_unit(app, call) {
        return Ok(());
    }
    Err(Refusal::not_permitted(call).into())
}

/// Whether the caller sees anything of their own unit; who doesn't finds nothing in lists either.
pub fn sees_own_unit(app: &App, call: &Call) -> bool {
    app.access.may_touch(&app.org, &call.caller, &call.permission, &matter(app, &call.caller.unit))
}

/// The pair, if the caller may see it.
pub async fn visible_pair(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Pair, Error> {
    let found = store::find_pair(tx, id).await?;
    app.permit(call, found, |pair| matter(app, &pair.unit))
}

/// The visit, if the caller may see it.
pub async fn visible_visit(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Visit, Error> {
    let found = store::find_visit(tx, id).await?;
    app.permit(call, found, |visit| matter(app, &visit.unit))
}

/// The visit as the caller has read it, if they may see it: nobody else changes it until the transaction ends.
pub async fn visit_to_change(tx: &mut Tx, app: &App, call: &Call, id: Uuid, etag: &str) -> Result<Visit, Error> {
    store::take_turn(tx, id).await?;
    let visit = visible_visit(tx, app, call, id).await?;
    check_etag(app, call, &visit, etag)?;
    Ok(visit)
}

/// Refuses an etag that is not that of the visit as the caller sees it; an empty one is always present.
pub fn check_etag(app: &App, call: &Call, visit: &Visit, etag: &str) -> Result<(), Error> {
    let is_present = etag.is_empty() || etag == convert::visit(visit, &reader(app, call)).etag;
    if is_present { Ok(()) } else { Err(Refusal::stale().into()) }
}

/// The caller, as somebody who reads a visit.
pub fn reader(app: &App, call: &Call) -> Reader {
    in_unit(&app.org, &call.caller.person, &call.caller.unit)
}

/// The officer of a visit, as somebody who is told of it.
pub fn of(org: &Org, visit: &Visit) -> Reader {
    in_unit(org, &visit.officer, &visit.unit)
}

fn in_unit(org: &Org, person: &str, unit: &str) -> Reader {
    Reader { person: person.to_owned(), units: org.chain(unit).into_iter().map(|unit| unit.id.clone()).collect() }
}

/// The pair that a visit is to.
pub async fn pair_of(tx: &mut Tx, visit: &Visit) -> Result<Pair, Error> {
    store::find_pair(tx, visit.pair_id).await?.ok_or(Error::Defect("a visit without its pair"))
}

/// Lets events have happened to a visit: history and state.
pub async fn happen(
    tx: &mut Tx,
    clock: &Clock,
    now: Ts,
    actor: &Actor,
    visit: &mut Visit,
    events: &[Event],
) -> Result<(), sanben_db::Error> {
    let revision = visit.revision;
    record(tx, clock, now, actor, visit, events).await?;
    store::update_visit(tx, visit, revision).await
}
