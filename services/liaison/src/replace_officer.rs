use sanben_access::{Post, Role, Tenure};
use sanben_bus::{Actor, record};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::liaison::{ReplaceOfficerRequest, ReplaceOfficerResponse};

use crate::pair::{self, Pair};
use crate::{convert, officer, store, visit};

/// Replaces the officer of a pair. A visit that is planned and not made is the new officer's at once; who made the others stays there.
pub async fn run(app: &App, call: &Call, input: ReplaceOfficerRequest) -> Result<ReplaceOfficerResponse, Error> {
    let pair_id = parse_id("pair_id", &input.pair_id)?;
    check(&input)?;
    app.write(call, async |tx: &mut Tx| {
        store::take_turn_on_pair(tx, pair_id).await?;
        let mut pair = officer::visible_pair(tx, app, call, pair_id).await?;
        if !input.etag.is_empty() && input.etag != convert::pair(&pair).etag {
            return Err(Refusal::stale().into());
        }
        let tenure = app.org.tenure(&call.caller.person, &pair.unit, call.now).filter(|_| call.caller.is(Role::Chief));
        let event = pair::replace(&pair, is_of_its_unit(call, &pair, tenure), &input.officer_id, &input.reason);
        let (actor, revision) = (actor(call, tenure), pair.revision);
        record(tx, &app.clock, call.now, &actor, &mut pair, &[event.map_err(Refusal::from)?]).await?;
        store::update_pair(tx, &pair, revision).await?;
        hand_over(tx, app, call, &actor, &pair).await?;
        Ok(ReplaceOfficerResponse { pair: Some(convert::pair(&pair)) })
    })
    .await
}

/// What no annotation can say.
fn check(input: &ReplaceOfficerRequest) -> Result<(), Error> {
    let wrong = |field| Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::blank()).into());
    if input.officer_id.trim().is_empty() {
        return wrong("officer_id");
    }
    if input.reason.trim().is_empty() { wrong("reason") } else { Ok(()) }
}

/// The office of that very unit, and its chief or a deputy by a tenure in force.
fn is_of_its_unit(call: &Call, pair: &Pair, tenure: Option<&Tenure>) -> bool {
    tenure.is_some() || (call.caller.is(Role::Office) && call.caller.unit == pair.unit)
}

fn actor(call: &Call, tenure: Option<&Tenure>) -> Actor {
    let actor = call.actor(if tenure.is_some() { &[Role::Chief] } else { &[Role::Office] });
    Actor {
        tenure: tenure.map(|tenure| tenure.id.clone()),
        deputy: tenure.is_some_and(|tenure| tenure.post == Post::Deputy),
        ..actor
    }
}

/// The visit that is planned, if it was not made while this waited for its turn.
async fn hand_over(tx: &mut Tx, app: &App, call: &Call, actor: &Actor, pair: &Pair) -> Result<(), Error> {
    let Some(id) = store::find_open_visit(tx, pair.id).await? else { return Ok(()) };
    store::take_turn(tx, id).await?;
    let mut visit = store::find_visit(tx, id).await?.ok_or(Error::Defect("a planned visit that is gone"))?;
    if let Some(event) = visit::hand_over(&visit, &pair.officer) {
        officer::happen(tx, &app.clock, call.now, actor, &mut visit, &[event]).await?;
    }
    Ok(())
}
