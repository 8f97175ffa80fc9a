use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{AnswerReferralRequest, AnswerReferralResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Answers a referral to discipline.
pub async fn run(ledger: &Ledger, call: &Call, input: AnswerReferralRequest) -> Result<AnswerReferralResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Supervisor, Command::AnswerReferral).await?;
            add_document(tx, ledger, call, &case, DocumentKind::ReferralAnswer, &input.text).await?;
            Ok(AnswerReferralResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
