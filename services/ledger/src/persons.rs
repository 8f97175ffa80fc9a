use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{
    CountPersonalDutiesRequest, CountPersonalDutiesResponse, ListAccountabilitiesRequest, ListAccountabilitiesResponse,
};

use crate::convert;
use crate::period::period;
use crate::store::persons::{self, Reader};

const DEFAULT: usize = 50;

/// Lists what examinations found for whom, newest first. What the caller may not see is not there.
pub async fn list(app: &App, call: &Call, input: ListAccountabilitiesRequest) -> Result<ListAccountabilitiesResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListAccountabilitiesResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.person_id)?;
    let reader = reader(app, call);
    let work = async |tx: &mut Tx| persons::accountabilities(tx, &reader, &input.person_id, page.after, page.limit()).await;
    let mut rows = app.db.read(work).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.at.micros(), row.id));
    Ok(ListAccountabilitiesResponse { accountabilities: rows.iter().map(convert::accountability).collect(), next_page_token })
}

/// Counts what leaders have taken on in person.
pub async fn count(app: &App, call: &Call, input: CountPersonalDutiesRequest) -> Result<CountPersonalDutiesResponse, Error> {
    let (from, until) = period(&input.from_date, &input.to_date)?;
    if !app.may_list(call) {
        return Ok(CountPersonalDutiesResponse::default());
    }
    let reader = reader(app, call);
    let rows = app.db.read(async |tx: &mut Tx| persons::personal_duties(tx, &reader, from, until).await).await?;
    Ok(CountPersonalDutiesResponse { counts: rows.iter().map(convert::duty_count).collect() })
}

/// Whose cases the caller may see.
pub fn reader(app: &App, call: &Call) -> Reader {
    let units = app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect();
    Reader { units, person: call.caller.person.clone() }
}
