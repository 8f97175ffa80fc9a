//! Opens a case when the desk proposes a submission.

use sanben_access::{Level, Post, Tenure, Unit};
use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore, record};
use sanben_clock::Ts;
use sanben_host::{App, Error, heard, heard_id, parse_time};
use sanben_proto::intake::intake_service_client::IntakeServiceClient;
use sanben_proto::intake::{GetProposalRequest, GetProposalResponse, Proposal, SubmissionProposed};

use crate::case::gate::{Rung, Standing, gate_unit};
use crate::case::{Case, Event, Opening};
use crate::{store, verb};

/// Follows intake.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("ledger-on-intake", "intake", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let Some(SubmissionProposed { submission_id, .. }) = heard(&event)? else { return Ok(ignore()) };
    // The event says only that there is a proposal; what it says is for services alone.
    let mut intake = IntakeServiceClient::new(app.peers.for_service("intake"));
    let found = intake.get_proposal(GetProposalRequest { submission_id }).await.map_err(Error::from)?.into_inner();
    let opening = opening(&app, found, event.time())?;
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let mut case = Case::open(app.clock.id(), opening.clone());
            let actor = Actor { person: "service:ledger".to_owned(), role: "service".to_owned(), ..Actor::default() };
            let now = app.clock.now();
            record(tx, &app.clock, now, &actor, &mut case, &[Event::Proposed(Box::new(opening))]).await?;
            store::insert(tx, &case, &verb::reach(&app, &case)).await?;
            Ok(())
        })
    }))
}

fn opening(app: &App, found: GetProposalResponse, proposed: Ts) -> Result<Opening, Fault> {
    let missing = || Fault::Poisoned("the proposal is incomplete".to_owned());
    let (proposal, submission) = found.proposal.zip(found.submission).ok_or_else(missing)?;
    let received = submission.receive_time.as_ref().map(parse_time).ok_or_else(missing)?;
    let gate = gate(app, &proposal, proposed)?;
    let gate_chain = app.org.chain(&gate).into_iter().map(|unit| unit.id.clone()).collect();
    Ok(Opening {
        submissions: vec![heard_id(&submission.submission_id)?],
        book: proposal.book(),
        track: proposal.track(),
        origin: submission.channel(),
        title: proposal.title,
        summary: proposal.summary,
        lead_unit: proposal.lead_unit_id,
        gate_unit: gate,
        gate_chain,
        accused_units: proposal.accused_unit_ids,
        accused_persons: proposal.accused_person_ids,
        sealed: submission.sealed,
        received,
        proposed,
    })
}

/// The unit whose chief signs. Intake proposes nothing that only a superior outside the bureau may sign.
fn gate(app: &App, proposal: &Proposal, at: Ts) -> Result<String, Fault> {
    let way_up: Vec<Rung> =
        app.org.chain(&proposal.lead_unit_id).into_iter().map(|unit| rung(app, unit, &proposal.accused_person_ids, at)).collect();
    let is_high = |id: &String| app.org.unit(id).is_some_and(|unit| matches!(unit.level, Level::SubBureau | Level::Department));
    let accused_high = proposal.accused_unit_ids.iter().any(is_high);
    gate_unit(&way_up, &proposal.accused_unit_ids, accused_high).ok_or_else(|| Fault::Poisoned("nobody may sign".to_owned()))
}

fn rung(app: &App, unit: &Unit, accused: &[String], at: Ts) -> Rung {
    let heads = |person: &String| app.org.tenure(person, &unit.id, at).is_some_and(|tenure| counts(unit, tenure));
    let standing = match unit.level {
        Level::City | Level::Department => Standing::City,
        Level::SubBureau | Level::Station => Standing::Own,
    };
    Rung { unit: unit.id.clone(), standing, headed_by_accused: accused.iter().any(heads) }
}

/// A deputy of the city bureau who is complained about leaves its chief free to sign; elsewhere the case climbs.
fn counts(unit: &Unit, tenure: &Tenure) -> bool {
    unit.level != Level::City || tenure.post == Post::Chief
}
