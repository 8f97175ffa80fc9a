use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{ErrorReason, LegalPath};
use sanben_proto::ledger::issue_paper_request::Content as Given;
use sanben_proto::ledger::{IssuePaperRequest, IssuePaperResponse};
use uuid::Uuid;

use crate::case::{self, Case, Command};
use crate::verb::{Target, carry_out_with, chains};
use crate::{convert, papers};

/// Issues an official paper.
pub async fn run(app: &App, call: &Call, input: IssuePaperRequest) -> Result<IssuePaperResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let role = |case: &Case| if signs(call, case) { Role::Chief } else { Role::Handler };
        let mut issued = None;
        let case = carry_out_with(tx, app, call, &target, role, async |tx: &mut Tx, _: &Case| {
            let (content, rule, submission) = read(app, input.content.clone())?;
            let corrects = !input.corrects_number.is_empty();
            let number =
                if corrects { input.corrects_number.clone() } else { papers::new_number(tx, app, call, rule.kind()).await? };
            issued = Some((number.clone(), content, submission));
            Ok(Command::IssuePaper { content: rule, number, corrects })
        })
        .await?;
        let Some((number, content, submission)) = issued else { return Err(nothing().into()) };
        let paper = papers::keep(tx, app, call, &case, &number, submission, content).await?;
        Ok(IssuePaperResponse { case: Some(convert::case(app, call, &case)), paper: Some(paper) })
    })
    .await
}

/// Whoever handles the case issues as its handler, a chief as its chief.
fn signs(call: &Call, case: &Case) -> bool {
    call.caller.is(Role::Chief) && case.state.handler() != Some(call.caller.person.as_str())
}

/// What the paper says, what the rules need to know of it, and whose person reads it, if not everybody's.
fn read(app: &App, given: Option<Given>) -> Result<(Content, case::Content, Option<Uuid>), Error> {
    match given {
        None => Err(nothing().into()),
        Some(Given::PathNotice(notice)) => {
            let leads_elsewhere = !matches!(notice.path(), LegalPath::StatutoryDuty | LegalPath::Petition);
            if leads_elsewhere && notice.authority.trim().is_empty() {
                let field = "path_notice.authority";
                return Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::missing()).into());
            }
            let rule = case::Content::Path(notice.path());
            Ok((Content::PathNotice(notice), rule, None))
        }
        Some(Given::SettlementAgreement(agreement)) => {
            let whose = &agreement.submission_id;
            let submission = if whose.is_empty() { None } else { Some(parse_id("settlement_agreement.submission_id", whose)?) };
            Ok((Content::SettlementAgreement(agreement), case::Content::Agreement { submission }, submission))
        }
        Some(Given::Bulletin(bulletin)) => {
            chains(app, "bulletin.unit_ids", &bulletin.unit_ids)?;
            Ok((Content::Bulletin(bulletin), case::Content::Bulletin, None))
        }
    }
}

fn nothing() -> Refusal {
    Refusal::field(ErrorReason::InvalidFields, "content", Problem::missing())
}
