use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal, parse_id};
use sanben_proto::intake::receipt_service_client::ReceiptServiceClient;
use sanben_proto::intake::{CreateSubmissionRequest, CreateSubmissionResponse, SubmissionKind};
use sanben_proto::kinds::Channel;
use sanben_proto::meeting::{RecordSuggestionRequest, RecordSuggestionResponse};
use uuid::Uuid;

use crate::meeting::{self, Meeting};
use crate::suggestion::{Case, Event, State, Suggestion};
use crate::{agenda, convert, store};

/// Records a suggestion made in the meeting; the words become a submission of whoever spoke.
pub async fn run(app: &App, call: &Call, input: RecordSuggestionRequest) -> Result<RecordSuggestionResponse, Error> {
    agenda::say_something(&[("title", &input.title), ("text", &input.text)])?;
    // A refusal counts only after the claim: a repetition gets its first answer, however the meeting has moved on since.
    let submitted = submit(app, call, &input).await;
    app.write(call, async |tx: &mut Tx| {
        let submitted = submitted?;
        store::take_turn_in_meeting(tx, parse_id("meeting_id", &input.meeting_id)?).await?;
        // Intake has taken the words, so another caller's suggestion is no reason to leave them without a meeting: the etag was
        // checked before.
        let (meeting, _) = ready(tx, app, call, &input, "").await?;
        let submission_id = parse_id("submission_id", &submitted.submission_id)?;
        let mut suggestion = new_suggestion(app, call, &input, &meeting, submission_id);
        let made = Event::Made { submission_id, sealed: is_sealed(input.kind()) };
        record(tx, &app.clock, call.now, &call.actor(agenda::SECRETARY), &mut suggestion, &[made]).await?;
        store::count_suggestion(tx, &meeting).await?;
        store::insert_suggestion(tx, &suggestion).await?;
        let receipt_code = submitted.receipt_code.clone();
        Ok(RecordSuggestionResponse { suggestion: Some(convert::suggestion(&suggestion)), receipt_code })
    })
    .await
}

/// The meeting, if it can take the suggestion, and who speaks.
async fn ready(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    input: &RecordSuggestionRequest,
    etag: &str,
) -> Result<(Meeting, Option<Uuid>), Error> {
    let invitation = match input.invitation_id.as_str() {
        "" => None,
        id => Some(parse_id("invitation_id", id)?),
    };
    let meeting = agenda::visible_meeting(tx, app, call, &input.meeting_id, etag).await?;
    let speaker = meeting::speaker(&meeting, invitation).map_err(Refusal::from)?;
    Ok((meeting, speaker))
}

/// Hands the words to intake, addressed to the unit that heard them. A complaint said in a unit's own meeting is no secret to that unit;
/// who is complained about, the proposal says.
async fn submit(app: &App, call: &Call, input: &RecordSuggestionRequest) -> Result<CreateSubmissionResponse, Error> {
    let (meeting, speaker) = app.db.read(async |tx: &mut Tx| ready(tx, app, call, input, &input.etag).await).await?;
    let mut intake = ReceiptServiceClient::new(app.peers.for_caller("intake", call));
    let request = CreateSubmissionRequest {
        request_id: input.request_id.clone(),
        kind: input.kind,
        channel: Channel::Meeting as i32,
        text: input.text.clone(),
        unit_id: meeting.unit,
        party_ref: speaker.map(|party_ref| party_ref.to_string()).unwrap_or_default(),
        ..CreateSubmissionRequest::default()
    };
    Ok(intake.create_submission(request).await?.into_inner())
}

/// Complaints and reports are.
fn is_sealed(kind: SubmissionKind) -> bool {
    matches!(kind, SubmissionKind::Complaint | SubmissionKind::Report)
}

fn new_suggestion(app: &App, call: &Call, input: &RecordSuggestionRequest, meeting: &Meeting, submission_id: Uuid) -> Suggestion {
    Suggestion {
        id: app.clock.id(),
        revision: 0,
        meeting_id: meeting.id,
        unit: meeting.unit.clone(),
        submission_id,
        title: input.title.clone(),
        made: call.now,
        state: State::Made,
        case: Case::NotRegistered,
        deliberation: String::new(),
        resolution: String::new(),
        plan: String::new(),
        ones: Vec::new(),
    }
}
