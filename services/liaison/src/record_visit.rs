use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_id};
use sanben_proto::liaison::{RecordVisitRequest, RecordVisitResponse};

use crate::convert;
use crate::officer::{self, OFFICER};
use crate::visit::{Command, decide};

/// Records that a planned visit was made; the pair's next one is due an interval later.
pub async fn run(app: &App, call: &Call, input: RecordVisitRequest) -> Result<RecordVisitResponse, Error> {
    let visit_id = parse_id("visit_id", &input.visit_id)?;
    app.write(call, async |tx: &mut Tx| {
        let mut visit = officer::visit_to_change(tx, app, call, visit_id, &input.etag).await?;
        let next_visit = officer::pair_of(tx, &visit).await?.due_after(call.now);
        let command = Command::Make { mode: input.mode(), at: call.now, next_visit };
        let event = decide(&visit, &call.caller.person, command).map_err(sanben_host::Refusal::from)?;
        officer::happen(tx, &app.clock, call.now, &call.actor(OFFICER), &mut visit, &[event]).await?;
        Ok(RecordVisitResponse { visit: Some(convert::visit(&visit, &officer::reader(app, call))) })
    })
    .await
}
