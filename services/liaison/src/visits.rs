use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::liaison::{GetVisitRequest, GetVisitResponse, ListVisitsRequest, ListVisitsResponse, VisitState};

use crate::store::VisitFilter;
use crate::{convert, officer, store};

const DEFAULT: usize = 50;

/// Shows one visit with what was heard.
pub async fn get(app: &App, call: &Call, input: GetVisitRequest) -> Result<GetVisitResponse, Error> {
    let id = parse_id("visit_id", &input.visit_id)?;
    let visit = app.db.read(async |tx: &mut Tx| officer::visible_visit(tx, app, call, id).await).await?;
    Ok(GetVisitResponse { visit: Some(convert::visit(&visit, &officer::reader(app, call))) })
}

/// Lists the visits of the caller's unit and those below, newest first.
pub async fn list(app: &App, call: &Call, input: ListVisitsRequest) -> Result<ListVisitsResponse, Error> {
    let filters = format!("{} {}", input.pair_id, input.state);
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
    let rows = app.db.read(async |tx: &mut Tx| store::list_visits(tx, &filter).await).await?;
    let reader = officer::reader(app, call);
    let (visits, next_page_token) = page.show(app, rows, |row| (row.created.micros(), row.id), |row| convert::visit(row, &reader));
    Ok(ListVisitsResponse { visits, next_page_token })
}
