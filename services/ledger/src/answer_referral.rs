use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AnswerReferralRequest, AnswerReferralResponse, DocumentKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Answers a referral to discipline.
pub async fn run(app: &App, call: &Call, input: AnswerReferralRequest) -> Result<AnswerReferralResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Supervisor, Command::AnswerReferral).await?;
        add_document(tx, app, call, &case, DocumentKind::ReferralAnswer, &input.text).await?;
        Ok(AnswerReferralResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
