use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::intake::{GetProposalRequest, GetProposalResponse, ProposeSubmissionRequest, ProposeSubmissionResponse};
use sanben_proto::kinds::{Channel, ErrorReason};

use uuid::Uuid;

use crate::submission::{Accused, Command, Event, Proposal, Submission};
use crate::{convert, error, store, triage};

/// Proposes a submission to the ledger, which hears of it by the event and fetches the proposal.
pub async fn run(app: &App, call: &Call, input: ProposeSubmissionRequest) -> Result<ProposeSubmissionResponse, Error> {
    let mut proposal =
        input.proposal.map(convert::proposal_from).ok_or(Error::Defect("a required field that the gate let through"))?;
    check(app, call, &proposal)?;
    app.write(call, async |tx: &mut Tx| {
        let submission = may_propose(tx, app, call, &input.submission_id).await?;
        proposal.accused_units.extend(also_accused(app, &submission, &proposal));
        let accused = Accused { units: proposal.accused_units.clone(), persons: proposal.accused_persons.clone() };
        let command = Command::Propose(Box::new(proposal));
        let submission = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        if let Some(part) = &submission.part_of {
            keep_from(tx, app, call, part.whole, accused).await?;
        }
        Ok(ProposeSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
    })
    .await
}

/// Who is complained about in a part no longer finds the whole.
pub async fn keep_from(tx: &mut Tx, app: &App, call: &Call, whole: Uuid, accused: Accused) -> Result<(), Error> {
    store::take_turn(tx, whole).await?;
    let mut whole = store::find(tx, whole).await?.ok_or(Error::Defect("a part of nothing"))?;
    triage::happen(tx, app, call.now, &call.actor(triage::DESK), &mut whole, Event::PartProposed { accused }).await
}

/// Shows what was proposed, to the services that follow it.
pub async fn get(app: &App, call: &Call, input: GetProposalRequest) -> Result<GetProposalResponse, Error> {
    let id = parse_id("submission_id", &input.submission_id)?;
    let submission = app.db.read(async |tx: &mut Tx| triage::visible(tx, app, call, id).await).await?;
    let proposal = submission.standing().ok_or_else(Refusal::not_found)?;
    Ok(GetProposalResponse {
        proposal: Some(convert::proposal(proposal)),
        submission: Some(convert::submission(call, &submission)),
    })
}

/// The desk proposes anything in its reach; a meeting only what was said in a meeting.
async fn may_propose(tx: &mut Tx, app: &App, call: &Call, submission_id: &str) -> Result<Submission, Error> {
    let submission = triage::visible(tx, app, call, parse_id("submission_id", submission_id)?).await?;
    if call.caller.is(Role::DeskOfficer) || submission.channel == Channel::Meeting {
        return Ok(submission);
    }
    Err(Refusal::not_permitted(call).into())
}

/// A complaint stays sealed from the unit it was addressed to, unless triage lets that unit, or one below it, lead.
pub fn also_accused(app: &App, submission: &Submission, proposal: &Proposal) -> Option<String> {
    let unit = submission.addressed_accused(&app.org.root().id)?;
    let leads = app.org.is_within(&proposal.lead_unit, unit);
    let named = proposal.accused_units.iter().any(|accused| accused == unit);
    (!leads && !named).then(|| unit.to_owned())
}

fn check(app: &App, call: &Call, proposal: &Proposal) -> Result<(), Error> {
    let head = app.org.chief_of(&app.org.root().id, call.now).map(|tenure| &tenure.person);
    if proposal.accused_units.contains(&app.org.root().id) || head.is_some_and(|head| proposal.accused_persons.contains(head)) {
        return Err(error::nobody_may_sign(app.org.superior().unwrap_or_default()).into());
    }
    if app.org.unit(&proposal.lead_unit).is_none() {
        return Err(error::unit_unknown("proposal.lead_unit_id", &proposal.lead_unit).into());
    }
    for (index, unit) in proposal.accused_units.iter().enumerate() {
        if app.org.unit(unit).is_none() {
            return Err(error::unit_unknown(&format!("proposal.accused_unit_ids[{index}]"), unit).into());
        }
        if app.org.is_within(&proposal.lead_unit, unit) {
            return Err(error::lead_unit_is_accused(unit).into());
        }
    }
    for (field, text) in [("proposal.title", &proposal.title), ("proposal.summary", &proposal.summary)] {
        if text.trim().is_empty() {
            return Err(Refusal::field(ErrorReason::InvalidFields, field, Problem::blank()).into());
        }
    }
    Ok(())
}
