use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, Problem, Refusal, parse_date, parse_time};
use sanben_proto::kinds::{Book, Channel, ErrorReason, Track};
use sanben_proto::ledger::{CaseState, Colour, Door, ListCasesRequest, ListCasesResponse, PersonalDuty};

use sanben_ledger_rules::terms;

use crate::case::{act, reader, view};
use crate::finding::{
    by_terms::{self, Found, Place},
    store::query::{self, Filter},
};

const DEFAULT: usize = 50;

/// Lists what the caller may see. What they may not see is not there.
pub async fn run(app: &App, call: &Call, input: ListCasesRequest) -> Result<ListCasesResponse, Error> {
    let (filter, possible) = filter(app, call, &input)?;
    let text = input.filter.as_ref().map(|filter| filter.text.clone()).unwrap_or_default();
    if !text.is_empty() && !terms::is_searchable(&text) {
        return Err(Refusal::field(ErrorReason::InvalidFields, "filter.text", Problem::new("problem-nothing-searchable")).into());
    }
    if !app.may_list(call) {
        return Ok(ListCasesResponse::default());
    }
    let filters = format!("{} {} {} {} {:?}", input.book, input.state, input.door, input.number, input.filter);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    if !possible {
        return Ok(ListCasesResponse::default());
    }
    let filter = Filter { before: page.after, limit: page.limit(), ..filter };
    let (cases, next_page_token) = if text.is_empty() {
        let rows = app.db.read(async |tx: &mut Tx| query::list(tx, &filter).await).await?;
        page.show(app, rows, |case| (case.opening.proposed.micros(), case.id), |case| view::case(app, call, case))
    } else {
        let (terms, after) = (terms::asked(&text), place(&page));
        let rows = app.db.read(async |tx: &mut Tx| by_terms::by_terms(tx, &filter, &terms, after.as_ref()).await).await?;
        page.show_with(app, rows, beside, |found| view::case(app, call, &found.case))
    };
    Ok(ListCasesResponse { cases, next_page_token })
}

/// What is asked for; and whether both places where it is asked can hold together.
fn filter(app: &App, call: &Call, input: &ListCasesRequest) -> Result<(Filter, bool), Error> {
    let asked = input.filter.clone().unwrap_or_default();
    let (book, one_book) = both(input.book(), asked.book(), Book::Unspecified);
    let (door, one_door) = both(input.door(), asked.door(), Door::Unspecified);
    let (number, one_number) = both(input.number.clone(), asked.number.clone(), String::new());
    let mut states: Vec<CaseState> = asked.states().collect();
    states.sort();
    states.dedup();
    let one_state = input.state() == CaseState::Unspecified || states.is_empty() || states.contains(&input.state());
    let states = if input.state() == CaseState::Unspecified { states } else { vec![input.state()] };
    let unit = if asked.unit_id.is_empty() { Vec::new() } else { act::chain(app, "filter.unit_id", &asked.unit_id)? };
    let due_by = if asked.due_by.is_empty() { None } else { Some(Ts::end_of(parse_date("filter.due_by", &asked.due_by)?)) };
    let filter = Filter {
        reader: reader::reader(app, call),
        unit,
        book,
        states,
        origin: Some(asked.origin()).filter(|origin| *origin != Channel::Unspecified),
        track: Some(asked.track()).filter(|track| *track != Track::Unspecified),
        colour: Some(asked.colour()).filter(|colour| *colour != Colour::Unspecified).map(|colour| (colour, call.now)),
        due_by,
        duty: Some(asked.personal_duty()).filter(|duty| *duty != PersonalDuty::Unspecified),
        door,
        number: number.unwrap_or_default(),
        received_from: asked.receive_from.as_ref().map(parse_time),
        received_until: asked.receive_until.as_ref().map(parse_time),
        owner: asked.owner_id,
        handler: asked.handler_id,
        party: asked.party_ref,
        ..Filter::default()
    };
    Ok((filter, one_book && one_door && one_number && one_state))
}

/// What is asked for in one of two places or in both; and whether they agree.
fn both<T: PartialEq + Clone>(one: T, other: T, all: T) -> (Option<T>, bool) {
    let agree = one == other || one == all || other == all;
    let asked = if one == all { other } else { one };
    (Some(asked).filter(|asked| *asked != all), agree)
}

/// Where the previous page by text ended.
fn place(page: &Page) -> Option<Place> {
    let (matched, floors) = page.beside.split_first()?;
    let floors = floors.as_chunks::<8>().0.iter().map(|micros| Ts::from_micros(i64::from_be_bytes(*micros))).collect();
    Some(Place { matched: i64::from(*matched), key: page.after?, floors })
}

/// What [`place`] reads.
fn beside(found: &Found) -> (sanben_host::Key, Vec<u8>) {
    let Place { matched, key, floors } = &found.place;
    let floors = floors.iter().flat_map(|floor| floor.micros().to_be_bytes());
    (*key, [u8::try_from(*matched).unwrap_or(u8::MAX)].into_iter().chain(floors).collect())
}
