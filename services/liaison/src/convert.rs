//! Proto ⇄ domain.

use sanben_bus::{Aggregate, Fact};
use sanben_host::{fact, timestamp};
use sanben_proto::kinds::Outcome;
use sanben_proto::liaison as pb;
use uuid::Uuid;

use crate::pair::{self, Pair};
use crate::visit::{self, State, Visit};
use crate::voice::{Carried, Told, Voice};

impl Aggregate for Pair {
    const NAME: &'static str = "pair";
    type Event = pair::Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &pair::Event) {
        pair::apply(self, event);
    }

    fn fact(&self, event: &pair::Event) -> Fact {
        match event {
            pair::Event::Created { .. } => fact("", &pb::PairCreated { pair_id: self.id.to_string(), unit_id: self.unit.clone() }),
        }
    }
}

impl Aggregate for Visit {
    const NAME: &'static str = "visit";
    type Event = visit::Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &visit::Event) {
        visit::apply(self, event);
    }

    fn fact(&self, event: &visit::Event) -> Fact {
        let visit_id = self.id.to_string();
        match event {
            visit::Event::Planned { plan_date } => {
                fact("", &pb::VisitPlanned { visit_id, officer_id: self.officer.clone(), plan_date: plan_date.to_string() })
            }
            visit::Event::Made { mode, .. } => fact("", &pb::VisitMade { visit_id, mode: *mode as i32 }),
            visit::Event::Heard(voice) => fact(
                "",
                &pb::VoiceHeard {
                    visit_id,
                    voice_id: voice.id.to_string(),
                    submission_id: carried(voice).map(|carried| carried.submission_id.to_string()).unwrap_or_default(),
                },
            ),
            visit::Event::FateChanged { voice_id, carried } => fact(
                "",
                &pb::VoiceFateChanged {
                    visit_id,
                    voice_id: voice_id.to_string(),
                    fate: carried.fate.named() as i32,
                    officer_id: self.officer.clone(),
                },
            ),
        }
    }
}

pub fn pair(of: &Pair) -> pb::Pair {
    let next_visit = of.next_visit();
    pb::Pair {
        pair_id: of.id.to_string(),
        officer_id: of.officer.clone(),
        unit_id: of.unit.clone(),
        kind: of.kind as i32,
        party_ref: of.party_ref.to_string(),
        interval_days: of.interval_days,
        next_visit_date: next_visit.to_string(),
        create_time: Some(timestamp(of.created)),
        // A visit moves the next one's day without an event of the pair.
        etag: format!("{}.{}", of.revision, next_visit.to_julian_day()),
    }
}

/// The visit as `reader` may see it: what was said against somebody is shown to the officer who heard it only. A unit complained about
/// must not learn of it by its own visits, and which unit that is, only intake and the ledger know.
pub fn visit(of: &Visit, reader: &str) -> pb::Visit {
    let (mode, made) = match &of.state {
        State::Planned => (pb::VisitMode::Unspecified, None),
        State::Made { mode, at, .. } => (*mode, Some(timestamp(*at))),
    };
    let shown = |voice: &&Voice| reader == of.officer || !carried(voice).is_some_and(|carried| carried.sealed);
    pb::Visit {
        visit_id: of.id.to_string(),
        pair_id: of.pair_id.to_string(),
        officer_id: of.officer.clone(),
        unit_id: of.unit.clone(),
        state: of.state.named() as i32,
        plan_date: of.plan_date.to_string(),
        mode: mode as i32,
        made_time: made,
        voices: of.voices().iter().filter(shown).map(voice).collect(),
        etag: of.revision.to_string(),
    }
}

pub fn voice(of: &Voice) -> pb::Voice {
    let voice_id = of.id.to_string();
    match &of.told {
        Told::Solved { note } => {
            pb::Voice { voice_id, fate: pb::VoiceFate::SolvedOnTheSpot as i32, note: note.clone(), ..pb::Voice::default() }
        }
        Told::Carried(carried) => pb::Voice {
            voice_id,
            fate: carried.fate.named() as i32,
            submission_id: carried.submission_id.to_string(),
            case_id: carried.fate.case_id().map(|id| id.to_string()).unwrap_or_default(),
            outcome: carried.fate.outcome().unwrap_or(Outcome::Unspecified) as i32,
            note: String::new(),
        },
    }
}

fn carried(voice: &Voice) -> Option<&Carried> {
    match &voice.told {
        Told::Solved { .. } => None,
        Told::Carried(carried) => Some(carried),
    }
}

#[cfg(test)]
mod tests {
    use sanben_clock::Ts;
    use time::macros::date;

    use super::*;

    #[test]
    fn only_the_officer_sees_what_was_said_against_somebody() {
        let carried = |sealed| Voice { id: Uuid::nil(), told: Told::Carried(Carried::new(Uuid::nil(), sealed)) };
        let solved = Voice { id: Uuid::nil(), told: Told::Solved { note: String::new() } };
        let voices = vec![solved, carried(false), carried(true)];
        let of = Visit {
            id: Uuid::nil(),
            revision: 5,
            pair_id: Uuid::nil(),
            officer: "p-officer".into(),
            unit: "lianhu".into(),
            plan_date: date!(2023 - 01 - 19),
            created: Ts::from_micros(0),
            state: State::Made { mode: pb::VisitMode::Home, at: Ts::from_micros(0), voices },
        };
        assert_eq!(visit(&of, "p-officer").voices.len(), 3);
        assert_eq!(visit(&of, "p-chief").voices.len(), 2);
    }
}
