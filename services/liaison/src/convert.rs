//! Proto ⇄ domain.

use prost::Message as _;
use sanben_bus::{Aggregate, Fact};
use sanben_host::{fact, timestamp};
use sanben_proto::kinds::Outcome;
use sanben_proto::liaison as pb;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::pair::{self, Pair};
use crate::sight::{self, Reader, Sight};
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
            pair::Event::OfficerReplaced { officer, earlier, reason } => fact(
                reason,
                &pb::OfficerReplaced {
                    pair_id: self.id.to_string(),
                    officer_id: officer.clone(),
                    earlier_officer_id: earlier.clone(),
                },
            ),
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
            visit::Event::HandedOver { officer } => fact("", &pb::VisitHandedOver { visit_id, officer_id: officer.clone() }),
            visit::Event::Made { mode, .. } => fact("", &pb::VisitMade { visit_id, mode: *mode as i32 }),
            visit::Event::Heard(voice) => fact(
                "",
                &pb::VoiceHeard {
                    visit_id,
                    voice_id: voice.id.to_string(),
                    submission_id: carried(voice).filter(|carried| !carried.sealed).map(named).unwrap_or_default(),
                },
            ),
            visit::Event::FateChanged { voice_id, carried, told } => fact(
                "",
                &pb::VoiceFateChanged {
                    visit_id,
                    voice_id: voice_id.to_string(),
                    fate: carried.fate.named() as i32,
                    officer_id: if *told { self.officer.clone() } else { String::new() },
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

/// The visit as `reader` may see it.
pub fn visit(of: &Visit, reader: &Reader) -> pb::Visit {
    let (mode, made) = match &of.state {
        State::Planned => (pb::VisitMode::Unspecified, None),
        State::Made { mode, at, .. } => (*mode, Some(timestamp(*at))),
    };
    let shown = pb::Visit {
        visit_id: of.id.to_string(),
        pair_id: of.pair_id.to_string(),
        officer_id: of.officer.clone(),
        unit_id: of.unit.clone(),
        state: of.state.named() as i32,
        plan_date: of.plan_date.to_string(),
        mode: mode as i32,
        made_time: made,
        voices: of.voices().iter().filter_map(|heard| voice(heard, sight::of(heard, &of.officer, reader))).collect(),
        etag: String::new(),
    };
    pb::Visit { etag: etag(&shown), ..shown }
}

/// Changes with what the reader is shown and with nothing else: a count of changes would tell of those that are not shown.
fn etag(shown: &pb::Visit) -> String {
    Sha256::digest(shown.encode_to_vec()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Something heard, as somebody with this sight of it may see it.
pub fn voice(of: &Voice, sight: Sight) -> Option<pb::Voice> {
    let voice_id = of.id.to_string();
    match (sight, &of.told) {
        (Sight::Nothing, _) => None,
        (Sight::OnlyCarried, _) => Some(pb::Voice { voice_id, fate: pb::VoiceFate::Carried as i32, ..pb::Voice::default() }),
        (Sight::All, Told::Solved { note }) => {
            Some(pb::Voice { voice_id, fate: pb::VoiceFate::SolvedOnTheSpot as i32, note: note.clone(), ..pb::Voice::default() })
        }
        (Sight::All, Told::Carried(carried)) => Some(pb::Voice {
            voice_id,
            fate: carried.fate.named() as i32,
            submission_id: named(carried),
            case_id: carried.fate.case_id().map(|id| id.to_string()).unwrap_or_default(),
            outcome: carried.fate.outcome().unwrap_or(Outcome::Unspecified) as i32,
            note: String::new(),
        }),
    }
}

fn carried(voice: &Voice) -> Option<&Carried> {
    match &voice.told {
        Told::Solved { .. } => None,
        Told::Carried(carried) => Some(carried),
    }
}

fn named(carried: &Carried) -> String {
    carried.submission_id.to_string()
}

#[cfg(test)]
mod tests {
    use sanben_clock::Ts;
    use time::macros::date;

    use super::*;
    use crate::voice::{Accused, Fate};

    fn settled(accused: &str) -> Carried {
        let accused = Accused { units: Vec::new(), persons: vec![accused.to_owned()] };
        let fate = Fate::Settled { case_id: Uuid::from_u128(5), outcome: Outcome::Mediated };
        Carried { accused, fate, ..Carried::new(Uuid::from_u128(6), false) }
    }

    fn heard(carried: &[Carried]) -> Visit {
        let voices = carried.iter().map(|carried| Voice { id: Uuid::nil(), told: Told::Carried(carried.clone()) }).collect();
        Visit {
            id: Uuid::nil(),
            revision: 5,
            pair_id: Uuid::nil(),
            officer: "p-officer".into(),
            unit: "lianhu".into(),
            plan_date: date!(2023 - 01 - 19),
            created: Ts::from_micros(0),
            state: State::Made { mode: pb::VisitMode::Home, at: Ts::from_micros(0), voices },
        }
    }

    fn seen_by(person: &str, carried: &[Carried]) -> pb::Visit {
        visit(&heard(carried), &Reader { person: person.to_owned(), units: vec!["lianhu".to_owned()] })
    }

    #[test]
    fn who_is_complained_about_sees_no_more_than_that_it_was_carried() {
        for person in ["p-officer", "p-chief"] {
            let voices = seen_by(person, &[settled(person)]).voices;
            let expected =
                pb::Voice { voice_id: Uuid::nil().to_string(), fate: pb::VoiceFate::Carried as i32, ..pb::Voice::default() };
            assert_eq!(voices, [expected], "{person}");
            let others = &seen_by(person, &[settled("p-somebody-else")]).voices[0];
            assert_eq!((others.fate(), others.outcome()), (pb::VoiceFate::Settled, Outcome::Mediated), "{person}");
            assert!(!others.case_id.is_empty() && !others.submission_id.is_empty(), "{person}");
        }
    }

    #[test]
    fn an_etag_tells_of_nothing_that_is_not_shown() {
        let sealed = [Carried::new(Uuid::nil(), true)];
        assert_eq!(seen_by("p-chief", &[]).etag, seen_by("p-chief", &sealed).etag);
        assert_ne!(seen_by("p-officer", &[]).etag, seen_by("p-officer", &sealed).etag);
        let before = [settled("p-officer")];
        let fate = Fate::Archived { case_id: Uuid::from_u128(5), outcome: Outcome::Mediated };
        let after = [Carried { fate, ..settled("p-officer") }];
        assert_eq!(seen_by("p-officer", &before).etag, seen_by("p-officer", &after).etag);
        assert_ne!(seen_by("p-chief", &before).etag, seen_by("p-chief", &after).etag);
    }

    #[test]
    fn what_is_published_of_a_sealed_voice_leads_nowhere() {
        let fact_of = |sealed| {
            let voice = Voice { id: Uuid::nil(), told: Told::Carried(Carried::new(Uuid::from_u128(6), sealed)) };
            let fact = heard(&[]).fact(&visit::Event::Heard(voice));
            pb::VoiceHeard::decode(fact.payload.as_slice()).expect("a fact").submission_id
        };
        assert_eq!((fact_of(true), fact_of(false)), (String::new(), Uuid::from_u128(6).to_string()));
    }

    #[test]
    fn an_officer_who_is_complained_about_is_not_told() {
        let told = |told| {
            let changed = visit::Event::FateChanged { voice_id: Uuid::nil(), carried: settled("p-officer"), told };
            let fact = heard(&[]).fact(&changed);
            pb::VoiceFateChanged::decode(fact.payload.as_slice()).expect("a fact").officer_id
        };
        assert_eq!((told(true), told(false)), ("p-officer".to_owned(), String::new()));
    }
}
