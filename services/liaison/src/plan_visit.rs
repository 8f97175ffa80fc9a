use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_date, parse_id};
use sanben_proto::liaison::{PlanVisitRequest, PlanVisitResponse};

use crate::officer::{self, OFFICER};
use crate::visit::plan;
use crate::{convert, store};

/// Plans the next visit to a pair.
pub async fn run(app: &App, call: &Call, input: PlanVisitRequest) -> Result<PlanVisitResponse, Error> {
    let pair_id = parse_id("pair_id", &input.pair_id)?;
    let plan_date = parse_date("plan_date", &input.plan_date)?;
    app.write(call, async |tx: &mut Tx| {
        // Whoever replaces the officer meanwhile waits, or has done so before.
        store::take_turn_on_pair(tx, pair_id).await?;
        let pair = officer::visible_pair(tx, app, call, pair_id).await?;
        let open = store::find_open_visit(tx, pair.id).await?;
        let planned = plan(&pair, &call.caller.person, open, plan_date, app.clock.id(), call.now);
        let (mut visit, event) = planned.map_err(sanben_host::Refusal::from)?;
        record(tx, &app.clock, call.now, &call.actor(OFFICER), &mut visit, &[event]).await?;
        store::insert_visit(tx, &visit, &officer::matter(app, &visit.unit).reach).await?;
        Ok(PlanVisitResponse { visit: Some(convert::visit(&visit, &officer::reader(app, call))) })
    })
    .await
}
