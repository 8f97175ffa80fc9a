use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{Bulletin, ErrorReason, Supervision};
use sanben_proto::ledger::{DocumentKind, DraftKind, SignDraftRequest, SignDraftResponse};

use sanben_ledger_rules::case::{self, Case, Command, draft};

use crate::case::{
    act::{Target, add_document, carry_out_with, coming_day, say_something},
    direction::urge_case,
    ledger::Ledger,
    view,
};
use crate::error;
use crate::paper;

/// Signs what a clock has drafted.
pub async fn run(ledger: &Ledger, call: &Call, input: SignDraftRequest) -> Result<SignDraftResponse, Error> {
    say_something(&[("text", &input.text)])?;
    if !input.due_date.is_empty() {
        coming_day(call, "due_date", &input.due_date)?;
    }
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let (mut kind, mut said) = (DraftKind::Unspecified, None);
            let case = carry_out_with(
                tx,
                ledger,
                call,
                &target,
                |_| Role::Chief,
                async |tx: &mut Tx, case: &Case| {
                    let draft = draft::open(case, input.draft_number).map_err(error::case)?;
                    // The calendar may be newer than what is kept of the case.
                    if draft::groundless(case, &ledger.calendar(), call.now).contains(&draft.number) {
                        return Err(error::case(case::Refusal::DraftClosed).into());
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
                        said = Some((paper::new_number(tx, ledger, call, paper).await?, content(kind, &draft.unit, &input)));
                    }
                    let paper = said.as_ref().map(|(number, _)| number.clone()).unwrap_or_default();
                    Ok(Command::SignDraft { number: input.draft_number, due: input.due_date.clone(), paper })
                },
            )
            .await?;
            if draft::asks(kind) {
                urge_case::keep(tx, ledger, call, &case, &input.text, said).await?;
            } else if let Some((number, content)) = said {
                paper::keep(tx, ledger, call, &case, &number, None, content).await?;
            } else {
                add_document(tx, ledger, call, &case, DocumentKind::Referral, &input.text).await?;
            }
            Ok(SignDraftResponse { case: Some(view::case(ledger, call, &case)) })
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
