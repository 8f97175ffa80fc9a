//! Co-handling (外单位会办): an authority outside the bureau takes part over the same contract. The room owns what each authority's
//! system is still asked for. A chief asks (`AskAuthority`), naming the system that may answer; that system lists what it is asked
//! for and answers once (`ListCoHandlings`, `AnswerCoHandling`). A question is open, answered or withdrawn; the rules are in
//! `services/ledger/rules/src/case/co_handling.rs`.
//!
//! What the system sees: the title, the summary, what it is asked, and nothing else of the case. What is addressed to others is not
//! there for it, by the same statements and policy calls as what does not exist. What is withdrawn shows no words any more.
//!
//! What never leaves: whatever accuses anybody or is kept from anybody is never passed on. A case that becomes an accusation
//! withdraws what waits, and so does the reply, for good; a new round asks anew. Nothing is sent outside by us.
//!
//! Question and answer are papers of the case under the name of the authority, the answer of no unit.
//!
//! Says: `AuthorityAsked`, `AuthorityAnswered`. Hears: nothing.

pub mod answer_co_handling;
pub mod ask_authority;
pub mod projection;
pub mod store;

use sanben_access::Matter;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, timestamp};
use sanben_proto::ledger::{CoHandlingRequest, ListCoHandlingsRequest, ListCoHandlingsResponse};

use sanben_ledger_rules::case::{
    Case,
    co_handling::{asked_of, stays_inside},
};

use crate::case::reader::reader;
use crate::co_handling::store::{self as co_handlings, Asked};

const DEFAULT: usize = 50;

/// Lists what the calling system is asked for, newest first.
pub async fn list(app: &App, call: &Call, input: ListCoHandlingsRequest) -> Result<ListCoHandlingsResponse, Error> {
    if !app.access.may_touch(&app.org, &call.caller, &call.permission, &of_the_caller(call)) {
        return Ok(ListCoHandlingsResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.open_only.to_string())?;
    let reader = reader(app, call);
    let work = async |tx: &mut Tx| co_handlings::list(tx, &reader, input.open_only, page.after, page.limit()).await;
    let mut rows = app.db.read(work).await?;
    let next_page_token = page.close(app, &mut rows, |asked| (asked.at.micros(), asked.id));
    Ok(ListCoHandlingsResponse { co_handlings: rows.iter().map(shown).collect(), next_page_token })
}

/// A case, as far as the caller is asked for something under this number: for everybody else it is as if it were not there.
pub fn addressed(call: &Call, case: &Case, number: usize) -> Matter {
    match asked_of(case, number, &call.caller.person) {
        None => Matter::nothing(),
        Some(_) => Matter {
            accused_units: case.opening.accused_units.clone(),
            accused_persons: case.opening.accused_persons.clone(),
            ..of_the_caller(call)
        },
    }
}

/// What is asked of somebody is in their reach; the systems of other authorities have no unit.
fn of_the_caller(call: &Call) -> Matter {
    Matter { reach: vec![call.caller.unit.clone()], ..Matter::default() }
}

/// As its system sees it: what it is about only as long as that may leave the bureau.
pub fn shown(of: &Asked) -> CoHandlingRequest {
    let number = i32::try_from(of.number).unwrap_or(i32::MAX);
    let asked = of.number.checked_sub(1).and_then(|index| of.case.co_handlings.get(index));
    let withdrawn = asked.is_none_or(|asked| asked.withdrawn);
    let told = |text: &str| if withdrawn || stays_inside(&of.case) { String::new() } else { text.to_owned() };
    CoHandlingRequest {
        case_id: of.case.id.to_string(),
        number,
        authority: asked.map(|asked| asked.authority.clone()).unwrap_or_default(),
        title: told(&of.case.opening.title),
        summary: told(&of.case.opening.summary),
        request: told(&of.request),
        due_date: asked.map(|asked| asked.due.clone()).unwrap_or_default(),
        ask_time: Some(timestamp(of.at)),
        answered: asked.is_some_and(|asked| asked.answered),
        withdrawn,
    }
}
