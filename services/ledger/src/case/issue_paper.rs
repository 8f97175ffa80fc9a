use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal, parse_date, parse_id};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{ErrorReason, LegalPath, SettlementAgreement};
use sanben_proto::ledger::issue_paper_request::Content as Given;
use sanben_proto::ledger::{IssuePaperRequest, IssuePaperResponse};
use uuid::Uuid;

use sanben_ledger_rules::case::{self, Case, Command};

use crate::case::{
    act::{Target, carry_out_with, chains, say_something},
    ledger::Ledger,
    view,
};
use crate::paper;

/// Issues an official paper.
pub async fn run(ledger: &Ledger, call: &Call, input: IssuePaperRequest) -> Result<IssuePaperResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let role = |case: &Case| if signs(call, case) { Role::Chief } else { Role::Handler };
            let mut issued = None;
            let case = carry_out_with(tx, ledger, call, &target, role, async |tx: &mut Tx, _: &Case| {
                let (content, rule, submission) = read(ledger, input.content.clone())?;
                let corrects = !input.corrects_number.is_empty();
                let number =
                    if corrects { input.corrects_number.clone() } else { paper::new_number(tx, ledger, call, rule.kind()).await? };
                issued = Some((number.clone(), content, submission));
                Ok(Command::IssuePaper { content: rule, number, corrects })
            })
            .await?;
            let Some((number, content, submission)) = issued else { return Err(nothing().into()) };
            let paper = paper::keep(tx, ledger, call, &case, &number, submission, content).await?;
            Ok(IssuePaperResponse { case: Some(view::case(ledger, call, &case)), paper: Some(paper) })
        })
        .await
}

/// Whoever handles the case issues as its handler, a chief as its chief.
fn signs(call: &Call, case: &Case) -> bool {
    call.caller.is(Role::Chief) && case.state.handler() != Some(call.caller.person.as_str())
}

/// What the paper says, what the rules need to know of it, and whose person reads it, if not everybody's.
fn read(ledger: &Ledger, given: Option<Given>) -> Result<(Content, case::Content, Option<Uuid>), Error> {
    match given {
        None => Err(nothing().into()),
        Some(Given::PathNotice(notice)) => {
            let leads_elsewhere = !matches!(notice.path(), LegalPath::StatutoryDuty | LegalPath::Petition);
            if leads_elsewhere && notice.authority.trim().is_empty() {
                let field = "path_notice.authority";
                return Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::missing()).into());
            }
            say_something(&[("path_notice.explanation", &notice.explanation)])?;
            let rule = case::Content::Path(notice.path());
            Ok((Content::PathNotice(notice), rule, None))
        }
        Some(Given::SettlementAgreement(agreement)) => {
            let submission = reader(&agreement)?;
            check(&agreement)?;
            Ok((Content::SettlementAgreement(agreement), case::Content::Agreement { submission }, submission))
        }
        Some(Given::Bulletin(bulletin)) => {
            chains(ledger, "bulletin.unit_ids", &bulletin.unit_ids)?;
            say_something(&[("bulletin.text", &bulletin.text)])?;
            Ok((Content::Bulletin(bulletin), case::Content::Bulletin, None))
        }
    }
}

/// Whose person reads an agreement; everybody only if that is said.
fn reader(agreement: &SettlementAgreement) -> Result<Option<Uuid>, Error> {
    let (field, whose) = ("settlement_agreement.submission_id", &agreement.submission_id);
    match (whose.is_empty(), agreement.everybody) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(parse_id(field, whose)?)),
        (true, false) => Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::missing()).into()),
        (false, true) => Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::excluded_by("everybody")).into()),
    }
}

fn check(agreement: &SettlementAgreement) -> Result<(), Error> {
    say_something(&[("settlement_agreement.matter", &agreement.matter)])?;
    for (index, term) in agreement.terms.iter().enumerate() {
        let field = |name: &str| format!("settlement_agreement.terms[{index}].{name}");
        say_something(&[(&field("party"), &term.party), (&field("obligation"), &term.obligation)])?;
        if !term.due_date.is_empty() {
            parse_date(&field("due_date"), &term.due_date)?;
        }
    }
    Ok(())
}

fn nothing() -> Refusal {
    Refusal::field(ErrorReason::InvalidFields, "content", Problem::missing())
}
