use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{Bulletin, ErrorReason, Supervision};
use sanben_proto::ledger::{DocumentKind, DraftKind, SignDraftRequest, SignDraftResponse};

use crate::case::{self, Case, Command, draft};
use crate::standing::say_something;
use crate::verb::{Target, add_document, carry_out_with, coming_day};
use crate::{convert, papers, urge};

/// Signs what a clock has drafted.
pub async fn run(app: &App, call: &Call, input: SignDraftRequest) -> Result<SignDraftResponse, Error> {
    say_something(&[("text", &input.text)])?;
    if !input.due_date.is_empty() {
        coming_day(call, "due_date", &input.due_date)?;
    }
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let (mut kind, mut said) = (DraftKind::Unspecified, None);
        let case = carry_out_with(
            tx,
            app,
            call,
            &target,
            |_| Role::Chief,
            async |tx: &mut Tx, case: &Case| {
                let draft = draft::open(case, input.draft_number).map_err(Refusal::from)?;
                // The calendar may be newer than what is kept of the case.
                if draft::groundless(case, &app.calendar(), call.now).contains(&draft.number) {
                    return Err(Refusal::from(case::Refusal::DraftClosed).into());
                }
                let problem = match (draft::asks(draft.kind), input.due_date.is_empty()) {
                    (true, true) => Some(Problem::missing()),
                    (false, false) => Some(Problem::new("problem-no-answer-due")),
                    (true, false) | (false, true) => None,
                };
                if let Some(problem) = problem {
                    return Err(Refusal::field(ErrorReason::InvalidFields, "due_date", problem).into());
                }
                kind = draft.kind;
                if let Some(paper) = draft::paper_of(kind) {
                    said = Some((papers::new_number(tx, app, call, paper).await?, content(kind, &draft.unit, &input)));
                }
                let paper = said.as_ref().map(|(number, _)| number.clone()).unwrap_or_default();
                Ok(Command::SignDraft { number: input.draft_number, due: input.due_date.clone(), paper })
            },
        )
        .await?;
        if draft::asks(kind) {
            urge::keep(tx, app, call, &case, &input.text, said).await?;
        } else if let Some((number, content)) = said {
            papers::keep(tx, app, call, &case, &number, None, content).await?;
        } else {
            add_document(tx, app, call, &case, DocumentKind::Referral, &input.text).await?;
        }
        Ok(SignDraftResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}

/// What its paper says.
fn content(kind: DraftKind, unit: &str, input: &SignDraftRequest) -> Content {
    let (unit_id, text, due_date) = (unit.to_owned(), input.text.clone(), input.due_date.clone());
    match kind {
        DraftKind::Order => Content::SupervisionOrder(Supervision { unit_id, requirement: text, due_date }),
        DraftKind::Letter => Content::ReminderLetter(Supervision { unit_id, requirement: text, due_date }),
        DraftKind::Bulletin | DraftKind::Referral | DraftKind::Unspecified => {
            Content::Bulletin(Bulletin { unit_ids: vec![unit_id], text })
        }
    }
}
