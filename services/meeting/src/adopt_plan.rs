use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal};
use sanben_proto::intake::ProposeSubmissionRequest;
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::meeting::{AdoptPlanRequest, AdoptPlanResponse};
use tonic::Code;

use crate::agenda::Target;
use crate::suggestion::{Accused, Command, Link, Suggestion, decide};
use crate::{agenda, convert, proposal, store};

/// Adopts the plan (一事一方案) and proposes the matter to the ledger.
pub async fn run(app: &App, call: &Call, input: AdoptPlanRequest) -> Result<AdoptPlanResponse, Error> {
    agenda::say_something(&[("plan", &input.plan), ("evidence", &input.evidence)])?;
    // A refusal counts only after the claim: a repetition gets its first answer, however the suggestion has moved on since.
    let proposed = propose(app, call, &input).await;
    app.write(call, async |tx: &mut Tx| {
        let accused = proposed?;
        let suggestion = agenda::settle(tx, app, call, target(&input), command(&input)).await?;
        store::set_accused(tx, suggestion.id, &accused).await?;
        Ok(AdoptPlanResponse { suggestion: Some(convert::suggestion(&suggestion)) })
    })
    .await
}

/// Sees to it that the submission is proposed, and answers whom the proposal names as complained about. A submission that is proposed
/// already, by an attempt that got no further or by the desk, is as good.
async fn propose(app: &App, call: &Call, input: &AdoptPlanRequest) -> Result<Accused, Error> {
    let (suggestion, link) = app.db.read(async |tx: &mut Tx| ready(tx, app, call, input).await).await?;
    let request = ProposeSubmissionRequest {
        request_id: input.request_id.clone(),
        submission_id: suggestion.submission_id.to_string(),
        etag: String::new(),
        proposal: input.proposal.clone(),
    };
    let mut intake = DeskServiceClient::new(app.peers.for_caller("intake", call));
    let refused = match intake.propose_submission(request).await {
        Ok(_) => None,
        Err(status) if status.code() == Code::FailedPrecondition => Some(status),
        Err(status) => return Err(status.into()),
    };
    let holds = proposal::of(app, suggestion.submission_id).await?.filter(|it| it.holds(link, refused.is_none()));
    match (holds, refused) {
        (Some(proposal), None) => Ok(proposal.accused),
        (Some(proposal), Some(_)) => {
            app.permit(call, Some(proposal.accused), |accused| agenda::matter(app, &suggestion.unit, accused.clone()))
        }
        (None, Some(status)) => Err(status.into()),
        // The answer was that of an earlier attempt, whose case has been declined since: a new plan needs a new request.
        (None, None) => Err(Refusal::stale().into()),
    }
}

/// The suggestion, if it can take the plan, with the case that was proposed for it last.
async fn ready(tx: &mut Tx, app: &App, call: &Call, input: &AdoptPlanRequest) -> Result<(Suggestion, Option<Link>), Error> {
    let suggestion = agenda::visible_suggestion(tx, app, call, &input.suggestion_id, &input.etag).await?;
    let actor = call.actor(agenda::SECRETARY);
    decide(&suggestion, command(input), &input.evidence, &convert::by(&actor), call.now).map_err(Refusal::from)?;
    let link = store::find_link(tx, suggestion.id).await?;
    Ok((suggestion, link))
}

fn target(input: &AdoptPlanRequest) -> Target<'_> {
    Target { suggestion_id: &input.suggestion_id, etag: &input.etag, evidence: &input.evidence }
}

fn command(input: &AdoptPlanRequest) -> Command {
    Command::AdoptPlan { plan: input.plan.clone() }
}
