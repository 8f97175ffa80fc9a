use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::intake::{JoinSubmissionRequest, JoinSubmissionResponse};

use crate::propose_submission::{also_accused, keep_from};
use crate::submission::{Accused, Command};
use crate::{convert, reply, triage};

/// Joins a submission to the case of another that says the same; the ledger hears of it by the event.
pub async fn run(app: &App, call: &Call, input: JoinSubmissionRequest) -> Result<JoinSubmissionResponse, Error> {
    if let Some(first) = app.answered(call).await? {
        return Ok(first);
    }
    let (id, to) = (parse_id("submission_id", &input.submission_id)?, parse_id("to_submission_id", &input.to_submission_id)?);
    let both = async |tx: &mut Tx| {
        let before = triage::visible(tx, app, call, id).await?;
        check_etag(&input.etag, before.revision)?;
        triage::visible(tx, app, call, to).await
    };
    let to = app.db.read(both).await?;
    let joinable = reply::of_case(app, call, &to).await?.joinable;
    app.write(call, async |tx: &mut Tx| {
        let before = triage::visible(tx, app, call, id).await?;
        let addressed = to.proposal.as_ref().and_then(|proposal| also_accused(app, &before, proposal));
        let command = Command::Join { to: Box::new(to), joinable, addressed };
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        if let (Some(part), Some(joined)) = (&submission.part_of, &submission.joined) {
            let (units, persons) = (joined.proposal.accused_units.clone(), joined.proposal.accused_persons.clone());
            keep_from(tx, app, call, part.whole, Accused { units, persons }).await?;
        }
        Ok(JoinSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}
