use std::collections::HashSet;

use sanben_access::Role;
use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem as Wrong, Refusal, check_etag, parse_id};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{LinkCasesToProblemRequest, LinkCasesToProblemResponse};
use uuid::Uuid;

use sanben_ledger_rules::problem::{self, Candidate};

use crate::case::act;
use crate::error;
use crate::programme::{
    problem::{self as shown, store as problems, view},
    standing,
};

/// Who says what is alike.
pub const RECOGNISE: &[Role] = &[Role::Office, Role::Chief];

/// Links further like cases to a common problem.
pub async fn run(app: &App, call: &Call, input: LinkCasesToProblemRequest) -> Result<LinkCasesToProblemResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    let named = named(&input.case_ids)?;
    app.write(call, async |tx: &mut Tx| {
        problems::take_turn(tx, id).await?;
        let mut problem = shown::visible(tx, app, call, id).await?;
        check_etag(&input.etag, problem.revision)?;
        let candidates = candidates(tx, app, call, &named).await?;
        let already = usize::try_from(problems::count_linked(tx, id).await?).unwrap_or(usize::MAX);
        let event = problem::link(&problem, &candidates, already).map_err(error::problem)?;
        let revision = problem.revision;
        let actor = standing::actor(&standing::acting(call, RECOGNISE));
        record(tx, &app.clock, call.now, &actor, &mut problem, &[event]).await?;
        problems::update(tx, &problem, revision).await?;
        for case in &named {
            problems::link(tx, id, *case).await?;
        }
        Ok(LinkCasesToProblemResponse { problem: Some(view::problem(&problem, shown::seen(tx, app, call, id).await?)) })
    })
    .await
}

/// The cases that a request names, each once.
pub fn named(ids: &[String]) -> Result<Vec<Uuid>, Error> {
    let (mut named, mut known) = (Vec::new(), HashSet::new());
    for (index, id) in ids.iter().enumerate() {
        let field = format!("case_ids[{index}]");
        let id = parse_id(&field, id)?;
        if !known.insert(id) {
            return Err(Refusal::field(ErrorReason::InvalidFields, field, Wrong::twice()).into());
        }
        named.push(id);
    }
    Ok(named)
}

/// Those cases, if the caller may see each. One that they may not see is named like one that is not there.
pub async fn candidates(tx: &mut Tx, app: &App, call: &Call, ids: &[Uuid]) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let case = act::visible(tx, app, call, *id).await.map_err(|error| naming(index, error))?;
        candidates.push(Candidate { case, taken: problems::taken(tx, *id).await? });
    }
    Ok(candidates)
}

fn naming(index: usize, error: Error) -> Error {
    match error {
        Error::Refused(refusal) => refusal.and_field(format!("case_ids[{index}]"), Wrong::unknown()).into(),
        other => other,
    }
}
