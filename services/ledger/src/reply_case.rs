use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{ReplyCaseRequest, ReplyCaseResponse};

use crate::case::{Command, due};
use crate::verb::{Target, carry_out};
use crate::{convert, papers, store};

/// Delivers the reviewed reply, and issues the written opinion with it; the window for a verdict opens.
pub async fn run(app: &App, call: &Call, input: ReplyCaseRequest) -> Result<ReplyCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let opinion = papers::new_number(tx, app, call, PaperKind::HandlingOpinion).await?;
        let verdict_deadline = due::verdict_deadline(&app.calendar(), call.now);
        let command = Command::Reply { verdict_deadline, opinion: opinion.clone() };
        let case = carry_out(tx, app, call, &target, Role::Handler, command).await?;
        if case.state.report().is_some_and(|report| report.opinion) {
            store::papers::issue_draft(tx, case.id, case.round, PaperKind::HandlingOpinion, &opinion, call.now).await?;
        }
        Ok(ReplyCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
