//! What the person sees when their case moves on; and the working calendar, which the ledger keeps.

use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Error, heard, heard_id, shown};
use sanben_proto::kinds::PublicStep;
use sanben_proto::ledger as pb;
use sanben_proto::ledger::case_peer_service_client::CasePeerServiceClient;
use uuid::Uuid;

use crate::store::Step;
use crate::submission::Event;
use crate::{calendar, store, triage};

/// What a ledger event means for a submission.
struct Meaning {
    case_id: Uuid,
    submissions: Vec<Uuid>,
    event: Option<Event>,
    step: Option<PublicStep>,
}

/// Follows the ledger.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("intake-on-ledger", "ledger", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    if let Some(loaded) = heard::<pb::CalendarLoaded>(&event)? {
        let (edition, year) = (i64::from(loaded.edition), calendar::year(&loaded)?);
        return Ok(Box::new(move |tx| Box::pin(async move { Ok(store::keep_calendar(tx, edition, &year).await?) })));
    }
    let Some(meaning) = meaning(&app, &event).await? else { return Ok(ignore()) };
    let at = event.time();
    Ok(Box::new(move |tx| Box::pin(async move { take(tx, &app, at, meaning).await })))
}

async fn take(tx: &mut Tx, app: &App, at: Ts, meaning: Meaning) -> Result<(), Fault> {
    let actor = Actor { person: "service:intake".to_owned(), role: "service".to_owned(), ..Actor::default() };
    for id in meaning.submissions {
        store::take_turn(tx, id).await?;
        let found = store::find(tx, id).await?;
        let mut submission = found.ok_or_else(|| Fault::Poisoned(format!("no submission {id}")))?;
        let opened = matches!(meaning.event, Some(Event::Linked { .. }));
        // It may have been detached before the ledger heard of that.
        if !opened && submission.case_id != Some(meaning.case_id) {
            continue;
        }
        if let Some(event) = meaning.event.clone() {
            triage::happen(tx, app, at, &actor, &mut submission, event).await?;
        }
        if let Some(step) = meaning.step {
            store::add_step(tx, app.clock.id(), id, Step { step, time: at }).await?;
        }
    }
    Ok(())
}

async fn meaning(app: &App, event: &Heard) -> Result<Option<Meaning>, Fault> {
    let shown = shown(event)?;
    let step = shown.as_ref().map(|shown| shown.step);
    if let Some(pb::CaseProposed { case_id, submission_ids }) = heard(event)? {
        return told(&case_id, &submission_ids, Some(Event::Linked { case_id: heard_id(&case_id)? }), None);
    }
    if let Some(pb::CaseDeclined { case_id, submission_ids }) = heard(event)? {
        return told(&case_id, &submission_ids, Some(Event::Returned), None);
    }
    if let Some(pb::JoinRefused { case_id, submission_id, .. }) = heard(event)? {
        let event = Event::Detached { case_id: heard_id(&case_id)?, by_person: false, reason: String::new() };
        return told(&case_id, &[submission_id], Some(event), None);
    }
    if let Some(pb::CaseAssigned { case_id, submission_ids, .. }) = heard(event)? {
        let unit = lead_unit(app, case_id.clone()).await?;
        return told(&case_id, &submission_ids, Some(Event::LeadChanged { unit }), step);
    }
    if let Some(pb::PaperIssued { case_id, submission_ids, submission_id, announced, .. }) = heard(event)? {
        if !announced {
            return Ok(None);
        }
        let readers = if submission_id.is_empty() { submission_ids } else { vec![submission_id] };
        return told(&case_id, &readers, None, step);
    }
    if let Some(pb::CaseReopened { case_id, submission_ids, submission_id, .. }) = heard(event)? {
        // Whoever asked has seen it at once.
        let others: Vec<String> = submission_ids.into_iter().filter(|id| *id != submission_id).collect();
        return told(&case_id, &others, None, step);
    }
    if let Some(pb::CaseJoined { case_id, submission_id, .. }) = heard(event)? {
        let unit = lead_unit(app, case_id.clone()).await?;
        let assigned = (!unit.is_empty()).then_some(Event::LeadChanged { unit });
        return told(&case_id, &[submission_id], assigned, None);
    }
    shown.map_or(Ok(None), |shown| told(&shown.case_id, &shown.submission_ids, None, step))
}

fn told(case_id: &str, submissions: &[String], event: Option<Event>, step: Option<PublicStep>) -> Result<Option<Meaning>, Fault> {
    let submissions = submissions.iter().map(|id| heard_id(id)).collect::<Result<_, _>>()?;
    Ok(Some(Meaning { case_id: heard_id(case_id)?, submissions, event, step }))
}

/// The event does not name the unit that leads a sealed case, so it is asked for.
async fn lead_unit(app: &App, case_id: String) -> Result<String, Fault> {
    let mut ledger = CasePeerServiceClient::new(app.peers.for_service("ledger"));
    let reply = ledger.get_reply(pb::GetReplyRequest { case_id, submission_id: String::new() }).await.map_err(Error::from)?;
    Ok(reply.into_inner().lead_unit_id)
}
