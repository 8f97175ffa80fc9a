//! ROOM

pub mod drop_draft;
pub mod projection;
pub mod sign_draft;
pub mod store;

use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListDraftsRequest, ListDraftsResponse, WaitingDraft};

use sanben_ledger_rules::case::Case;

use crate::case::{draft_view, reader::reader};
use crate::draft::store::{self as drafts, Waiting};

const DEFAULT: usize = 50;

/// Lists the drafts that wait for the caller's unit, oldest first.
pub async fn list(app: &App, call: &Call, input: ListDraftsRequest) -> Result<ListDraftsResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListDraftsResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, "")?;
    let reader = reader(app, call);
    let mut rows = app.db.read(async |tx: &mut Tx| drafts::waiting(tx, &reader, page.after, page.limit()).await).await?;
    let next_page_token = page.close(app, &mut rows, |(waiting, _)| (waiting.at.micros(), waiting.id));
    Ok(ListDraftsResponse { drafts: rows.iter().map(|(waiting, case)| shown(app, call, waiting, case)).collect(), next_page_token })
}

fn shown(app: &App, call: &Call, waiting: &Waiting, case: &Case) -> WaitingDraft {
    let draft = case.drafts.iter().find(|draft| draft.number == waiting.number);
    WaitingDraft {
        case_id: case.id.to_string(),
        case_number: case.number.clone().unwrap_or_default(),
        title: case.opening.title.clone(),
        draft: draft.map(|draft| draft_view::draft(app, call, case, draft)),
    }
}
