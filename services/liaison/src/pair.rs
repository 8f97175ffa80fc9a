//! The rules of a pair: pure. Once made it stands, but for its officer, who may be replaced; its visits move the day on which the next is due.

use sanben_clock::Ts;
use sanben_proto::liaison::ContactKind;
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use uuid::Uuid;

time::serde::format_description!(iso_day, Date, "[year]-[month]-[day]");

/// An officer paired with a person or organisation, who is only a reference here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub id: Uuid,
    pub revision: i64,
    pub officer: String,
    pub unit: String,
    pub kind: ContactKind,
    pub party_ref: Uuid,
    pub interval_days: i32,
    pub created: Ts,
    /// When it was last visited. Its visits say so, so the snapshot doesn't.
    #[serde(skip)]
    pub last_made: Option<Ts>,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Created {
        #[serde(with = "iso_day")]
        next_visit: Date,
    },
    /// `officer` in place of `earlier`.
    OfficerReplaced { officer: String, earlier: String, reason: String },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotThePairsUnit,
    SameOfficer,
}

impl Pair {
    /// The day on which the next visit is due.
    pub fn next_visit(&self) -> Date {
        self.due_after(self.last_made.unwrap_or(self.created))
    }

    /// The day on which a visit is due after one that was made `at`.
    pub fn due_after(&self, at: Ts) -> Date {
        at.date().saturating_add(Duration::days(i64::from(self.interval_days)))
    }
}

/// Its officer is replaced, or why that is refused. `is_of_its_unit` says whether the caller decides for the pair's unit.
pub fn replace(pair: &Pair, is_of_its_unit: bool, officer: &str, reason: &str) -> Result<Event, Refusal> {
    if !is_of_its_unit {
        return Err(Refusal::NotThePairsUnit);
    }
    if officer == pair.officer {
        return Err(Refusal::SameOfficer);
    }
    Ok(Event::OfficerReplaced { officer: officer.to_owned(), earlier: pair.officer.clone(), reason: reason.to_owned() })
}

/// Lets `event` have happened.
pub fn apply(pair: &mut Pair, event: &Event) {
    pair.revision += 1;
    match event {
        Event::Created { .. } => {}
        Event::OfficerReplaced { officer, .. } => pair.officer.clone_from(officer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn pair(last_made: Option<&str>, interval_days: i32) -> Pair {
        Pair {
            id: Uuid::nil(),
            revision: 1,
            officer: "p-officer".into(),
            unit: "lianhu".into(),
            kind: ContactKind::Person,
            party_ref: Uuid::nil(),
            interval_days,
            created: Ts::parse("2023-01-09T15:59:59Z").expect("an instant"),
            last_made: last_made.and_then(Ts::parse),
        }
    }

    fn check(last_made: Option<&str>, interval_days: i32, expected: Date) {
        let pair = pair(last_made, interval_days);
        assert_eq!(pair.next_visit(), expected, "{last_made:?} and {interval_days} days");
    }

    #[test]
    fn the_next_visit_is_due_an_interval_after_the_last_by_the_day_in_shanghai() {
        check(None, 30, date!(2023 - 02 - 08));
        check(None, 366, date!(2024 - 01 - 10));
        check(Some("2023-01-19T15:59:59Z"), 7, date!(2023 - 01 - 26));
        check(Some("2023-01-19T16:00:00Z"), 7, date!(2023 - 01 - 27));
    }

    #[test]
    fn who_is_replaced_by_whom() {
        let rows = [
            (true, "p-next", Ok("p-next")),
            (true, "p-officer", Err(Refusal::SameOfficer)),
            (false, "p-next", Err(Refusal::NotThePairsUnit)),
            (false, "p-officer", Err(Refusal::NotThePairsUnit)),
        ];
        for (is_of_its_unit, officer, expected) in rows {
            let mut pair = pair(None, 30);
            let found = replace(&pair, is_of_its_unit, officer, "病休").map(|event| {
                apply(&mut pair, &event);
                assert!(matches!(&event, Event::OfficerReplaced { earlier, .. } if earlier == "p-officer"), "{event:?}");
                pair.officer.as_str()
            });
            assert_eq!(found, expected, "{is_of_its_unit} {officer}");
            assert_eq!(pair.revision, if expected.is_ok() { 2 } else { 1 });
        }
    }
}
