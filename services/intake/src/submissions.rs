use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::intake::{
    GetSubmissionRequest, GetSubmissionResponse, ListSubmissionsRequest, ListSubmissionsResponse, SubmissionState,
};
use sanben_proto::kinds::Channel;

use crate::store::Filter;
use crate::submission::State;
use crate::{convert, store, triage};

const DEFAULT: usize = 50;

/// Shows one submission to staff.
pub async fn get(app: &App, call: &Call, input: GetSubmissionRequest) -> Result<GetSubmissionResponse, Error> {
    let id = parse_id("submission_id", &input.submission_id)?;
    let submission = app.db.read(async |tx: &mut Tx| triage::visible(tx, app, call, id).await).await?;
    Ok(GetSubmissionResponse { submission: Some(convert::submission(call, &submission)) })
}

/// Lists what the caller may see, newest first, or what waits for triage, oldest first. What they may not see is not there.
pub async fn list(app: &App, call: &Call, input: ListSubmissionsRequest) -> Result<ListSubmissionsResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListSubmissionsResponse::default());
    }
    let filters = format!("{} {} {}", input.state, input.channel, input.to_do);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter = Filter {
        units: app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect(),
        person: call.caller.person.clone(),
        state: state(input.state()),
        channel: Some(input.channel()).filter(|channel| *channel != Channel::Unspecified),
        before: page.after,
        limit: page.limit(),
    };
    let list = async |tx: &mut Tx| if input.to_do { store::list_to_do(tx, &filter).await } else { store::list(tx, &filter).await };
    let mut rows = app.db.read(list).await?;
    let next_page_token = page.close(app, &mut rows, |row| (row.received.micros(), row.id));
    Ok(ListSubmissionsResponse { submissions: rows.iter().map(|row| convert::submission(call, row)).collect(), next_page_token })
}

fn state(asked: SubmissionState) -> Option<State> {
    match asked {
        SubmissionState::Unspecified => None,
        SubmissionState::Received => Some(State::Received),
        SubmissionState::Answered => Some(State::Answered),
        SubmissionState::Passed => Some(State::Passed),
        SubmissionState::Refused => Some(State::Refused),
        SubmissionState::Proposed => Some(State::Proposed),
        SubmissionState::Withdrawn => Some(State::Withdrawn),
        SubmissionState::Acknowledged => Some(State::Acknowledged),
        SubmissionState::Split => Some(State::Split),
        SubmissionState::Joined => Some(State::Joined),
    }
}
