use sanben_bus::{Entry, history};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, act, parse_id};
use sanben_proto::kinds::Book;
use sanben_proto::ledger::{
    CaseEvent, CaseState, Door, GetCaseRequest, GetCaseResponse, ListCaseEventsRequest, ListCaseEventsResponse, ListCasesRequest,
    ListCasesResponse, ListDocumentsRequest, ListDocumentsResponse,
};
use uuid::Uuid;

use crate::store::Filter;
use crate::verb::visible;
use crate::{convert, store};

const DEFAULT: usize = 50;

/// Shows one case.
pub async fn get(app: &App, call: &Call, input: GetCaseRequest) -> Result<GetCaseResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let case = app.db.read(async |tx: &mut Tx| visible(tx, app, call, id).await).await?;
    Ok(GetCaseResponse { case: Some(convert::case(app, call, &case)) })
}

/// Lists what the caller may see, newest first. What they may not see is not there.
pub async fn list(app: &App, call: &Call, input: ListCasesRequest) -> Result<ListCasesResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListCasesResponse::default());
    }
    let filters = format!("{} {} {} {}", input.book, input.state, input.door, input.number);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter = Filter {
        units: app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect(),
        person: call.caller.person.clone(),
        book: Some(input.book()).filter(|book| *book != Book::Unspecified),
        state: Some(input.state()).filter(|state| *state != CaseState::Unspecified),
        door: Some(input.door()).filter(|door| *door != Door::Unspecified),
        number: input.number,
        before: page.after,
        limit: page.limit(),
    };
    let rows = app.db.read(async |tx: &mut Tx| store::list(tx, &filter).await).await?;
    let (cases, next_page_token) =
        page.show(app, rows, |case| (case.opening.proposed.micros(), case.id), |case| convert::case(app, call, case));
    Ok(ListCasesResponse { cases, next_page_token })
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
pub async fn list_documents(app: &App, call: &Call, input: ListDocumentsRequest) -> Result<ListDocumentsResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.case_id)?;
    let rows = app
        .db
        .read(async |tx: &mut Tx| {
            visible(tx, app, call, id).await?;
            store::documents(tx, id, page.after, page.limit()).await.map_err(Error::from)
        })
        .await?;
    let (documents, next_page_token) = page.show(app, rows, |document| (document.created.micros(), document.id), convert::document);
    Ok(ListDocumentsResponse { documents, next_page_token })
}

fn event(entry: Entry) -> Result<CaseEvent, Error> {
    let act = act(&entry.actor()?, Ts::from_micros(entry.occur_time));
    Ok(CaseEvent {
        revision: i32::try_from(entry.revision).unwrap_or(i32::MAX),
        r#type: entry.kind,
        act: Some(act),
        reason: entry.reason,
    })
}
