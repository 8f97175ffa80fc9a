//! What the ledger makes of a submission: a case when the desk proposes it, a new round when its person asks, praise when it is.

use sanben_access::{Matter, Role};
use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore, record};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Error, heard, heard_id, parse_time};
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use sanben_proto::intake::{
    GetProposalRequest, GetProposalResponse, GetSubmissionRequest, Submission, SubmissionAcknowledged, SubmissionAppealed,
    SubmissionDetached, SubmissionJoined, SubmissionProposed, SubmissionReopened,
};
use uuid::Uuid;

use crate::case::presets::Chosen;
use crate::case::{By, Case, Command, Event, Joined, Opening, decide};
use crate::praise::{self, Praise};
use crate::store::index;
use crate::{convert, drafts, ladder, presets, reproject, store, verb};

/// Follows intake.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("ledger-on-intake", "intake", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    if let Some(SubmissionProposed { submission_id, .. }) = heard(&event)? {
        return open(app, submission_id, event.time()).await;
    }
    if let Some(reopened) = heard(&event)? {
        return take_up_again(app, &reopened, event.time());
    }
    if let Some(appealed) = heard(&event)? {
        return take_appeal(app, &appealed, event.time());
    }
    if let Some(joined) = heard(&event)? {
        return join(app, joined).await;
    }
    if let Some(detached) = heard(&event)? {
        return detach(app, &detached);
    }
    if let Some(acknowledged) = heard(&event)? {
        return keep_praise(app, acknowledged).await;
    }
    Ok(ignore())
}

/// The event says only that there is a proposal; what it says is for services alone.
async fn open(app: App, submission_id: String, proposed: Ts) -> Result<Effect, Fault> {
    let mut intake = SubmissionPeerServiceClient::new(app.peers.for_service("intake"));
    let found = intake.get_proposal(GetProposalRequest { submission_id }).await.map_err(Error::from)?.into_inner();
    let party = found.submission.as_ref().map(|submission| submission.party_ref.clone()).unwrap_or_default();
    let opening = opening(&app, found, proposed)?;
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let now = app.clock.now();
            let opening = Opening { presets: presets::newest(tx).await?.chosen(), ..opening };
            let mut case = Case::open(app.clock.id(), opening.clone());
            record(tx, &app.clock, now, &itself(), &mut case, &[Event::Proposed(Box::new(opening))]).await?;
            store::insert(tx, &case, &verb::index(&app, &case)).await?;
            for submission in case.opening.submissions.iter().filter(|_| knows_party(&case, &party)) {
                index::add_party(tx, case.id, *submission, &party).await?;
            }
            Ok(())
        })
    }))
}

/// The desk joined it while the case was open to it; if it is not any more, the desk is told.
async fn join(app: App, heard: SubmissionJoined) -> Result<Effect, Fault> {
    let (case_id, submission) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?);
    let (found, received) = submission_of(&app, heard.submission_id).await?;
    let external = found.external.clone().map(convert::external_from);
    let joined = Joined { submission, received, parties: found.party_count.max(1), external };
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            let decided = decide(&case, Command::Join(joined), &By::default(), app.clock.now());
            if decided.is_ok() && knows_party(&case, &found.party_ref) {
                index::add_party(tx, case_id, submission, &found.party_ref).await?;
            }
            let events = decided.unwrap_or_else(|_| vec![Event::JoinRefused { submission }]);
            happen(tx, &app, &itself(), case, &events).await
        })
    }))
}

/// A case that was declined has let go of all of them already.
fn detach(app: App, heard: &SubmissionDetached) -> Result<Effect, Fault> {
    let (case_id, submission) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            let now = app.clock.now();
            let Ok(events) = decide(&case, Command::Detach { submission }, &By::default(), now) else { return Ok(()) };
            index::remove_party(tx, case_id, submission).await?;
            happen(tx, &app, &itself(), case, &events).await
        })
    }))
}

/// Sealed cases are never found by who stands behind them; sealed submissions come without a reference.
fn knows_party(case: &Case, party: &str) -> bool {
    !case.sealed() && !party.is_empty()
}

async fn taken(tx: &mut Tx, case_id: Uuid) -> Result<Case, Fault> {
    store::take_turn(tx, case_id).await?;
    store::find(tx, case_id).await?.ok_or_else(|| Fault::Poisoned(format!("no case {case_id}")))
}

async fn happen(tx: &mut Tx, app: &App, actor: &Actor, case: Case, events: &[Event]) -> Result<(), Fault> {
    let revision = case.revision;
    kept_since(tx, app, actor, case, revision, events).await
}

