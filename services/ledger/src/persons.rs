use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_date};
use sanben_proto::ledger::{
    CountPersonalDutiesRequest, CountPersonalDutiesResponse, ListAccountabilitiesRequest, ListAccountabilitiesResponse,
};

use crate::convert;
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
    let day = |field: &str, text: &str| if text.is_empty() { Ok(None) } else { parse_date(field, text).map(Some) };
    let from = day("from_date", &input.from_date)?.map_or(Ts::from_micros(0), Ts::start_of);
    let until = day("to_date", &input.to_date)?.map_or(Ts::from_micros(i64::MAX), Ts::end_of);
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
