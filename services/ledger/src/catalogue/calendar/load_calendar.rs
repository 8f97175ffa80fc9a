use sanben_access::Role;
use sanben_clock::Year;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal};
use sanben_proto::ledger::{LoadCalendarRequest, LoadCalendarResponse};

use crate::catalogue::{calendar, error};

/// Loads a year into the calendar. It is in force here when this is answered, and elsewhere soon after.
pub async fn run(app: &App, call: &Call, input: LoadCalendarRequest) -> Result<LoadCalendarResponse, Error> {
    let year = Year::parse(&input.csv).map_err(error::calendar_wrong)?;
    let (by, expected) = (call.actor(&[Role::Administrator]), Some(i64::from(input.expected_edition)));
    let answer = app
        .write(call, async |tx: &mut Tx| {
            let loaded =
                calendar::load(tx, &app.editions, &app.clock, (&by, call.now), (year.clone(), &input.reason), expected).await?;
            let loaded = loaded.map_err(Refusal::from)?;
            Ok(LoadCalendarResponse { edition: Some(calendar::edition(&loaded)) })
        })
        .await?;
    app.db.read(async |tx: &mut Tx| calendar::catch_up(tx, &app.editions).await).await?;
    Ok(answer)
}
