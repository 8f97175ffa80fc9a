use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::meeting::{GetSuggestionRequest, GetSuggestionResponse, ListSuggestionsRequest, ListSuggestionsResponse};
use uuid::Uuid;

use crate::store::SuggestionFilter;
use crate::{agenda, convert, store};

const DEFAULT: usize = 50;

/// Shows one suggestion.
pub async fn get(app: &App, call: &Call, input: GetSuggestionRequest) -> Result<GetSuggestionResponse, Error> {
    let found = app.db.read(async |tx: &mut Tx| agenda::visible_suggestion(tx, app, call, &input.suggestion_id, "").await);
    Ok(GetSuggestionResponse { suggestion: Some(convert::suggestion(&found.await?)) })
}

/// Lists what the caller may see, newest first: of a meeting, or behind a case. What the caller's unit has to go on with comes oldest first.
pub async fn list(app: &App, call: &Call, input: ListSuggestionsRequest) -> Result<ListSuggestionsResponse, Error> {
    let filters = format!("{} {} {}", input.meeting_id, input.case_id, input.to_do);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter = SuggestionFilter {
        reader: agenda::reader(app, call),
        meeting: optional_id("meeting_id", &input.meeting_id)?,
        case: optional_id("case_id", &input.case_id)?,
        before: page.after,
        limit: page.limit(),
    };
    if input.to_do && call.caller.unit.is_empty() {
        return Ok(ListSuggestionsResponse::default());
    }
    let list = async |tx: &mut Tx| {
        if input.to_do { store::list_suggestions_to_do(tx, &filter).await } else { store::list_suggestions(tx, &filter).await }
    };
    let mut rows = app.db.read(list).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.made.micros(), row.id));
    Ok(ListSuggestionsResponse { suggestions: rows.iter().map(convert::suggestion).collect(), next_page_token })
}

fn optional_id(field: &str, text: &str) -> Result<Option<Uuid>, Error> {
    if text.is_empty() { Ok(None) } else { parse_id(field, text).map(Some) }
}
