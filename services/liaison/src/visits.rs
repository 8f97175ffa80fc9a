use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::liaison::{GetVisitRequest, GetVisitResponse, ListVisitsRequest, ListVisitsResponse, VisitState};

use crate::store::VisitFilter;
use crate::visit::Visit;
use crate::{convert, officer, store};

const DEFAULT: usize = 50;

/// Shows one visit with what was heard.
pub async fn get(app: &App, call: &Call, input: GetVisitRequest) -> Result<GetVisitResponse, Error> {
    let id = parse_id("visit_id", &input.visit_id)?;
    let visit = app.db.read(async |tx: &mut Tx| officer::visible_visit(tx, app, call, id).await).await?;
    Ok(GetVisitResponse { visit: Some(convert::visit(&visit, &officer::reader(app, call))) })
}

/// Lists the visits of the caller's unit and those below, newest first, or what the caller has planned, by the day.
pub async fn list(app: &App, call: &Call, input: ListVisitsRequest) -> Result<ListVisitsResponse, Error> {
    let filters = format!("{} {} {}", input.pair_id, input.state, input.to_do);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter = VisitFilter {
        unit: call.caller.unit.clone(),
        pair_id: if input.pair_id.is_empty() { None } else { Some(parse_id("pair_id", &input.pair_id)?) },
        state: Some(input.state()).filter(|state| *state != VisitState::Unspecified),
        before: page.after,
        limit: page.limit(),
    };
    if !officer::sees_own_unit(app, call) {
        return Ok(ListVisitsResponse::default());
    }
    let list = async |tx: &mut Tx| {
        if input.to_do {
            store::list_visits_to_do(tx, &call.caller.person, &filter).await
        } else {
            store::list_visits(tx, &filter).await
        }
    };
    let rows = app.db.read(list).await?;
    let reader = officer::reader(app, call);
    let key = |row: &Visit| (if input.to_do { store::plan_day(row) } else { row.created.micros() }, row.id);
    let (visits, next_page_token) = page.show(app, rows, key, |row| convert::visit(row, &reader));
    Ok(ListVisitsResponse { visits, next_page_token })
}
