use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{ReviewReplyRequest, ReviewReplyResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, carry_out};

/// Makes the next of the three reviews.
pub async fn run(app: &App, call: &Call, input: ReviewReplyRequest) -> Result<ReviewReplyResponse, Error> {
    let role = [Role::LeaderInCharge, Role::Office].into_iter().find(|role| call.caller.is(*role)).unwrap_or(Role::Handler);
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let command = Command::Review {
            approve: input.approve,
            criteria_met: input.policy_correct && input.opinion_fitting && input.rectified,
            reason: input.reason.clone(),
        };
        let case = carry_out(tx, app, call, &target, role, command).await?;
        Ok(ReviewReplyResponse { case: Some(convert::case(&case)) })
    })
    .await
}
