use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{AnswerUrgingRequest, AnswerUrgingResponse, DocumentKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Answers an urging, for the unit that was urged.
pub async fn run(ledger: &Ledger, call: &Call, input: AnswerUrgingRequest) -> Result<AnswerUrgingResponse, Error> {
    let number = usize::try_from(input.number).unwrap_or_default();
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Handler, Command::AnswerUrge { number }).await?;
            add_document(tx, ledger, call, &case, DocumentKind::UrgingAnswer, &input.text).await?;
            Ok(AnswerUrgingResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
