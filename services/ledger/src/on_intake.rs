//! What the ledger makes of a submission: a case when the desk proposes it, a new round when its person asks, a superior's look
//! when its person appeals, praise when it is. It joins a submission to a case and lets it go again; what a case cannot take any
//! more it answers with `JoinRefused`. Hears: `SubmissionProposed`, `…Joined`, `…Detached`, `…Reopened`, `…Appealed`,
//! `…Acknowledged`.

use sanben_access::{Matter, Role};
use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore, record};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{Error, heard, heard_id, parse_time};
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use sanben_proto::intake::{
    GetProposalRequest, GetProposalResponse, SubmissionAcknowledged, SubmissionAppealed, SubmissionDetached, SubmissionJoined,
    SubmissionProposed, SubmissionReopened,
};
use uuid::Uuid;

use sanben_ledger_rules::case::{By, Case, Command, Event, Joined, Opening, decide, presets::Chosen};

use crate::case::{
    approval_chain,
    ledger::Ledger,
    reproject::{self, itself, lapse},
    store,
    submission::submission_of,
    view,
};
use crate::catalogue::{
    praise::{self, Praise},
    preset,
};
use crate::finding::store::index;

/// Follows intake.
pub fn consumer(ledger: Ledger) -> Consumer {
    let log = ledger.log.clone();
    Consumer::new("ledger-on-intake", "intake", log, move |event| handle(ledger.clone(), event))
}

async fn handle(ledger: Ledger, event: Heard) -> Result<Effect, Fault> {
    if let Some(SubmissionProposed { submission_id, .. }) = heard(&event)? {
        return open(ledger, submission_id, event.time()).await;
    }
    if let Some(reopened) = heard(&event)? {
        return take_up_again(ledger, &reopened, event.time());
    }
    if let Some(appealed) = heard(&event)? {
        return take_appeal(ledger, &appealed, event.time());
    }
    if let Some(joined) = heard(&event)? {
        return join(ledger, joined).await;
    }
    if let Some(detached) = heard(&event)? {
        return detach(ledger, &detached);
    }
    if let Some(acknowledged) = heard(&event)? {
        return keep_praise(ledger, acknowledged).await;
    }
    Ok(ignore())
}

/// The event says only that there is a proposal; what it says is for services alone.
async fn open(ledger: Ledger, submission_id: String, proposed: Ts) -> Result<Effect, Fault> {
    let mut intake = SubmissionPeerServiceClient::new(ledger.peers.for_service("intake"));
    let found = intake.get_proposal(GetProposalRequest { submission_id }).await.map_err(Error::from)?.into_inner();
    let party = found.submission.as_ref().map(|submission| submission.party_ref.clone()).unwrap_or_default();
    let opening = opening(&ledger, found, proposed)?;
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let now = ledger.clock.now();
            let opening = Opening { presets: preset::newest(tx).await?.chosen(), ..opening };
            let mut case = Case::open(ledger.clock.id(), opening.clone());
            record(tx, &ledger.clock, now, &itself(), &mut case, &[Event::Proposed(Box::new(opening))]).await?;
            ledger.open(tx, &case).await?;
            for submission in case.opening.submissions.iter().filter(|_| knows_party(&case, &party)) {
                index::add_party(tx, case.id, *submission, &party).await?;
            }
            Ok(())
        })
    }))
}

/// The desk joined it while the case was open to it; if it is not any more, the desk is told.
async fn join(ledger: Ledger, heard: SubmissionJoined) -> Result<Effect, Fault> {
    let (case_id, submission) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?);
    let (found, received) = submission_of(&ledger, heard.submission_id).await?;
    let external = found.external.clone().map(view::external_from);
    let joined = Joined { submission, received, parties: found.party_count.max(1), external };
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            let decided = decide(&case, Command::Join(joined), &By::default(), ledger.clock.now());
            if decided.is_ok() && knows_party(&case, &found.party_ref) {
                index::add_party(tx, case_id, submission, &found.party_ref).await?;
            }
            let events = decided.unwrap_or_else(|_| vec![Event::JoinRefused { submission }]);
            happen(tx, &ledger, &itself(), &case, &events).await
        })
    }))
}

