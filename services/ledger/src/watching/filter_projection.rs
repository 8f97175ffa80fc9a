//! How a case is found, and what a filter asks of it.

use sanben_access::Org;
use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::{CaseState, Colour, Door, PersonalDuty};
use serde::{Deserialize, Serialize};

use sanben_ledger_rules::case::Case;

/// What a filter asks of a case, apart from time, and in whose reach it is. Neither words nor who is complained about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// The units that may have to do with it, with all above them.
    pub reach: Vec<String>,
    pub book: Book,
    pub state: CaseState,
    pub lead_unit: String,
    pub origin: Channel,
    pub track: Track,
    pub handler: String,
    pub owner: String,
    pub duty: PersonalDuty,
    pub number: String,
    pub door: Door,
    pub received: Ts,
}

impl Face {
    /// How `case` is found in `reach`.
    pub fn of(case: &Case, reach: Vec<String>) -> Face {
        Face {
            reach,
            book: case.book(),
            state: case.state.named(),
            lead_unit: case.lead_unit.clone(),
            origin: case.opening.origin,
            track: case.track(),
            handler: case.state.handler().unwrap_or_default().to_owned(),
            owner: case.owner.as_ref().map(|owner| owner.person.clone()).unwrap_or_default(),
            duty: case.owner.as_ref().map_or(PersonalDuty::Unspecified, |owner| owner.duty),
            number: case.number.clone().unwrap_or_default(),
            door: case.state.door().unwrap_or(Door::Unspecified),
            received: case.received(),
        }
    }
}

/// The instants from which something of a case is near, and after which it is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    pub warn: Ts,
    pub due: Ts,
}

impl Marks {
    /// Of a case of which nothing is due.
    pub const NEVER: Marks = Marks { warn: Ts::from_micros(i64::MAX), due: Ts::from_micros(i64::MAX) };

    /// The colour at that instant.
    pub fn colour(self, now: Ts) -> Colour {
        match now {
            _ if now > self.due => Colour::Red,
            _ if now >= self.warn => Colour::Yellow,
            _ => Colour::Green,
        }
    }
}

/// Which cases somebody watches: all that is said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub book: Option<Book>,
    /// None for all.
    pub states: Vec<CaseState>,
    /// Led by it or by one below it.
    pub unit: Option<String>,
    pub origin: Option<Channel>,
    pub track: Option<Track>,
    pub duty: Option<PersonalDuty>,
    pub owner: Option<String>,
    pub handler: Option<String>,
    pub number: Option<String>,
    pub door: Option<Door>,
    pub received_from: Option<Ts>,
    pub received_until: Option<Ts>,
    pub colour: Option<Colour>,
    /// Something is due by this instant.
    pub due_by: Option<Ts>,
}

impl Wanted {
    /// Whether a case that is found so is asked for, whatever the time is.
    pub fn takes(&self, org: &Org, face: &Face) -> bool {
        is(self.book, face.book)
            && (self.states.is_empty() || self.states.contains(&face.state))
            && is(self.origin, face.origin)
            && is(self.track, face.track)
            && is(self.duty, face.duty)
            && is(self.owner.as_deref(), face.owner.as_str())
            && is(self.handler.as_deref(), face.handler.as_str())
            && is(self.number.as_deref(), face.number.as_str())
            && is(self.door, face.door)
            && self.received_from.is_none_or(|from| face.received >= from)
            && self.received_until.is_none_or(|until| face.received < until)
            && self.unit.as_ref().is_none_or(|unit| org.is_within(&face.lead_unit, unit))
    }

    /// Whether a case with these marks is asked for now.
    pub fn takes_now(&self, marks: Marks, now: Ts) -> bool {
        is(self.colour, marks.colour(now)) && self.due_by.is_none_or(|by| marks.due <= by)
    }
}

