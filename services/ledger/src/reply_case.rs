use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{PresetKind, ReplyToCaseRequest, ReplyToCaseResponse};

use crate::case::clock::{presets, until};
use crate::case::{Case, Command};
use crate::verb::{Target, carry_out_with};
use crate::{calendars, convert, papers, store};

/// Delivers the reviewed reply, and issues the written opinion with it; the window for a verdict opens.
pub async fn run(app: &App, call: &Call, input: ReplyToCaseRequest) -> Result<ReplyToCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let opinion = papers::new_number(tx, app, call, PaperKind::HandlingOpinion).await?;
        let command = async |tx: &mut Tx, case: &Case| {
            // By the newest edition that there is in the turn of the case: one that is loaded later works it out again.
            calendars::catch_up(tx, &app.editions).await?;
            let window = until(presets(case), PresetKind::Verdict, &app.calendar(), call.now);
            Ok(Command::Reply { verdict_deadline: window.due, opinion: opinion.clone() })
        };
        let case = carry_out_with(tx, app, call, &target, |_| Role::Handler, command).await?;
        if case.state.report().is_some_and(|report| report.opinion) {
            store::papers::issue_draft(tx, case.id, case.round, PaperKind::HandlingOpinion, &opinion, call.now).await?;
        }
        Ok(ReplyToCaseResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
