//! What the person sees when their case moves on.

use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Error, heard, heard_id};
use sanben_proto::intake::PublicStep;
use sanben_proto::ledger as pb;
use sanben_proto::ledger::ledger_service_client::LedgerServiceClient;
use uuid::Uuid;

use crate::store::Step;
use crate::submission::Event;
use crate::{store, triage};

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
        return told(&case_id, &submission_ids, Some(Event::LeadChanged { unit }), Some(PublicStep::Assigned));
    }
    if let Some(pb::PaperIssued { case_id, submission_ids, submission_id, announced, .. }) = heard(event)? {
        if !announced {
            return Ok(None);
        }
        let readers = if submission_id.is_empty() { submission_ids } else { vec![submission_id] };
        return told(&case_id, &readers, None, Some(PublicStep::PaperIssued));
    }
    if let Some(pb::CaseReopened { case_id, submission_ids, submission_id, .. }) = heard(event)? {
        // Whoever asked has seen it at once.
        let others: Vec<String> = submission_ids.into_iter().filter(|id| *id != submission_id).collect();
        return told(&case_id, &others, None, Some(PublicStep::Reopened));
    }
    if let Some(pb::CaseJoined { case_id, submission_id, .. }) = heard(event)? {
        let unit = lead_unit(app, case_id.clone()).await?;
        let assigned = (!unit.is_empty()).then_some(Event::LeadChanged { unit });
        return told(&case_id, &[submission_id], assigned, None);
    }
    step_of(event)
}

fn step_of(event: &Heard) -> Result<Option<Meaning>, Fault> {
    macro_rules! steps {
        ($($message:ident => $step:ident),* $(,)?) => {$(
            if let Some(pb::$message { case_id, submission_ids, .. }) = heard(event)? {
                return told(&case_id, &submission_ids, None, Some(PublicStep::$step));
            }
        )*};
    }
    steps!(
        CaseRegistered => Registered,
        CaseUndertaken => Undertaken,
        CaseReplied => Replied,
        CaseSettled => Settled,
        CaseStruckOff => StruckOff,
        CaseArchived => Archived,
        AppealDecided => AppealDecided,
        CasePaused => Paused,
        CaseResumed => Resumed,
    );
    Ok(None)
}

fn told(case_id: &str, submissions: &[String], event: Option<Event>, step: Option<PublicStep>) -> Result<Option<Meaning>, Fault> {
    let submissions = submissions.iter().map(|id| heard_id(id)).collect::<Result<_, _>>()?;
    Ok(Some(Meaning { case_id: heard_id(case_id)?, submissions, event, step }))
}

/// The event does not name the unit that leads a sealed case, so it is asked for.
async fn lead_unit(app: &App, case_id: String) -> Result<String, Fault> {
    let mut ledger = LedgerServiceClient::new(app.peers.for_service("ledger"));
    let reply = ledger.get_reply(pb::GetReplyRequest { case_id, submission_id: String::new() }).await.map_err(Error::from)?;
    Ok(reply.into_inner().lead_unit_id)
}
