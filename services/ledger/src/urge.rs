use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, UrgeRequest, UrgeResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_paper, carry_out, chain, coming_day};

/// Urges a unit that has to do with a case.
pub async fn run(app: &App, call: &Call, input: UrgeRequest) -> Result<UrgeResponse, Error> {
    chain(app, "unit_id", &input.unit_id)?;
    let due = coming_day(call, "due_date", &input.due_date)?;
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::Urge { unit: input.unit_id.clone(), due };
        let case = carry_out(tx, app, call, &target, Role::Chief, command).await?;
        add_paper(tx, app, call, &case, DocumentKind::Urging, &input.text).await?;
        Ok(UrgeResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
