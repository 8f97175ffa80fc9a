use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListPraisesRequest, ListPraisesResponse};

use crate::catalogue::praise::{
    store::{self, PraiseFilter},
    view,
};
use crate::error;

const DEFAULT: usize = 50;

/// Lists praise for units in the caller's reach, newest first, and counts it.
pub async fn run(app: &App, call: &Call, input: ListPraisesRequest) -> Result<ListPraisesResponse, Error> {
    if !input.unit_id.is_empty() && app.org.unit(&input.unit_id).is_none() {
        return Err(error::unit_unknown("unit_id", &input.unit_id).into());
    }
    if !app.may_list(call) {
        return Ok(ListPraisesResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.unit_id)?;
    let filter = PraiseFilter { reader: call.caller.unit.clone(), unit: input.unit_id, before: page.after, limit: page.limit() };
    let (mut rows, total) = app
        .db
        .read(async |tx: &mut Tx| Ok::<_, Error>((store::list(tx, &filter).await?, store::count(tx, &filter).await?)))
        .await?;
    let next_page_token = page.close(app, &mut rows, |praise| (praise.recorded.micros(), praise.id));
    let total_size = i32::try_from(total).unwrap_or(i32::MAX);
    Ok(ListPraisesResponse { praises: rows.iter().map(view::praise).collect(), next_page_token, total_size })
}
