//! The rules of a visit: pure. Its officer plans it, makes it, and then says what was heard.

use sanben_clock::Ts;
use sanben_proto::liaison::{VisitMode, VisitState};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::pair::Pair;
use crate::sight::Reader;
use crate::voice::{Carried, News, Told, Voice};

/// At most so many voices a visit.
pub const VOICES_MAX: usize = 50;

time::serde::format_description!(iso_day, Date, "[year]-[month]-[day]");

/// A visit of an officer to the one they are paired with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub id: Uuid,
    pub revision: i64,
    pub pair_id: Uuid,
    pub officer: String,
    pub unit: String,
    #[serde(with = "iso_day")]
    pub plan_date: Date,
    pub created: Ts,
    pub state: State,
}

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Planned,
    Made { mode: VisitMode, at: Ts, voices: Vec<Voice> },
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    /// It was made `at`; the next one is then due on `next_visit`.
    Make { mode: VisitMode, at: Ts, next_visit: Date },
    /// This was heard.
    Hear(Voice),
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Planned {
        #[serde(with = "iso_day")]
        plan_date: Date,
    },
    Made {
        mode: VisitMode,
        at: Ts,
        #[serde(with = "iso_day")]
        next_visit: Date,
    },
    Heard(Voice),
    /// It is another officer's.
    HandedOver {
        officer: String,
    },
    /// The officer is told, unless complained about.
    FateChanged {
        voice_id: Uuid,
        carried: Carried,
        told: bool,
    },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotTheOfficer,
    PlanInThePast { today: Date },
    VisitOpen(Uuid),
    VisitAlreadyMade,
    VisitNotMade,
    TooManyVoices,
}

impl Visit {
    /// What was heard; nothing before it was made.
    pub fn voices(&self) -> &[Voice] {
        match &self.state {
            State::Planned => &[],
            State::Made { voices, .. } => voices,
        }
    }

    /// When it was made.
    pub fn made(&self) -> Option<Ts> {
        match self.state {
            State::Planned => None,
            State::Made { at, .. } => Some(at),
        }
    }
}

/// A visit about to be planned, or why it is refused. `open` is the visit to the pair that was planned and not yet made.
pub fn plan(pair: &Pair, by: &str, open: Option<Uuid>, plan_date: Date, id: Uuid, now: Ts) -> Result<(Visit, Event), Refusal> {
    if by != pair.officer {
        return Err(Refusal::NotTheOfficer);
    }
    if plan_date < now.date() {
        return Err(Refusal::PlanInThePast { today: now.date() });
    }
    if let Some(open) = open {
        return Err(Refusal::VisitOpen(open));
    }
    let visit = Visit {
        id,
        revision: 0,
        pair_id: pair.id,
        officer: pair.officer.clone(),
        unit: pair.unit.clone(),
        plan_date,
        created: now,
        state: State::Planned,
    };
    Ok((visit, Event::Planned { plan_date }))
}

/// Why `by` could not record what was heard now.
pub fn may_hear(visit: &Visit, by: &str) -> Result<(), Refusal> {
    if by != visit.officer {
        return Err(Refusal::NotTheOfficer);
    }
    match &visit.state {
        State::Planned => Err(Refusal::VisitNotMade),
        State::Made { voices, .. } if voices.len() >= VOICES_MAX => Err(Refusal::TooManyVoices),
        State::Made { .. } => Ok(()),
    }
}

/// What happens if `by` carries out `command`, or why it is refused.
pub fn decide(visit: &Visit, by: &str, command: Command) -> Result<Event, Refusal> {
    if by != visit.officer {
        return Err(Refusal::NotTheOfficer);
    }
    match (&visit.state, command) {
        (State::Planned, Command::Make { mode, at, next_visit }) => Ok(Event::Made { mode, at, next_visit }),
        (State::Made { .. }, Command::Make { .. }) => Err(Refusal::VisitAlreadyMade),
        (State::Planned | State::Made { .. }, Command::Hear(voice)) => may_hear(visit, by).map(|()| Event::Heard(voice)),
    }
}

/// What is planned is another officer's from now on; who made a visit stays its officer.
pub fn hand_over(visit: &Visit, officer: &str) -> Option<Event> {
    match visit.state {
        State::Planned => Some(Event::HandedOver { officer: officer.to_owned() }),
        State::Made { .. } => None,
    }
}

/// What news of a submission change here.
pub fn follow(visit: &Visit, submission_id: Uuid, news: &News, officer: &Reader) -> Option<Event> {
    visit.voices().iter().find_map(|voice| match &voice.told {
        Told::Carried(carried) if carried.submission_id == submission_id => {
            carried.after(news).map(|carried| fate_changed(voice.id, carried, officer))
        }
        Told::Carried(_) | Told::Solved { .. } => None,
    })
}

/// What became of something heard is known.
pub fn fate_changed(voice_id: Uuid, carried: Carried, officer: &Reader) -> Event {
    let told = !carried.accused.names(officer);
    Event::FateChanged { voice_id, carried, told }
}

/// Lets `event` have happened.
pub fn apply(visit: &mut Visit, event: &Event) {
    visit.revision += 1;
    match (&mut visit.state, event) {
        (State::Planned | State::Made { .. }, Event::HandedOver { officer }) => visit.officer.clone_from(officer),
        (state @ (State::Planned | State::Made { .. }), Event::Made { mode, at, .. }) => {
            *state = State::Made { mode: *mode, at: *at, voices: Vec::new() };
        }
        (State::Made { voices, .. }, Event::Heard(voice)) => voices.push(voice.clone()),
        (State::Made { voices, .. }, Event::FateChanged { voice_id, carried, .. }) => {
            for voice in voices.iter_mut().filter(|voice| voice.id == *voice_id) {
                voice.told = Told::Carried(carried.clone());
            }
        }
        (State::Planned | State::Made { .. }, Event::Planned { .. })
        | (State::Planned, Event::Heard(_) | Event::FateChanged { .. }) => {}
    }
}

impl State {
    /// As the contract names it.
    pub fn named(&self) -> VisitState {
        match self {
            State::Planned => VisitState::Planned,
            State::Made { .. } => VisitState::Made,
        }
    }
}

#[cfg(test)]
mod tests;
