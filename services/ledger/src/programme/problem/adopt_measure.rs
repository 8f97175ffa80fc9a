use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_date, parse_id};
use sanben_proto::ledger::{AdoptMeasureRequest, AdoptMeasureResponse};

use sanben_ledger_rules::problem::{self, Measure};

use crate::case::act;
use crate::error;
use crate::programme::{
    problem::{self as shown, store as problems, view},
    standing,
};

/// Adopts a measure against a common problem.
pub async fn run(app: &App, call: &Call, input: AdoptMeasureRequest) -> Result<AdoptMeasureResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    act::say_something(&[("text", &input.text)])?;
    let responsible = act::chain(app, "responsible_unit_id", &input.responsible_unit_id)?;
    let from = Ts::start_of(parse_date("effective_date", &input.effective_date)?);
    app.write(call, async |tx: &mut Tx| {
        problems::take_turn(tx, id).await?;
        let mut problem = shown::visible(tx, app, call, id).await?;
        check_etag(&input.etag, problem.revision)?;
        let signed = standing::chief_of(app, call, &problem.opening.unit);
        let actor = standing::actor(&signed);
        let measure = Measure {
            text: input.text.clone(),
            responsible_unit: input.responsible_unit_id.clone(),
            from,
            observe_days: input.observe_days,
            signed,
            effect: None,
        };
        let within = responsible.contains(&problem.opening.unit);
        let event = problem::adopt(&problem, measure, within, call.now).map_err(error::problem)?;
        let revision = problem.revision;
        record(tx, &app.clock, call.now, &actor, &mut problem, &[event]).await?;
        problems::update(tx, &problem, revision).await?;
        Ok(AdoptMeasureResponse { problem: Some(view::problem(&problem, shown::seen(tx, app, call, id).await?)) })
    })
    .await
}
