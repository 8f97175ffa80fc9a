use sanben_access::Role;
use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::ledger::{MeasureEffectRequest, MeasureEffectResponse};
use uuid::Uuid;

use sanben_ledger_rules::problem::{self, Effect, Problem};

use crate::case::act;
use crate::error;
use crate::programme::{
    problem::{self as shown, store as problems, view},
    standing,
};

/// Cases are looked at so many at a time.
const PAGE: i64 = 500;

/// Judges the effect of the present measure against a common problem.
pub async fn run(app: &App, call: &Call, input: MeasureEffectRequest) -> Result<MeasureEffectResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    act::say_something(&[("text", &input.text)])?;
    app.write(call, async |tx: &mut Tx| {
        problems::take_turn(tx, id).await?;
        let mut problem = shown::visible(tx, app, call, id).await?;
        check_etag(&input.etag, problem.revision)?;
        let signed = standing::acting(call, &[Role::Office]);
        let actor = standing::actor(&signed);
        let (before, after) = count(tx, &problem).await?;
        let effect = Effect { judgement: input.judgement(), text: input.text.clone(), before, after, signed };
        let over = app.org.is_within(&problem.opening.unit, &call.caller.unit);
        let event = problem::judge(&problem, effect, over, call.now).map_err(error::problem)?;
        let revision = problem.revision;
        record(tx, &app.clock, call.now, &actor, &mut problem, &[event]).await?;
        problems::update(tx, &problem, revision).await?;
        Ok(MeasureEffectResponse { problem: Some(view::problem(&problem, shown::seen(tx, app, call, id).await?)) })
    })
    .await
}

/// What was linked, before the measure and since: all of it, since nobody is kept from any of these cases.
async fn count(tx: &mut Tx, problem: &Problem) -> Result<(i64, i64), Error> {
    let Some(measure) = problem.measures.last() else { return Ok((0, 0)) };
    let (mut received, mut after): (Vec<Ts>, _) = (Vec::new(), Uuid::nil());
    loop {
        let page = problems::linked(tx, problem.id, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(measure.count(received)) };
        after = last.id;
        received.extend(page.iter().map(|case| case.received()));
    }
}
