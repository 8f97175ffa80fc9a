use sanben_bus::{Entry, history};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, act, parse_id};
use sanben_proto::ledger::{
    CaseEvent, GetCaseRequest, GetCaseResponse, ListCaseDocumentsRequest, ListCaseDocumentsResponse, ListCaseEventsRequest,
    ListCaseEventsResponse,
};
use uuid::Uuid;

use sanben_ledger_rules::case::Event;

use crate::case::{act::visible, store, view};
use crate::clock::view as clock_view;

const DEFAULT: usize = 50;

/// Shows one case.
pub async fn get(app: &App, call: &Call, input: GetCaseRequest) -> Result<GetCaseResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let case = app.db.read(async |tx: &mut Tx| visible(tx, app, call, id).await).await?;
    Ok(GetCaseResponse { case: Some(view::case(app, call, &case)) })
}

/// Lists the history of a case, oldest first.
pub async fn list_events(app: &App, call: &Call, input: ListCaseEventsRequest) -> Result<ListCaseEventsResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.case_id)?;
    let after = page.after.map_or(0, |(revision, _)| revision);
    let mut rows = app
        .db
        .read(async |tx: &mut Tx| {
            visible(tx, app, call, id).await?;
            history(tx, id, after, page.limit()).await.map_err(Error::from)
        })
        .await?;
    let next_page_token = page.close(app, &mut rows, |entry| (entry.revision, Uuid::nil()));
    let events = rows.into_iter().map(event).collect::<Result<_, Error>>()?;
    Ok(ListCaseEventsResponse { events, next_page_token })
}

/// Shows the papers of a case, oldest first.
pub async fn list_documents(app: &App, call: &Call, input: ListCaseDocumentsRequest) -> Result<ListCaseDocumentsResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.case_id)?;
    let rows = app
        .db
        .read(async |tx: &mut Tx| {
            visible(tx, app, call, id).await?;
            store::documents(tx, id, page.after, page.limit()).await.map_err(Error::from)
        })
        .await?;
    let (documents, next_page_token) = page.show(app, rows, |document| (document.created.micros(), document.id), view::document);
    Ok(ListCaseDocumentsResponse { documents, next_page_token })
}

fn event(entry: Entry) -> Result<CaseEvent, Error> {
    let act = act(&entry.actor()?, Ts::from_micros(entry.occur_time));
    Ok(CaseEvent {
        revision: i32::try_from(entry.revision).unwrap_or(i32::MAX),
        r#type: entry.kind,
        act: Some(act),
        reason: entry.reason,
        moved_deadlines: match serde_json::from_str(&entry.detail) {
            Ok(Event::Projected { days, .. }) => days.iter().map(clock_view::moved).collect(),
            _ => Vec::new(),
        },
    })
}
