//! What all verbs do alike.

use sanben_access::{Matter, Role};
use sanben_bus::{Actor, record};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Key, Refusal, check_etag, parse_id};
use sanben_proto::meeting as pb;
use uuid::Uuid;

use crate::meeting::Meeting;
use crate::store::Reader;
use crate::suggestion::{self, Accused, Suggestion};
use crate::{convert, error, meeting, store};

/// Who holds meetings.
pub const SECRETARY: &[Role] = &[Role::MeetingSecretary];

/// What a decision about something of `unit` needs to know.
pub fn matter(app: &App, unit: &str, accused: Accused) -> Matter {
    Matter { accused_units: accused.units, accused_persons: accused.persons, ..Matter::of(&app.org, [unit]) }
}

/// What lists show to the caller: what is of their unit and those below it, if they may see anything at all there; to services all.
pub fn reader(app: &App, call: &Call) -> Reader {
    let caller = &call.caller;
    let top = if caller.unit.is_empty() { &app.org.root().id } else { &caller.unit };
    let allowed = app.access.may_touch(&app.org, caller, &call.permission, &matter(app, top, Accused::default()));
    Reader {
        reach: if allowed { top.clone() } else { String::new() },
        units: app.org.chain(&caller.unit).into_iter().map(|unit| unit.id.clone()).collect(),
        person: caller.person.clone(),
    }
}

/// The meeting, if the caller may see it and it is as they have read it.
pub async fn visible_meeting(tx: &mut Tx, app: &App, call: &Call, meeting_id: &str, etag: &str) -> Result<Meeting, Error> {
    let found = store::find_meeting(tx, parse_id("meeting_id", meeting_id)?).await?;
    let meeting = app.permit(call, found, |meeting| matter(app, &meeting.unit, Accused::default()))?;
    check_etag(etag, meeting.version())?;
    Ok(meeting)
}

/// The suggestion, if the caller may see it and it is as they have read it.
pub async fn visible_suggestion(tx: &mut Tx, app: &App, call: &Call, suggestion_id: &str, etag: &str) -> Result<Suggestion, Error> {
    let id = parse_id("suggestion_id", suggestion_id)?;
    let found = store::find_suggestion(tx, id).await?;
    let accused = store::accused(tx, id).await?;
    let suggestion = app.permit(call, found, |suggestion| matter(app, &suggestion.unit, accused))?;
    check_etag(etag, suggestion.revision)?;
    Ok(suggestion)
}

/// Carries a verb out on a meeting that the caller may see, and shows the meeting as it is then.
pub async fn carry_out(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    meeting_id: &str,
    etag: &str,
    command: meeting::Command,
) -> Result<pb::Meeting, Error> {
    store::take_turn_in_meeting(tx, parse_id("meeting_id", meeting_id)?).await?;
    let mut meeting = visible_meeting(tx, app, call, meeting_id, etag).await?;
    let revision = meeting.revision;
    let event = meeting::decide(&meeting, command).map_err(Refusal::from)?;
    record(tx, &app.clock, call.now, &call.actor(SECRETARY), &mut meeting, &[event]).await?;
    store::update_meeting(tx, &meeting, revision).await?;
    shown(tx, app, call, &meeting).await
}

/// A meeting with those of its suggestions that the caller may see.
pub async fn shown(tx: &mut Tx, app: &App, call: &Call, meeting: &Meeting) -> Result<pb::Meeting, Error> {
    let key = key(meeting);
    let rows = store::suggestions_between(tx, &reader(app, call), key, key).await?;
    let suggestions: Vec<Uuid> = rows.into_iter().map(|(_, suggestion)| suggestion).collect();
    Ok(convert::meeting(meeting, &suggestions))
}

/// Where a meeting stands in lists.
pub fn key(meeting: &Meeting) -> Key {
    (meeting.convened.micros(), meeting.id)
}

/// Which suggestion a verb is for, as it was read, and what proves the verb's one; empty for verbs that add none.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub suggestion_id: &'a str,
    pub etag: &'a str,
    pub evidence: &'a str,
}

/// Carries a verb out on a suggestion that the caller may see.
pub async fn settle(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    target: Target<'_>,
    command: suggestion::Command,
) -> Result<Suggestion, Error> {
    store::take_turn(tx, parse_id("suggestion_id", target.suggestion_id)?).await?;
    let mut suggestion = visible_suggestion(tx, app, call, target.suggestion_id, target.etag).await?;
    let actor = call.actor(SECRETARY);
    let events =
        suggestion::decide(&suggestion, command, target.evidence, &convert::by(&actor), call.now).map_err(Refusal::from)?;
    happen(tx, app, call.now, &actor, &mut suggestion, &events).await?;
    Ok(suggestion)
}

/// Lets events have happened: history and state.
pub async fn happen(
    tx: &mut Tx,
    app: &App,
    now: Ts,
    actor: &Actor,
    suggestion: &mut Suggestion,
    events: &[suggestion::Event],
) -> Result<(), Error> {
    let revision = suggestion.revision;
    record(tx, &app.clock, now, actor, suggestion, events).await?;
    Ok(store::update_suggestion(tx, suggestion, revision).await?)
}

/// Refuses texts that have only blanks.
pub fn say_something(texts: &[(&str, &str)]) -> Result<(), Error> {
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((field, _)) => Err(error::blank(field).into()),
        None => Ok(()),
    }
}
