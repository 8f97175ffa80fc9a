//! What intake says of a submission.

use sanben_bus::Fault;
use sanben_clock::Ts;
use sanben_host::App;
use sanben_host::{Error, parse_time};
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::{GetSubmissionRequest, Submission};

/// A submission as intake has it now, and when it was received.
pub async fn submission_of(app: &App, submission_id: String) -> Result<(Submission, Ts), Fault> {
    let mut intake = DeskServiceClient::new(app.peers.for_service("intake"));
    let found = intake.get_submission(GetSubmissionRequest { submission_id }).await.map_err(Error::from)?.into_inner();
    let missing = || Fault::Poisoned("the submission is incomplete".to_owned());
    let submission = found.submission.ok_or_else(missing)?;
    let received = submission.receive_time.as_ref().map(parse_time).ok_or_else(missing)?;
    Ok((submission, received))
}
