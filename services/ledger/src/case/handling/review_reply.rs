use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{ReviewReplyRequest, ReviewReplyResponse, ReviewStep};

use sanben_ledger_rules::case::{Case, Command, Report};

use crate::case::{
    act::{Target, carry_out_with},
    ledger::Ledger,
    view,
};

/// Makes the next of the three reviews.
pub async fn run(ledger: &Ledger, call: &Call, input: ReviewReplyRequest) -> Result<ReviewReplyResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::Review {
                approve: input.approve(),
                criteria_met: input.policy_correct && input.opinion_fitting && input.rectified,
                reason: input.reason.clone(),
            };
            let case = carry_out_with(tx, ledger, call, &target, acting, async |_: &mut Tx, _: &Case| Ok(command)).await?;
            Ok(ReviewReplyResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// The role of the review that is due, whatever other roles the reviewer has.
fn acting(case: &Case) -> Role {
    match case.state.report().map(Report::due) {
        Some(ReviewStep::Office) => Role::Office,
        Some(ReviewStep::Leader) => Role::LeaderInCharge,
        Some(ReviewStep::Handler | ReviewStep::Unspecified) | None => Role::Handler,
    }
}