/// A case that was declined has let go of all of them already.
fn detach(ledger: Ledger, heard: &SubmissionDetached) -> Result<Effect, Fault> {
    let (case_id, submission) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            let now = ledger.clock.now();
            let Ok(events) = decide(&case, Command::Detach { submission }, &By::default(), now) else { return Ok(()) };
            index::remove_party(tx, case_id, submission).await?;
            happen(tx, &ledger, &itself(), &case, &events).await
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

async fn happen(tx: &mut Tx, ledger: &Ledger, by: &Actor, before: &Case, events: &[Event]) -> Result<(), Fault> {
    kept_since(tx, ledger, by, before, before.clone(), events).await
}

/// As [`happen`], of a case to which something has happened already.
async fn kept_since(
    tx: &mut Tx,
    ledger: &Ledger,
    by: &Actor,
    before: &Case,
    mut case: Case,
    events: &[Event],
) -> Result<(), Fault> {
    let now = ledger.clock.now();
    if !events.is_empty() {
        record(tx, &ledger.clock, now, by, &mut case, events).await?;
    }
    if case.revision > before.revision {
        lapse(tx, ledger, &mut case, now).await?;
        ledger.keep(tx, before, &case).await?;
    }
    Ok(())
}

/// Intake let the person ask because the window was open when they did, so that instant counts and not the present one.
fn take_up_again(ledger: Ledger, heard: &SubmissionReopened, asked: Ts) -> Result<Effect, Fault> {
    if heard.case_id.is_empty() {
        return Ok(ignore());
    }
    let (case_id, submission, round) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?, heard.round);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let before = taken(tx, case_id).await?;
            let mut case = before.clone();
            reproject::catch_up(tx, &ledger, &mut case, asked).await?;
            // Another submission of the same case may have asked first; then the round is over for both.
            let events = decide(&case, Command::Reopen { submission, round }, &citizen(), asked).unwrap_or_default();
            kept_since(tx, &ledger, &anonymous(), &before, case, &events).await
        })
    }))
}

/// As [`take_up_again`].
fn take_appeal(ledger: Ledger, heard: &SubmissionAppealed, asked: Ts) -> Result<Effect, Fault> {
    let (case_id, submission, round) = (heard_id(&heard.case_id)?, heard_id(&heard.submission_id)?, heard.round);
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let case = taken(tx, case_id).await?;
            // Another submission of the same case may have asked first; then the superior looks at it for both.
            let command = Command::Appeal { submission, round, deadline: asked };
            let Ok(events) = decide(&case, command, &citizen(), asked) else { return Ok(()) };
            happen(tx, &ledger, &anonymous(), &case, &events).await
        })
    }))
}

fn anonymous() -> Actor {
    Actor { person: "anonymous".to_owned(), role: Role::Citizen.name().to_owned(), ..Actor::default() }
}

fn citizen() -> By {
    By { person: "anonymous".to_owned(), roles: vec![Role::Citizen], ..By::default() }
}

async fn keep_praise(ledger: Ledger, heard: SubmissionAcknowledged) -> Result<Effect, Fault> {
    let SubmissionAcknowledged { submission_id, unit_id } = heard;
    let (submission, received) = submission_of(&ledger, submission_id).await?;
    let (submission_id, origin) = (heard_id(&submission.submission_id)?, submission.channel());
    Ok(Box::new(move |tx| {
        Box::pin(async move {
            let now = ledger.clock.now();
            let reach = Matter::of(&ledger.org, [unit_id.as_str()]).reach;
            let mut praise = Praise {
                id: ledger.clock.id(),
                revision: 0,
                submission: submission_id,
                unit: unit_id,
                summary: submission.summary,
                origin,
                received,
                recorded: now,
            };
            record(tx, &ledger.clock, now, &itself(), &mut praise, &[praise::Event::Recorded]).await?;
            praise::store::insert(tx, &praise, &reach).await?;
            Ok(())
        })
    }))
}

fn opening(ledger: &Ledger, found: GetProposalResponse, proposed: Ts) -> Result<Opening, Fault> {
    let missing = || Fault::Poisoned("the proposal is incomplete".to_owned());
    let (proposal, submission) = found.proposal.zip(found.submission).ok_or_else(missing)?;
    let received = submission.receive_time.as_ref().map(parse_time).ok_or_else(missing)?;
    // Intake proposes nothing that only a superior outside the bureau may sign.
    let gate = approval_chain::gate(ledger, &proposal, proposed).ok_or_else(|| Fault::Poisoned("nobody may sign".to_owned()))?;
    let gate_chain = ledger.org.chain(&gate).into_iter().map(|unit| unit.id.clone()).collect();
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
        external: submission.external.map(view::external_from),
        received,
        proposed,
        presets: Chosen::Shipped,
    })
}
