use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, RecordPublicationRequest, RecordPublicationResponse};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Records that the matter was published, or why it lawfully is not.
pub async fn run(app: &App, call: &Call, input: RecordPublicationRequest) -> Result<RecordPublicationResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case =
            carry_out(tx, app, call, &target, Role::Office, Command::RecordPublication { published: input.published() }).await?;
        add_document(tx, app, call, &case, DocumentKind::Publication, &input.ground).await?;
        Ok(RecordPublicationResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
