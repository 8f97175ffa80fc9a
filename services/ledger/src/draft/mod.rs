//! Drafts: a rung drafts, and a person signs. The rules are in `services/ledger/rules/src/case/draft.rs`; this room keeps which
//! drafts wait for whom, and has the verbs `SignDraft` and `DropDraft`. A draft is open, signed, dropped or lapsed. Its text is the
//! catalogue's, in the language of whoever reads it.
//!
//! Who signs: a draft has the unit that answers for the clock and the unit whose chief signs it. A letter is signed by the unit
//! that signs for the case. Everything else is signed one level above the unit that is late, and so is a letter to that unit itself
//! or to one above it. Nobody who is complained about signs (`addressed` in `services/ledger/src/case/approval_chain.rs`).
//!
//! What signing does: exactly what `UrgeCase`, `IssuePaper` or `ReferCaseToDiscipline` do, also before the case has a number, since
//! its gate may be what is late. So what was urged or referred is answered in every state in which that can have happened. When a
//! letter or an order is signed, the chief of the unit that it goes to is told.
//!
//! When a draft lapses, always in the transaction that takes its ground away (`lapse` in `services/ledger/src/case/reproject.rs`):
//!
//! * an open letter or order: when its clock stops or stands still, when another unit answers for it, and when the clock is moved
//!   (more time, another calendar, a later receipt, another track) so that it has not come so far; a letter also when the clock has
//!   come further;
//! * a bulletin or referral, which are of what has been: when the case leaves the open book, a referral also with the first one
//!   that is made.
//!
//! When the clock has come as far again, or has another unit to answer for it, the same is drafted anew, unless somebody had
//! decided on it. The rung stays reached once.
//!
//! Says: `DraftSigned`, `DraftDropped`, `DraftsLapsed`. Hears: nothing; `deadline` drafts.

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
