use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{PresetKind, ReplyToCaseRequest, ReplyToCaseResponse};

use sanben_ledger_rules::case::{
    Case, Command,
    clock::{presets, until},
};

use crate::case::{
    act::{Target, carry_out_with},
    ledger::Ledger,
    view,
};
use crate::catalogue::calendar;
use crate::paper;

/// Delivers the reviewed reply, and issues the written opinion with it; the window for a verdict opens.
pub async fn run(ledger: &Ledger, call: &Call, input: ReplyToCaseRequest) -> Result<ReplyToCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let opinion = paper::new_number(tx, ledger, call, PaperKind::HandlingOpinion).await?;
            let command = async |tx: &mut Tx, case: &Case| {
                // By the newest edition that there is in the turn of the case: one that is loaded later works it out again.
                calendar::catch_up(tx, &ledger.editions).await?;
                let window = until(presets(case), PresetKind::Verdict, &ledger.calendar(), call.now);
                Ok(Command::Reply { verdict_deadline: window.due, opinion: opinion.clone() })
            };
            let case = carry_out_with(tx, ledger, call, &target, |_| Role::Handler, command).await?;
            if case.state.report().is_some_and(|report| report.opinion) {
                paper::store::issue_draft(tx, case.id, case.round, PaperKind::HandlingOpinion, &opinion, call.now).await?;
            }
            Ok(ReplyToCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
