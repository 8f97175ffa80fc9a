use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::liaison::{GetPairRequest, GetPairResponse, ListPairsRequest, ListPairsResponse};

use crate::store::PairFilter;
use crate::{convert, officer, store};

const DEFAULT: usize = 50;

/// Shows one pair.
pub async fn get(app: &App, call: &Call, input: GetPairRequest) -> Result<GetPairResponse, Error> {
    let id = parse_id("pair_id", &input.pair_id)?;
    let pair = app.db.read(async |tx: &mut Tx| officer::visible_pair(tx, app, call, id).await).await?;
    Ok(GetPairResponse { pair: Some(convert::pair(&pair)) })
}

/// Lists the pairs of the caller's unit and those below, newest first.
pub async fn list(app: &App, call: &Call, input: ListPairsRequest) -> Result<ListPairsResponse, Error> {
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.officer_id)?;
    if !officer::sees_own_unit(app, call) {
        return Ok(ListPairsResponse::default());
    }
    let filter = PairFilter { unit: call.caller.unit.clone(), officer: input.officer_id, before: page.after, limit: page.limit() };
    let mut rows = app.db.read(async |tx: &mut Tx| store::list_pairs(tx, &filter).await).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.created.micros(), row.id));
    Ok(ListPairsResponse { pairs: rows.iter().map(convert::pair).collect(), next_page_token })
}