/// As [`happen`], with what has happened to the case since that revision.
async fn kept_since(tx: &mut Tx, app: &App, by: &Actor, mut case: Case, revision: i64, events: &[Event]) -> Result<(), Fault> {
    let now = app.clock.now();
    if !events.is_empty() {
        record(tx, &app.clock, now, by, &mut case, events).await?;
    }
    if case.revision > revision {
        drafts::lapse(tx, app, &mut case, now).await?;
        store::update(tx, &case, revision, &verb::index(app, &case)).await?;
    }
    Ok(())
}

/// A submission as intake has it now, and when it was received.
pub async fn submission_of(app: &App, submission_id: String) -> Result<(Submission, Ts), Fault> {
    let mut intake = DeskServiceClient::new(app.peers.for_service("intake"));
    let found = intake.get_submission(GetSubmissionRequest { submission_id }).await.map_err(Error::from)?.into_inner();
    let missing = || Fault::Poisoned("the submission is incomplete".to_owned());
    let submission = found.submission.ok_or_else(missing)?;
    let received = submission.receive_time.as_ref().map(parse_time).ok_or_else(missing)?;
    Ok((submission, received))
}

/// Intake let the person ask because the window was open when they did, so that instant counts and not the present one.
fn take_up_again(app: App, heard: &SubmissionReopened, asked: Ts) -> Result<Effect, Fault> {
    if heard.case_id.is_empty() {
        return Ok(ignore());
    }
    let (case_id, submission, round) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?, heard.round);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let mut case = taken(tx, case_id).await?;
            let revision = case.revision;
            reproject::catch_up(tx, &app, &mut case, asked).await?;
            // Another submission of the same case may have asked first; then the round is over for both.
            let events = decide(&case, Command::Reopen { submission, round }, &citizen(), asked).unwrap_or_default();
            kept_since(tx, &app, &anonymous(), case, revision, &events).await
        })
    }))
}

/// As [`take_up_again`].
fn take_appeal(app: App, heard: &SubmissionAppealed, asked: Ts) -> Result<Effect, Fault> {
    let (case_id, submission, round) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?, heard.round);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            // Another submission of the same case may have asked first; then the superior looks at it for both.
            let command = Command::Appeal { submission, round, deadline: asked };
            let Ok(events) = decide(&case, command, &citizen(), asked) else { return Ok(()) };
            happen(tx, &app, &anonymous(), case, &events).await
        })
    }))
}

fn anonymous() -> Actor {
    Actor { person: "anonymous".to_owned(), role: Role::Citizen.name().to_owned(), ..Actor::default() }
}

fn citizen() -> By {
    By { person: "anonymous".to_owned(), roles: vec![Role::Citizen], ..By::default() }
}

async fn keep_praise(app: App, heard: SubmissionAcknowledged) -> Result<Effect, Fault> {
    let SubmissionAcknowledged { submission_id, unit_id } = heard;
    let (submission, received) = submission_of(&app, submission_id).await?;
    let (submission_id, origin) = (heard_id(&submission.submission_id)?, submission.channel());
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let now = app.clock.now();
            let reach = Matter::of(&app.org, [unit_id.as_str()]).reach;
            let mut praise = Praise {
                id: app.clock.id(),
                revision: 0,
                submission: submission_id,
                unit: unit_id,
                summary: submission.summary,
                origin,
                received,
                recorded: now,
            };
            record(tx, &app.clock, now, &itself(), &mut praise, &[praise::Event::Recorded]).await?;
            store::insert_praise(tx, &praise, &reach).await?;
            Ok(())
        })
    }))
}

/// The service, as the history names it.
pub fn itself() -> Actor {
    Actor { person: "service:ledger".to_owned(), role: "service".to_owned(), ..Actor::default() }
}

fn opening(app: &App, found: GetProposalResponse, proposed: Ts) -> Result<Opening, Fault> {
    let missing = || Fault::Poisoned("the proposal is incomplete".to_owned());
    let (proposal, submission) = found.proposal.zip(found.submission).ok_or_else(missing)?;
    let received = submission.receive_time.as_ref().map(parse_time).ok_or_else(missing)?;
    // Intake proposes nothing that only a superior outside the bureau may sign.
    let gate = ladder::gate(app, &proposal, proposed).ok_or_else(|| Fault::Poisoned("nobody may sign".to_owned()))?;
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
        parties: submission.party_count.max(1),
        external: submission.external.map(convert::external_from),
        received,
        proposed,
        presets: Chosen::Shipped,
    })
}
