//! What the caller must do in other services, asked of them in the caller's own right.

use std::time::Duration;

use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_time, timestamp};
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::{ListSubmissionsRequest, Submission};
use sanben_proto::ledger::{Colour, Duty, DutyKind, DutyReason, PresetKind};
use sanben_proto::liaison::visit_service_client::VisitServiceClient;
use sanben_proto::liaison::{ListVisitsRequest, Visit};
use sanben_proto::meeting::meeting_service_client::MeetingServiceClient;
use sanben_proto::meeting::suggestion_service_client::SuggestionServiceClient;
use sanben_proto::meeting::{ListMeetingsRequest, ListSuggestionsRequest, Suggestion, SuggestionState};

use sanben_ledger_rules::case::clock::until;

use crate::catalogue::preset;
use crate::clock::view::deadline;
use crate::duty::view::{colour, on_day, place, theirs};

/// So many of each list are asked for and shown. Each has what is due first, and then what waits longest, so that nothing is cut off by what
/// came later, also not by what is in another list.
const SHOWN_MAX: i32 = 50;
const ANSWER_SECS_MAX: u64 = 2;

/// What was found, and the services whose duties are not all there.
#[derive(Default)]
pub struct Found {
    pub duties: Vec<Duty>,
    pub incomplete: Vec<String>,
}

impl Found {
    /// Both, in the order of the list.
    pub fn and(mut self, other: Found) -> Found {
        self.duties.extend(other.duties);
        self.duties.sort_by_key(place);
        self.incomplete.extend(other.incomplete);
        self
    }
}

/// What one service has for the caller, and whether there may be more.
type Asked = Result<(Vec<Duty>, bool), Error>;

/// Asks each service that has duties for a role of the caller.
pub async fn all(app: &App, call: &Call) -> Found {
    let (intake, liaison, meeting) = tokio::join!(
        asked(call, Role::DeskOfficer, "intake", triage(app, call)),
        asked(call, Role::LiaisonOfficer, "liaison", visits(app, call)),
        asked(call, Role::MeetingSecretary, "meeting", meetings(app, call)),
    );
    let mut found = Found::default();
    for (service, answer) in [intake, liaison, meeting].into_iter().flatten() {
        let (duties, is_cut) = answer.unwrap_or_else(|| (Vec::new(), true));
        found.duties.extend(duties.into_iter().map(|duty| Duty { service: service.to_owned(), ..duty }));
        found.incomplete.extend(is_cut.then(|| service.to_owned()));
    }
    found.duties.sort_by_key(place);
    found
}

/// What a service answers in time, if it has anything for a role of the caller.
async fn asked(
    call: &Call,
    role: Role,
    service: &'static str,
    ask: impl Future<Output = Asked>,
) -> Option<(&'static str, Option<(Vec<Duty>, bool)>)> {
    if !call.caller.is(role) {
        return None;
    }
    let answer = match tokio::time::timeout(Duration::from_secs(ANSWER_SECS_MAX), ask).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::warn!(service, ?error, "its duties are left out");
            None
        }
        Err(_) => {
            tracing::warn!(service, "its duties are left out: it took too long");
            None
        }
    };
    Some((service, answer))
}

/// What waits at the caller's desk: its person is spoken to within the time for a first contact.
async fn triage(app: &App, call: &Call) -> Asked {
    let presets = app.db.read(async |tx: &mut Tx| preset::newest(tx).await).await?.presets;
    let mut intake = DeskServiceClient::new(app.peers.for_caller("intake", call));
    let request = ListSubmissionsRequest { page_size: SHOWN_MAX, to_do: true, ..ListSubmissionsRequest::default() };
    let found = intake.list_submissions(request).await?.into_inner();
    let calendar = app.calendar();
    let duty = |submission: Submission| {
        let received = submission.receive_time.as_ref().map(parse_time);
        let due = received.map(|at| until(&presets, PresetKind::FirstContact, &calendar, at));
        let colour = due.as_ref().map_or(Colour::Unspecified, |due| colour(due.warn, due.due, call.now));
        Duty {
            item_id: submission.submission_id,
            title: submission.title,
            due: due.as_ref().map(deadline),
            due_time: due.map(|due| timestamp(due.due)),
            colour: colour as i32,
            since_time: submission.receive_time,
            ..of_role(app, call, DutyKind::Triage, Role::DeskOfficer)
        }
    };
    Ok((found.submissions.into_iter().map(duty).collect(), !found.next_page_token.is_empty()))
}

/// Visits that the caller has planned.
async fn visits(app: &App, call: &Call) -> Asked {
    let mut liaison = VisitServiceClient::new(app.peers.for_caller("liaison", call));
    let request = ListVisitsRequest { page_size: SHOWN_MAX, to_do: true, ..ListVisitsRequest::default() };
    let found = liaison.list_visits(request).await?.into_inner();
    let duty = |visit: Visit| Duty {
        item_id: visit.visit_id,
        ..on_day(call, &visit.plan_date, theirs(app, call, DutyKind::Visit, DutyReason::Planned, None, ""))
    };
    Ok((found.visits.into_iter().map(duty).collect(), !found.next_page_token.is_empty()))
}

/// Meetings of the caller's unit that are to be held, and what was suggested in those that were.
async fn meetings(app: &App, call: &Call) -> Asked {
    let peer = app.peers.for_caller("meeting", call);
    let request = ListMeetingsRequest { page_size: SHOWN_MAX, to_do: true, ..ListMeetingsRequest::default() };
    let found = MeetingServiceClient::new(peer.clone()).list_meetings(request).await?.into_inner();
    let request = ListSuggestionsRequest { page_size: SHOWN_MAX, to_do: true, ..ListSuggestionsRequest::default() };
    let suggested = SuggestionServiceClient::new(peer).list_suggestions(request).await?.into_inner();
    let is_cut = !found.next_page_token.is_empty() || !suggested.next_page_token.is_empty();
    let decide = |suggestion: Suggestion| {
        let kind = match suggestion.state() {
            SuggestionState::Made => DutyKind::Deliberate,
            SuggestionState::Deliberated => DutyKind::Resolve,
            SuggestionState::Resolved => DutyKind::AdoptPlan,
            SuggestionState::Unspecified
            | SuggestionState::Planned
            | SuggestionState::Registered
            | SuggestionState::Implemented => return None,
        };
        let (item_id, title, since_time) = (suggestion.suggestion_id, suggestion.title, suggestion.create_time);
        Some(Duty { item_id, title, since_time, ..of_role(app, call, kind, Role::MeetingSecretary) })
    };
    let mut duties: Vec<Duty> = suggested.suggestions.into_iter().filter_map(decide).collect();
    duties.extend(found.meetings.into_iter().map(|meeting| Duty {
        item_id: meeting.meeting_id,
        title: meeting.topic,
        since_time: meeting.create_time,
        ..on_day(call, &meeting.meeting_date, of_role(app, call, DutyKind::HoldMeeting, Role::MeetingSecretary))
    }));
    Ok((duties, is_cut))
}

fn of_role(app: &App, call: &Call, kind: DutyKind, role: Role) -> Duty {
    theirs(app, call, kind, DutyReason::Role, Some(role), &call.caller.unit)
}
