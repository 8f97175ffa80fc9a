use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AnswerUrgingRequest, AnswerUrgingResponse, DocumentKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Answers an urging, for the unit that was urged.
pub async fn run(app: &App, call: &Call, input: AnswerUrgingRequest) -> Result<AnswerUrgingResponse, Error> {
    let number = usize::try_from(input.number).unwrap_or_default();
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Handler, Command::AnswerUrge { number }).await?;
        add_document(tx, app, call, &case, DocumentKind::UrgingAnswer, &input.text).await?;
        Ok(AnswerUrgingResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
