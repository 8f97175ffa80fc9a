use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::ledger::{ListPapersRequest, ListPapersResponse};

use crate::case::act::visible;
use crate::paper::{self, store};

const DEFAULT: usize = 50;

/// Lists the official papers of a case, oldest first.
pub async fn run(app: &App, call: &Call, input: ListPapersRequest) -> Result<ListPapersResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.case_id)?;
    let rows = app
        .db
        .read(async |tx: &mut Tx| {
            visible(tx, app, call, id).await?;
            store::list(tx, id, page.after, page.limit()).await.map_err(Error::from)
        })
        .await?;
    let (papers, next_page_token) = page.show(app, rows, |paper| (paper.created.micros(), paper.id), paper::shown);
    Ok(ListPapersResponse { papers, next_page_token })
}
