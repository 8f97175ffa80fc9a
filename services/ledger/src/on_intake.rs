//! Opens a case when the desk proposes a submission.

use sanben_access::{Level, Unit};
use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore, record};
use sanben_clock::Ts;
use sanben_host::{App, Error, heard, heard_id, parse_time};
use sanben_proto::intake::intake_service_client::IntakeServiceClient;
use sanben_proto::intake::{GetProposalRequest, GetProposalResponse, SubmissionProposed};

use crate::case::gate::{Rung, Standing, gate_unit};
use crate::case::{Case, Event, Opening, due};
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
    let way_up: Vec<Rung> = app.org.chain(&proposal.lead_unit_id).into_iter().map(rung).collect();
    // Intake proposes nothing that the bureau itself is accused of: such a matter is passed to the superior outside.
    let gate = gate_unit(&way_up, &proposal.accused_unit_ids).ok_or_else(|| Fault::Poisoned("nobody may sign".to_owned()))?;
    Ok(Opening {
        submissions: vec![heard_id(&submission.submission_id)?],
        book: proposal.book(),
        track: proposal.track(),
        origin: submission.channel(),
        due: due::reply_due(&app.calendar, proposal.track(), received),
        title: proposal.title,
        summary: proposal.summary,
        lead_unit: proposal.lead_unit_id,
        gate_unit: gate,
        accused_units: proposal.accused_unit_ids,
        accused_persons: proposal.accused_person_ids,
        sealed: submission.sealed,
        received,
        proposed,
    })
}

fn rung(unit: &Unit) -> Rung {
    let standing = match unit.level {
        Level::City | Level::Department => Standing::City,
        Level::SubBureau | Level::Station => Standing::Own,
    };
    Rung { unit: unit.id.clone(), standing }
}
