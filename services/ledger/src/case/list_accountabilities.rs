use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListAccountabilitiesRequest, ListAccountabilitiesResponse};

use crate::case::{reader::reader, store::accountability, view};

const DEFAULT: usize = 50;

/// Lists what examinations found for whom, newest first. What the caller may not see is not there.
pub async fn run(app: &App, call: &Call, input: ListAccountabilitiesRequest) -> Result<ListAccountabilitiesResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListAccountabilitiesResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.person_id)?;
    let reader = reader(app, call);
    let work = async |tx: &mut Tx| accountability::accountabilities(tx, &reader, &input.person_id, page.after, page.limit()).await;
    let mut rows = app.db.read(work).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.at.micros(), row.id));
    Ok(ListAccountabilitiesResponse { accountabilities: rows.iter().map(view::accountability).collect(), next_page_token })
}
