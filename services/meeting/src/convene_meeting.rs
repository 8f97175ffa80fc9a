use sanben_access::Matter;
use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal, parse_date};
use sanben_proto::meeting::{ConveneMeetingRequest, ConveneMeetingResponse};

use crate::meeting::{self, Event, Meeting, State};
use crate::suggestion::Accused;
use crate::{agenda, convert, store};

/// Convenes a meeting of the caller's unit.
pub async fn run(app: &App, call: &Call, input: ConveneMeetingRequest) -> Result<ConveneMeetingResponse, Error> {
    agenda::say_something(&[("topic", &input.topic)])?;
    let date = parse_date("meeting_date", &input.meeting_date)?;
    let reach = own_reach(app, call)?;
    app.write(call, async |tx: &mut Tx| {
        meeting::may_convene(date, call.now.date()).map_err(Refusal::from)?;
        let mut meeting = Meeting {
            id: app.clock.id(),
            revision: 0,
            unit: call.caller.unit.clone(),
            topic: input.topic.clone(),
            date: input.meeting_date.clone(),
            state: State::Convened,
            invitations: Vec::new(),
            convened: call.now,
            suggestions: 0,
        };
        record(tx, &app.clock, call.now, &call.actor(agenda::SECRETARY), &mut meeting, &[Event::Convened]).await?;
        store::insert_meeting(tx, &meeting, &reach).await?;
        Ok(ConveneMeetingResponse { meeting: Some(convert::meeting(&meeting, &[])) })
    })
    .await
}

/// The caller's unit and those above it. Somebody without a unit, or who sees no matters, holds no meetings.
fn own_reach(app: &App, call: &Call) -> Result<Vec<String>, Error> {
    let matter: Matter = agenda::matter(app, &call.caller.unit, Accused::default());
    let allowed = !matter.reach.is_empty() && app.access.may_touch(&app.org, &call.caller, &call.permission, &matter);
    if allowed { Ok(matter.reach) } else { Err(Refusal::not_permitted(call).into()) }
}
