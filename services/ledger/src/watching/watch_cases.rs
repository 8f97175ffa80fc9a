use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use prost::Message as _;
use sanben_access::Matter;
use sanben_clock::Ts;
use sanben_host::{App, Call, Error, Places, Problem, Refusal, Responses, ResumeTokens, Watch, parse_date, parse_time, watch};
use sanben_proto::kinds::{Book, Channel, ErrorReason, Track};
use sanben_proto::ledger::watch_cases_response::Change as Told;
use sanben_proto::ledger::{CaseFilter, Colour, Door, PersonalDuty, WatchCasesRequest, WatchCasesResponse};

use crate::case::view;
use crate::error;
use crate::watching::{Change, Face, Feed, Follower, Heard, Wanted};

struct Watched {
    app: App,
    call: Arc<Call>,
    /// The caller's unit and those above it.
    units: Vec<String>,
    wanted: Wanted,
    tokens: ResumeTokens,
    follower: Follower,
    opened: bool,
}

/// Sends the cases that the caller may see and the filter takes, each as it changes.
pub async fn run(
    app: &App,
    feed: &Feed,
    call: &Arc<Call>,
    places: &Places,
    input: WatchCasesRequest,
) -> Result<Responses<WatchCasesResponse>, Error> {
    let filter = input.filter.unwrap_or_default();
    let tokens = ResumeTokens::new(app.sealer.clone(), &stream(call, &filter));
    let wanted = wanted(app, filter)?;
    let position = match tokens.read(&input.resume_token)? {
        Some(position) => position,
        // Whoever lists after this has everything up to here.
        None => app.log.stored_head().await?,
    };
    let place = places.take(&call.caller.person)?;
    let units = app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect();
    let follower = feed.follow(position);
    let watched = Watched { app: app.clone(), call: call.clone(), units, wanted, tokens, follower, opened: false };
    Ok(watch(app, call, place, watched))
}

/// What a token is good for: the method, the filter, the caller with the same unit and roles.
fn stream(call: &Call, filter: &CaseFilter) -> String {
    let filter = URL_SAFE_NO_PAD.encode(filter.encode_to_vec());
    let roles = call.caller.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ");
    format!("{} {filter} {:?} {:?} {roles}", call.method, call.caller.person, call.caller.unit)
}

impl Watch for Watched {
    type Response = WatchCasesResponse;

    async fn next(&mut self) -> Result<Option<WatchCasesResponse>, Error> {
        if !self.opened {
            self.opened = true;
            return Ok(Some(self.response(None)));
        }
        loop {
            match self.follower.next().await? {
                Heard::Change(change) => {
                    if let Some(told) = self.told(&change) {
                        return Ok(Some(self.response(Some(told))));
                    }
                }
                Heard::Quiet => return Ok(Some(self.response(None))),
                Heard::End => return Ok(None),
            }
        }
    }
}

impl Watched {
    fn response(&mut self, change: Option<Told>) -> WatchCasesResponse {
        self.follower.told();
        WatchCasesResponse { resume_token: self.tokens.give(self.follower.position()), change }
    }

    /// What the caller is told of a change; most of them are nothing to most. What is cheap is asked first, the policies last.
    fn told(&self, change: &Change) -> Option<Told> {
        let now = &change.now;
        if now.case.accuses(&self.call.caller.person, &self.units) {
            return None;
        }
        let at = self.app.clock.now();
        if self.takes(&now.face) && self.wanted.takes_now(now.marks, at) {
            // Else a later change shows it.
            let shown = change.is_last() && self.may_see(&now.matter);
            return shown.then(|| Told::Case(view::case(&self.app, &self.call_at(at), &now.case)));
        }
        // Time may have changed its colour since the caller heard of it, so that does not count here.
        let before = change.before.as_ref().filter(|before| self.takes(before))?;
        let matter = Matter { reach: before.reach.clone(), ..now.matter.clone() };
        self.may_see(&matter).then(|| Told::GoneCaseId(now.case.id.to_string()))
    }

    /// Whether a case that is found so is within the caller's reach and asked for.
    fn takes(&self, face: &Face) -> bool {
        face.reach.contains(&self.call.caller.unit) && self.wanted.takes(&self.app.org, face)
    }

    fn may_see(&self, matter: &Matter) -> bool {
        self.app.access.may_touch(&self.app.org, &self.call.caller, &self.call.permission, matter)
    }

    /// The call as if it came now: what a case shows depends on the time.
    fn call_at(&self, now: Ts) -> Call {
        Call { now, ..(*self.call).clone() }
    }
}

/// The filter as the caller means it.
fn wanted(app: &App, filter: CaseFilter) -> Result<Wanted, Error> {
    let given = [("filter.text", !filter.text.is_empty()), ("filter.party_ref", !filter.party_ref.is_empty())];
    let mut refused = given.into_iter().filter(|(_, given)| *given).map(|(field, _)| field);
    if let Some(first) = refused.next() {
        let problem = || Problem::new("problem-not-watched");
        let refusal = Refusal::field(ErrorReason::InvalidFields, first, problem());
        return Err(refused.fold(refusal, |refusal, field| refusal.and_field(field, problem())).into());
    }
    if !filter.unit_id.is_empty() && app.org.unit(&filter.unit_id).is_none() {
        return Err(error::unit_unknown("filter.unit_id", &filter.unit_id).into());
    }
    let due_by = if filter.due_by.is_empty() { None } else { Some(Ts::end_of(parse_date("filter.due_by", &filter.due_by)?)) };
    Ok(Wanted {
        book: Some(filter.book()).filter(|book| *book != Book::Unspecified),
        states: filter.states().collect(),
        origin: Some(filter.origin()).filter(|origin| *origin != Channel::Unspecified),
        track: Some(filter.track()).filter(|track| *track != Track::Unspecified),
        duty: Some(filter.personal_duty()).filter(|duty| *duty != PersonalDuty::Unspecified),
        door: Some(filter.door()).filter(|door| *door != Door::Unspecified),
        colour: Some(filter.colour()).filter(|colour| *colour != Colour::Unspecified),
        due_by,
        received_from: filter.receive_from.as_ref().map(parse_time),
        received_until: filter.receive_until.as_ref().map(parse_time),
        unit: said(filter.unit_id),
        owner: said(filter.owner_id),
        handler: said(filter.handler_id),
        number: said(filter.number),
    })
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
