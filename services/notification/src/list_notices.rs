use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::notification::{ListNoticesRequest, ListNoticesResponse};

use crate::{convert, reader, store};

const DEFAULT: usize = 50;

/// Lists what the caller was told, newest first.
pub async fn run(app: &App, call: &Call, input: ListNoticesRequest) -> Result<ListNoticesResponse, Error> {
    let reader = reader::of(app, call, &input.receipt_code).await?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &reader.recipients.join(" "))?;
    let mut rows = app.db.read(async |tx: &mut Tx| store::list(tx, &reader, page.after, page.limit()).await).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.issued.micros(), row.id));
    Ok(ListNoticesResponse { notices: rows.iter().map(|row| convert::notice(app, call.lang, row)).collect(), next_page_token })
}
