//! What becomes of a suggestion when its case moves on.

use sanben_bus::{Actor, Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, heard, heard_id};
use sanben_proto::ledger as pb;
use sanben_proto::meeting::MeetingOne;
use uuid::Uuid;

use crate::suggestion::{Accused, Link, News, One, hear};
use crate::{agenda, convert, proposal, store};

/// What the ledger says of a case.
struct Told {
    case_id: Uuid,
    submissions: Vec<Uuid>,
    what: What,
}

#[derive(Clone)]
enum What {
    /// It came to the chief's gate.
    Proposed,
    News(News),
}

/// A submission of a suggestion, and who is complained about; nobody unless the case has just been proposed.
struct Ours {
    submission: Uuid,
    accused: Accused,
}

/// Follows the ledger.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("meeting-on-ledger", "ledger", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    let Some(told) = told(&event)? else { return Ok(ignore()) };
    let ours = ours(&app, &told).await?;
    let at = event.time();
    Ok(Box::new(move |tx| Box::pin(async move { take(tx, &app, at, told, ours).await })))
}

/// The submissions of the case that suggestions stand behind. Who is complained about is not in the event, so it is asked for.
async fn ours(app: &App, told: &Told) -> Result<Vec<Ours>, Fault> {
    let mut ours = Vec::new();
    for submission in told.submissions.iter().copied() {
        if app.db.read(async |tx: &mut Tx| store::find_by_submission(tx, submission).await).await?.is_none() {
            continue;
        }
        let accused = match told.what {
            What::News(_) => Accused::default(),
            What::Proposed => {
                let proposal = proposal::of(app, submission).await?;
                proposal.ok_or_else(|| Fault::Poisoned(format!("submission {submission} was never proposed")))?.accused
            }
        };
        ours.push(Ours { submission, accused });
    }
    Ok(ours)
}

async fn take(tx: &mut Tx, app: &App, at: Ts, told: Told, ours: Vec<Ours>) -> Result<(), Fault> {
    for Ours { submission, accused } in ours {
        let found = store::find_by_submission(tx, submission).await?;
        let mut suggestion = found.ok_or_else(|| Fault::Poisoned(format!("no suggestion of submission {submission}")))?;
        let link = store::find_link(tx, suggestion.id).await?;
        match told.what.clone() {
            What::Proposed => {
                store::set_accused(tx, suggestion.id, &accused).await?;
                store::set_link(tx, suggestion.id, Link { case_id: told.case_id, declined: false }).await?;
            }
            What::News(news) => {
                if news == News::Declined && link.is_none_or(|link| link.case_id == told.case_id) {
                    store::set_link(tx, suggestion.id, Link { case_id: told.case_id, declined: true }).await?;
                }
                let events = hear(&suggestion, link, told.case_id, news);
                agenda::happen(tx, app, at, &service(), &mut suggestion, &events).await?;
            }
        }
    }
    Ok(())
}

fn service() -> Actor {
    Actor { person: "service:meeting".to_owned(), role: "service".to_owned(), ..Actor::default() }
}

fn told(event: &Heard) -> Result<Option<Told>, Fault> {
    if let Some(pb::CaseProposed { case_id, submission_ids }) = heard(event)? {
        return of(&case_id, &submission_ids, What::Proposed);
    }
    if let Some(pb::CaseRegistered { case_id, submission_ids, .. }) = heard(event)? {
        return of(&case_id, &submission_ids, What::News(News::Registered));
    }
    if let Some(pb::CaseDeclined { case_id, submission_ids }) = heard(event)? {
        return of(&case_id, &submission_ids, What::News(News::Declined));
    }
    if let Some(struck_off) = heard::<pb::CaseStruckOff>(event)? {
        let news = News::StruckOff(struck_off.outcome());
        return of(&struck_off.case_id, &struck_off.submission_ids, What::News(news));
    }
    if let Some(pb::CaseReopened { case_id, submission_ids, .. }) = heard(event)? {
        return of(&case_id, &submission_ids, What::News(News::Reopened));
    }
    proof(event)
}

/// What the case itself proves of the five ones.
fn proof(event: &Heard) -> Result<Option<Told>, Fault> {
    let proves = |one, evidence| What::News(News::Proves(One { one, evidence, by: convert::by(&service()), time: event.time() }));
    if let Some(pb::CaseReplied { case_id, submission_ids, round }) = heard(event)? {
        let what = proves(MeetingOne::Feedback, format!("case {case_id} round {round}"));
        return of(&case_id, &submission_ids, what);
    }
    if let Some(pb::PublicationRecorded { case_id, submission_ids }) = heard(event)? {
        let what = proves(MeetingOne::Publication, format!("case {case_id}"));
        return of(&case_id, &submission_ids, what);
    }
    Ok(None)
}

fn of(case_id: &str, submissions: &[String], what: What) -> Result<Option<Told>, Fault> {
    let submissions = submissions.iter().map(|id| heard_id(id)).collect::<Result<_, _>>()?;
    Ok(Some(Told { case_id: heard_id(case_id)?, submissions, what }))
}
