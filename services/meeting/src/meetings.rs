use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::meeting::{GetMeetingRequest, GetMeetingResponse, ListMeetingsRequest, ListMeetingsResponse, MeetingState};
use uuid::Uuid;

use crate::meeting::{Meeting, State};
use crate::store::MeetingFilter;
use crate::{agenda, convert, store};

const DEFAULT: usize = 50;

/// Shows one meeting.
pub async fn get(app: &App, call: &Call, input: GetMeetingRequest) -> Result<GetMeetingResponse, Error> {
    let meeting = app
        .db
        .read(async |tx: &mut Tx| {
            let meeting = agenda::visible_meeting(tx, app, call, &input.meeting_id, "").await?;
            agenda::shown(tx, app, call, &meeting).await
        })
        .await?;
    Ok(GetMeetingResponse { meeting: Some(meeting) })
}

/// Lists what the caller may see, newest first, or what the caller's unit has to hold, by the day.
pub async fn list(app: &App, call: &Call, input: ListMeetingsRequest) -> Result<ListMeetingsResponse, Error> {
    let filters = format!("{} {}", input.state, input.to_do);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter =
        MeetingFilter { reader: agenda::reader(app, call), state: state(input.state()), before: page.after, limit: page.limit() };
    if input.to_do && call.caller.unit.is_empty() {
        return Ok(ListMeetingsResponse::default());
    }
    // Nothing is suggested before a meeting is held.
    let to_do = async |tx: &mut Tx| Ok((store::list_meetings_to_do(tx, &filter).await?, Vec::new()));
    let list = async |tx: &mut Tx| if input.to_do { to_do(tx).await } else { read(tx, &filter).await };
    let (mut rows, suggestions) = app.db.read(list).await?;
    let key = |row: &Meeting| if input.to_do { (store::day(row), row.id) } else { agenda::key(row) };
    let next_page_token = page.close(app, &mut rows, key);
    let meetings = rows
        .iter()
        .map(|meeting| {
            let own = suggestions.iter().filter(|(of, _)| *of == meeting.id).map(|(_, suggestion)| *suggestion);
            convert::meeting(meeting, &own.collect::<Vec<Uuid>>())
        })
        .collect();
    Ok(ListMeetingsResponse { meetings, next_page_token })
}

async fn read(tx: &mut Tx, filter: &MeetingFilter) -> Result<(Vec<Meeting>, Vec<(Uuid, Uuid)>), Error> {
    let meetings = store::list_meetings(tx, filter).await?;
    let (Some(newest), Some(oldest)) = (meetings.first(), meetings.last()) else { return Ok((meetings, Vec::new())) };
    let suggestions = store::suggestions_between(tx, &filter.reader, agenda::key(oldest), agenda::key(newest)).await?;
    Ok((meetings, suggestions))
}

fn state(asked: MeetingState) -> Option<State> {
    match asked {
        MeetingState::Unspecified => None,
        MeetingState::Convened => Some(State::Convened),
        MeetingState::Held => Some(State::Held),
    }
}
