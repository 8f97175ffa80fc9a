//! A common problem (共性问题) owns like cases that people put together, and the measures against what they have in common.
//!
//! ```text
//! 待定措施 ── a chief adopts a measure ── 措施实施中 ── its days of observation are over: judged ─┬─ works ── 已见效, for good
//!                                                                                         └─ partly or not ── 待定措施 again
//! not over yet ── a chief ends it, with a reason ── 已终止, which frees its cases
//! ```
//!
//! The office judges a measure, and not whoever signed it. What the service counts for that, all linked cases received in as many
//! days before the measure as after it, stands in the event. It is shown to whoever sees all of them, to others only from 5 on. The
//! list itself, and its length, are shown only as far as each may see the cases.
//!
//! Later cases are linked as long as it is not over; a case is in one open problem at most. What is sealed, a complaint, an
//! accusation, or kept from anybody is never linked: a reader could tell from a number that it is there.
//!
//! The rules are in `services/ledger/rules/src/problem/`; states against verbs are printed there, in
//! `snapshots/sanben_ledger_rules__problem__tests__problem.snap`. Says: `ProblemOpened`, `ProblemLinked`, `MeasureAdopted`,
//! `EffectMeasured`, `ProblemEnded`. Hears: nothing.

pub mod adopt_measure;
pub mod end_problem;
pub mod link_cases_to_problem;
pub mod measure_effect;
pub mod open_problem;
pub mod store;
pub mod view;

use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::ledger::{
    GetProblemRequest, GetProblemResponse, ListProblemCasesRequest, ListProblemCasesResponse, ListProblemsRequest,
    ListProblemsResponse, ProblemState,
};
use uuid::Uuid;

use sanben_ledger_rules::problem::Problem;

use self::store as problems;
use self::view::Seen;
use crate::case::reader::{self, Reader};
use crate::programme::standing;

const DEFAULT: usize = 50;

/// A problem, if the caller may see it.
pub async fn visible(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Problem, Error> {
    let found = problems::find(tx, id).await?;
    app.permit(call, found, |problem| standing::around(app, call, &problem.opening.unit))
}

/// How many linked cases the caller may see.
pub async fn seen(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Seen, Error> {
    seen_by(tx, &reader::reader(app, call), id).await
}

async fn seen_by(tx: &mut Tx, reader: &Reader, id: Uuid) -> Result<Seen, Error> {
    let cases = problems::count_seen(tx, reader, id).await?;
    Ok(Seen { cases, all: problems::count_linked(tx, id).await? == cases })
}

/// Shows one problem.
pub async fn get(app: &App, call: &Call, input: GetProblemRequest) -> Result<GetProblemResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    let work = async |tx: &mut Tx| {
        let problem = visible(tx, app, call, id).await?;
        Ok::<_, Error>(view::problem(&problem, seen(tx, app, call, id).await?))
    };
    Ok(GetProblemResponse { problem: Some(app.db.read(work).await?) })
}

/// Lists problems, newest first.
pub async fn list(app: &App, call: &Call, input: ListProblemsRequest) -> Result<ListProblemsResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListProblemsResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.state.to_string())?;
    let reader = reader::reader(app, call);
    let state = Some(input.state()).filter(|state| *state != ProblemState::Unspecified);
    let work = async |tx: &mut Tx| {
        let mut rows = problems::list(tx, &reader, state, page.after, page.limit()).await?;
        let next_page_token = page.close(app, &mut rows, |problem| (problem.opening.signed.at.micros(), problem.id));
        let mut shown = Vec::with_capacity(rows.len());
        for problem in &rows {
            shown.push(view::listed(problem, seen_by(tx, &reader, problem.id).await?));
        }
        Ok::<_, Error>(ListProblemsResponse { problems: shown, next_page_token })
    };
    app.db.read(work).await
}

/// Lists the linked cases that the caller may see.
pub async fn list_cases(app: &App, call: &Call, input: ListProblemCasesRequest) -> Result<ListProblemCasesResponse, Error> {
    let id = parse_id("problem_id", &input.problem_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &id.to_string())?;
    let reader = reader::reader(app, call);
    let work = async |tx: &mut Tx| {
        visible(tx, app, call, id).await?;
        problems::cases(tx, &reader, id, page.after, page.limit()).await.map_err(Error::from)
    };
    let rows = app.db.read(work).await?;
    let (cases, next_page_token) =
        page.show(app, rows, |case| (case.opening.proposed.micros(), case.id), |case| crate::case::view::case(app, call, case));
    Ok(ListProblemCasesResponse { cases, next_page_token })
}
