use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::ledger::{EndProblemRequest, EndProblemResponse};

use sanben_ledger_rules::problem::{self, Ending};

use crate::case::act;
use crate::error;
use crate::programme::{
    problem::{self as shown, store as problems, view},
    standing,
};

/// Ends a common problem without a measure that works: its cases are free for another one.
pub async fn run(app: &App, call: &Call, input: EndProblemRequest) -> Result<EndProblemResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    act::say_something(&[("reason", &input.reason)])?;
    app.write(call, async |tx: &mut Tx| {
        problems::take_turn(tx, id).await?;
        let mut problem = shown::visible(tx, app, call, id).await?;
        check_etag(&input.etag, problem.revision)?;
        let signed = standing::chief_of(app, call, &problem.opening.unit);
        let actor = standing::actor(&signed);
        let event = problem::end(&problem, Ending { reason: input.reason.clone(), signed }).map_err(error::problem)?;
        let revision = problem.revision;
        record(tx, &app.clock, call.now, &actor, &mut problem, &[event]).await?;
        problems::update(tx, &problem, revision).await?;
        Ok(EndProblemResponse { problem: Some(view::problem(&problem, shown::seen(tx, app, call, id).await?)) })
    })
    .await
}