fn is<T: PartialEq>(wanted: Option<T>, found: T) -> bool {
    wanted.is_none_or(|wanted| wanted == found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face() -> Face {
        Face {
            reach: vec!["city".into(), "lianhu".into()],
            book: Book::Demand,
            state: CaseState::Undertaken,
            lead_unit: "lianhu-beiyuanmen".into(),
            origin: Channel::Online,
            track: Track::Petition,
            handler: "p-a".into(),
            owner: "p-b".into(),
            duty: PersonalDuty::Petition,
            number: "诉〔2023〕7F3K2Q".into(),
            door: Door::Unspecified,
            received: Ts::from_micros(5),
        }
    }

    #[test]
    fn each_field_alone_takes_what_has_it_and_leaves_what_has_not() {
        let (at, all) = (Ts::from_micros, Wanted::default());
        let rows = [
            ("all", all.clone(), true),
            ("book", Wanted { book: Some(Book::Demand), ..all.clone() }, true),
            ("another book", Wanted { book: Some(Book::Complaint), ..all.clone() }, false),
            ("states", Wanted { states: vec![CaseState::Settled, CaseState::Undertaken], ..all.clone() }, true),
            ("other states", Wanted { states: vec![CaseState::Settled], ..all.clone() }, false),
            ("its unit", Wanted { unit: Some("lianhu-beiyuanmen".into()), ..all.clone() }, true),
            ("a unit above", Wanted { unit: Some("lianhu".into()), ..all.clone() }, true),
            ("another unit", Wanted { unit: Some("yanta".into()), ..all.clone() }, false),
            ("origin", Wanted { origin: Some(Channel::Online), ..all.clone() }, true),
            ("another origin", Wanted { origin: Some(Channel::Letter), ..all.clone() }, false),
            ("track", Wanted { track: Some(Track::Petition), ..all.clone() }, true),
            ("another track", Wanted { track: Some(Track::Urgent), ..all.clone() }, false),
            ("duty", Wanted { duty: Some(PersonalDuty::Petition), ..all.clone() }, true),
            ("another duty", Wanted { duty: Some(PersonalDuty::Safety), ..all.clone() }, false),
            ("owner", Wanted { owner: Some("p-b".into()), ..all.clone() }, true),
            ("another owner", Wanted { owner: Some("p-a".into()), ..all.clone() }, false),
            ("handler", Wanted { handler: Some("p-a".into()), ..all.clone() }, true),
            ("another handler", Wanted { handler: Some("p-b".into()), ..all.clone() }, false),
            ("number", Wanted { number: Some("诉〔2023〕7F3K2Q".into()), ..all.clone() }, true),
            ("another number", Wanted { number: Some("诉〔2023〕7F3K2".into()), ..all.clone() }, false),
            ("a door", Wanted { door: Some(Door::Confirmed), ..all.clone() }, false),
            ("from then", Wanted { received_from: Some(at(5)), ..all.clone() }, true),
            ("from later", Wanted { received_from: Some(at(6)), ..all.clone() }, false),
            ("until later", Wanted { received_until: Some(at(6)), ..all.clone() }, true),
            ("until then", Wanted { received_until: Some(at(5)), ..all.clone() }, false),
            ("one of two", Wanted { book: Some(Book::Demand), handler: Some("p-b".into()), ..all }, false),
        ];
        for (name, wanted, expected) in rows {
            assert_eq!(wanted.takes(&Org::shipped(), &face()), expected, "{name}");
        }
    }

    #[test]
    fn colour_and_due_day_are_those_of_the_instant() {
        let (at, marks) = (Ts::from_micros, Marks { warn: Ts::from_micros(7), due: Ts::from_micros(10) });
        for (now, colour) in [(6, Colour::Green), (7, Colour::Yellow), (10, Colour::Yellow), (11, Colour::Red)] {
            assert_eq!(marks.colour(at(now)), colour, "{now}");
            assert_eq!(Marks::NEVER.colour(at(now)), Colour::Green);
            let wanted = Wanted { colour: Some(Colour::Yellow), ..Wanted::default() };
            assert_eq!(wanted.takes_now(marks, at(now)), colour == Colour::Yellow, "{now}");
        }
        for (by, expected) in [(9, false), (10, true), (11, true)] {
            let wanted = Wanted { due_by: Some(at(by)), ..Wanted::default() };
            assert_eq!(wanted.takes_now(marks, at(0)), expected, "{by}");
            assert!(!wanted.takes_now(Marks::NEVER, at(0)), "{by}");
        }
    }
}
