//! Tells people how far their case is, and staff what they have to do with it.

use sanben_bus::{Consumer, Effect, Event as Heard, Fault, ignore};
use sanben_host::{App, heard, heard_id};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use crate::case_step::{self, CaseStep, is_public};
use crate::{ask, issue, telling};

/// Follows the ledger.
pub fn consumer(app: App) -> Consumer {
    let log = app.log.clone();
    Consumer::new("notification-on-ledger", "ledger", log, move |event| handle(app.clone(), event))
}

async fn handle(app: App, event: Heard) -> Result<Effect, Fault> {
    if let Some(pb::PraiseRecorded { submission_id, unit_id, .. }) = heard(&event)? {
        let draft = telling::of_praise(heard_id(&submission_id)?, &unit_id);
        return Ok(issue::effect(&app, event.id, vec![draft]));
    }
    let Some((step, case_id, submission_ids)) = meaning(&event)? else { return Ok(ignore()) };
    // The case may have been taken up again since; the verdict is still told of.
    let round = heard::<pb::VerdictRecorded>(&event)?.map_or(0, |recorded| recorded.round);
    let submissions = submission_ids.iter().map(|id| heard_id(id)).collect::<Result<Vec<Uuid>, _>>()?;
    // All of them have what is complained about from the first; the others are asked for when they are told.
    let asked = if is_public(step) { submissions.len() } else { submissions.len().min(1) };
    let urging = heard::<pb::CaseUrged>(&event)?.map_or(0, |urged| urged.number);
    let signed = heard::<pb::DraftSigned>(&event)?.map_or(0, |signed| signed.number);
    let mut facts = ask::case(&app, heard_id(&case_id)?, &submissions[..asked], ask::About { round, urging, signed }).await?;
    let drafted = heard::<pb::RungReached>(&event)?.map(|reached| reached.draft_numbers);
    let renewed = heard::<pb::DraftsRenewed>(&event)?.map(|renewed| renewed.numbers);
    let drafted = drafted.or(renewed).unwrap_or_default();
    facts.waiting_drafts.retain(|(number, _)| drafted.contains(number));
    facts.asker = heard::<pb::CaseReopened>(&event)?.and_then(|reopened| Uuid::try_parse(&reopened.submission_id).ok());
    Ok(issue::effect(&app, event.id, telling::of_case(step, &facts, &app.org)))
}

/// The step, the case, and its submissions; nothing for events that nobody is told of, such as that it was declined: its submissions
/// say so themselves.
fn meaning(event: &Heard) -> Result<Option<(CaseStep, String, Vec<String>)>, Fault> {
    if let Some(pb::PaperIssued { case_id, submission_ids, submission_id, announced, .. }) = heard(event)? {
        let readers = if submission_id.is_empty() { submission_ids } else { vec![submission_id] };
        return Ok(announced.then_some((CaseStep::PaperIssued, case_id, readers)));
    }
    if let Some(pb::ObjectionDecided { case_id, submission_ids, upheld }) = heard(event)? {
        return Ok(Some((CaseStep::ObjectionDecided { upheld }, case_id, submission_ids)));
    }
    if let Some(event) = heard::<pb::CaseReviewed>(event)? {
        return Ok(Some((CaseStep::Reviewed(event.step()), event.case_id, event.submission_ids)));
    }
    case_step::read(event)
}
