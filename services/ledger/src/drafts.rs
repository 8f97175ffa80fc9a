use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListDraftsRequest, ListDraftsResponse, WaitingDraft};

use crate::case::draft::groundless;
use crate::case::{Case, Event};
use crate::persons::reader;
use crate::store::drafts::{self, Waiting};
use crate::{calendars, convert, on_intake};

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
        draft: draft.map(|draft| convert::drafts::draft(app, call, case, draft)),
    }
}

/// Lets lapse what has lost its ground, because a clock of the case was moved. Called before the case is kept; whether anything did.
pub async fn lapse(tx: &mut Tx, app: &App, case: &mut Case, now: Ts) -> Result<bool, sanben_db::Error> {
    if groundless(case, &app.calendar(), now).is_empty() {
        return Ok(false);
    }
    // By no calendar that another replica has replaced.
    calendars::catch_up(tx, &app.editions).await?;
    let numbers = groundless(case, &app.calendar(), now);
    let lapsed = !numbers.is_empty();
    if lapsed {
        record::<Case>(tx, &app.clock, now, &on_intake::itself(), case, &[Event::DraftsLapsed { numbers }]).await?;
    }
    Ok(lapsed)
}
