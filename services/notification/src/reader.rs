//! Whose notices the caller reads.

use sanben_access::Matter;
use sanben_host::{App, Call, Error};
use sanben_proto::intake::ResolveReceiptRequest;
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use tonic::Code;
use uuid::Uuid;

use crate::error;
use crate::notice::Reader;

/// With a receipt code, what was sent to its submission; without, what was sent to the member of staff and to their roles.
pub async fn of(app: &App, call: &Call, receipt_code: &str) -> Result<Reader, Error> {
    if !receipt_code.is_empty() {
        return Ok(Reader::citizen(resolve(app, call, receipt_code).await?));
    }
    if call.caller.is_anonymous() {
        return Err(error::unauthenticated().into());
    }
    // Who may touch nothing of their own unit, such as an administrator, is told of nothing.
    let unit = Matter::of(&app.org, [call.caller.unit.as_str()]);
    let allowed = app.access.may_touch(&app.org, &call.caller, &call.permission, &unit);
    let units = app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect();
    Ok(if allowed { Reader::staff(&call.caller, units) } else { Reader::default() })
}

/// The submission that a receipt code opens now; intake says nothing of why it opens none.
pub async fn resolve(app: &App, call: &Call, receipt_code: &str) -> Result<Uuid, Error> {
    let mut intake = SubmissionPeerServiceClient::new(app.peers.for_service_on("intake", call));
    match intake.resolve_receipt(ResolveReceiptRequest { receipt_code: receipt_code.to_owned() }).await {
        Ok(found) => {
            Uuid::try_parse(&found.into_inner().submission_id).map_err(|_| Error::Defect("intake answered an id that is no UUID"))
        }
        Err(status) if status.code() == Code::NotFound => Err(error::receipt_unknown().into()),
        Err(status) => Err(status.into()),
    }
}
