use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListCalendarEditionsRequest, ListCalendarEditionsResponse};
use uuid::Uuid;

use crate::catalogue::calendar::{self, store};

const DEFAULT: usize = 50;

/// Lists what was loaded into the calendar, newest first.
pub async fn run(app: &App, call: &Call, input: ListCalendarEditionsRequest) -> Result<ListCalendarEditionsResponse, Error> {
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, "")?;
    let before = page.after.map_or(i64::MAX, |(edition, _)| edition);
    let mut rows = app.db.read(async |tx: &mut Tx| store::before(tx, before, page.limit()).await).await?;
    let next_page_token = page.close(app, &mut rows, |one| (one.edition, Uuid::nil()));
    Ok(ListCalendarEditionsResponse { editions: rows.iter().map(calendar::edition).collect(), next_page_token })
}
