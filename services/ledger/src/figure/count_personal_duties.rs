use sanben_db::Tx;
use sanben_host::{App, Call, Error, count};
use sanben_proto::ledger::{self as pb, CountPersonalDutiesRequest, CountPersonalDutiesResponse};

use crate::case::reader::reader;
use crate::figure::{
    period::period,
    store::personal_duties::{self, DutyCount},
};

/// Counts what leaders have taken on in person.
pub async fn run(app: &App, call: &Call, input: CountPersonalDutiesRequest) -> Result<CountPersonalDutiesResponse, Error> {
    let (from, until) = period(&input.from_date, &input.to_date)?;
    if !app.may_list(call) {
        return Ok(CountPersonalDutiesResponse::default());
    }
    let reader = reader(app, call);
    let rows = app.db.read(async |tx: &mut Tx| personal_duties::personal_duties(tx, &reader, from, until).await).await?;
    Ok(CountPersonalDutiesResponse { counts: rows.iter().map(duty_count).collect() })
}

fn duty_count(of: &DutyCount) -> pb::PersonalDutyCount {
    pb::PersonalDutyCount {
        person_id: of.person.clone(),
        duty: of.duty as i32,
        owned: count(of.owned),
        settled: count(of.settled),
        closed: count(of.closed),
    }
}
