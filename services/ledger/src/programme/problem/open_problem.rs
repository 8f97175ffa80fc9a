use sanben_access::Matter;
use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{OpenProblemRequest, OpenProblemResponse};

use sanben_ledger_rules::problem::{self, Opening, Problem};

use crate::case::act;
use crate::error;
use crate::programme::{
    problem::{
        self as shown,
        link_cases_to_problem::{RECOGNISE, candidates, named},
        store as problems, view,
    },
    standing,
};

/// Puts like cases together as a common problem.
pub async fn run(app: &App, call: &Call, input: OpenProblemRequest) -> Result<OpenProblemResponse, Error> {
    act::say_something(&[("title", &input.title), ("description", &input.description)])?;
    let unit = act::chain(app, "unit_id", &input.unit_id)?.swap_remove(0);
    let named = named(&input.case_ids)?;
    standing::may_open(app, call)?;
    let related = standing::is_related(app, &call.caller.unit, &unit);
    let signed = standing::acting(call, RECOGNISE);
    let opening = Opening { title: input.title, description: input.description, unit, signed };
    app.write(call, async |tx: &mut Tx| {
        let candidates = candidates(tx, app, call, &named).await?;
        let event = problem::open(&opening, related, &candidates).map_err(error::problem)?;
        let mut problem = Problem::new(app.clock.id(), opening.clone());
        record(tx, &app.clock, call.now, &standing::actor(&opening.signed), &mut problem, &[event]).await?;
        problems::insert(tx, &problem, &Matter::of(&app.org, [opening.unit.as_str()]).reach).await?;
        for case in &named {
            problems::link(tx, problem.id, *case).await?;
        }
        let seen = shown::seen(tx, app, call, problem.id).await?;
        Ok(OpenProblemResponse { problem: Some(view::problem(&problem, seen)) })
    })
    .await
}
