use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, RecordPublicationRequest, RecordPublicationResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Records that the matter was published, or why it lawfully is not.
pub async fn run(ledger: &Ledger, call: &Call, input: RecordPublicationRequest) -> Result<RecordPublicationResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case =
                carry_out(tx, ledger, call, &target, Role::Office, Command::RecordPublication { published: input.published() })
                    .await?;
            add_document(tx, ledger, call, &case, DocumentKind::Publication, &input.ground).await?;
            Ok(RecordPublicationResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
