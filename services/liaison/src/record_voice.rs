use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::intake::receipt_service_client::ReceiptServiceClient;
use sanben_proto::intake::{CreateSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::{Channel, ErrorReason};
use sanben_proto::liaison::{CarriedVoice, RecordVoiceRequest, RecordVoiceResponse};
use uuid::Uuid;

use crate::officer::{self, OFFICER};
use crate::visit::{Command, Event, Visit, decide, fate_changed, may_hear};
use crate::voice::{Carried, Told, Voice};
use crate::{convert, error, sight, store};

/// Records something heard: solved on the spot, or carried into intake, which is asked first. The receipt code is for the person and
/// not kept here.
pub async fn run(app: &App, call: &Call, input: RecordVoiceRequest) -> Result<RecordVoiceResponse, Error> {
    let visit_id = parse_id("visit_id", &input.visit_id)?;
    check(&input)?;
    if let Some(first) = app.answered(call).await? {
        return Ok(first);
    }
    let (told, receipt_code) = match &input.carried {
        None => (Told::Solved { note: input.solved_note.clone() }, String::new()),
        Some(carried) => submit(app, call, visit_id, &input, carried).await?,
    };
    // Once intake has taken the words, another caller's voice is no reason to leave them without a visit: the etag was checked before.
    let etag = if input.carried.is_some() { "" } else { input.etag.as_str() };
    app.write(call, async |tx: &mut Tx| {
        let mut visit = officer::visit_to_change(tx, app, call, visit_id, etag).await?;
        let voice = Voice { id: app.clock.id(), told };
        let events = heard(tx, app, call, &visit, &voice).await?;
        officer::happen(tx, &app.clock, call.now, &call.actor(OFFICER), &mut visit, &events).await?;
        let reader = officer::reader(app, call);
        let voice = visit.voices().last().ok_or(Error::Defect("a voice that was not kept"))?;
        Ok(RecordVoiceResponse {
            visit: Some(convert::visit(&visit, &reader)),
            voice: convert::voice(voice, sight::of(voice, &visit.officer, &reader)),
            receipt_code,
        })
    })
    .await
}

/// What no annotation can say.
fn check(input: &RecordVoiceRequest) -> Result<(), Error> {
    match (input.solved_note.trim().is_empty(), &input.carried) {
        (true, None) => Err(error::neither_solved_nor_carried().into()),
        (false, Some(_)) => Err(error::solved_and_carried().into()),
        (true, Some(carried)) if carried.text.trim().is_empty() => {
            Err(Refusal::field(ErrorReason::InvalidFields, "carried.text", Problem::blank()).into())
        }
        (true, Some(_)) | (false, None) => Ok(()),
    }
}

/// The visit, if the caller may now record on it what was heard.
async fn ready(tx: &mut Tx, app: &App, call: &Call, visit_id: Uuid, etag: &str) -> Result<Visit, Error> {
    let visit = officer::visible_visit(tx, app, call, visit_id).await?;
    officer::check_etag(app, call, &visit, etag)?;
    may_hear(&visit, &call.caller.person).map_err(Refusal::from)?;
    Ok(visit)
}

/// Carries the words into intake; they are not sent before everything that is known here allows it.
async fn submit(
    app: &App,
    call: &Call,
    visit_id: Uuid,
    input: &RecordVoiceRequest,
    carried: &CarriedVoice,
) -> Result<(Told, String), Error> {
    let pair = app
        .db
        .read(async |tx: &mut Tx| {
            let visit = ready(tx, app, call, visit_id, &input.etag).await?;
            officer::pair_of(tx, &visit).await
        })
        .await?;
    let request = CreateSubmissionRequest {
        request_id: input.request_id.clone(),
        kind: carried.kind,
        channel: Channel::Liaison as i32,
        text: carried.text.clone(),
        place: carried.place.clone(),
        unit_id: pair.unit,
        party_ref: pair.party_ref.to_string(),
        language: carried.language.clone(),
        ..CreateSubmissionRequest::default()
    };
    let mut intake = ReceiptServiceClient::new(app.peers.for_caller("intake", call));
    let submitted = intake.create_submission(request).await?.into_inner();
    let submission_id = parse_id("submission_id", &submitted.submission_id)
        .map_err(|_| Error::Defect("intake answered with a submission_id that is no UUID"))?;
    let sealed = matches!(carried.kind(), SubmissionKind::Complaint | SubmissionKind::Report);
    Ok((Told::Carried(Carried::new(submission_id, sealed)), submitted.receipt_code))
}

/// What happens, with what became of a carried submission while no visit showed it.
async fn heard(tx: &mut Tx, app: &App, call: &Call, visit: &Visit, voice: &Voice) -> Result<Vec<Event>, Error> {
    let event = decide(visit, &call.caller.person, Command::Hear(voice.clone())).map_err(Refusal::from)?;
    let mut events = vec![event];
    if let Told::Carried(fresh) = &voice.told {
        store::insert_voice(tx, fresh.submission_id, visit.id).await?;
        let known = store::take_unclaimed(tx, fresh.submission_id).await?;
        let changed = known.filter(|known| known != fresh);
        events.extend(changed.map(|carried| fate_changed(voice.id, carried, &officer::of(&app.org, visit))));
    }
    Ok(events)
}
