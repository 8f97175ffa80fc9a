//! The rules of a pair: pure. Once made it stands; its visits move the day on which the next is due.

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

/// Lets `event` have happened.
pub fn apply(pair: &mut Pair, event: &Event) {
    match event {
        Event::Created { .. } => pair.revision += 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn check(last_made: Option<&str>, interval_days: i32, expected: Date) {
        let created = Ts::parse("2023-01-09T15:59:59Z").expect("an instant");
        let pair = Pair {
            id: Uuid::nil(),
            revision: 1,
            officer: "p-officer".into(),
            unit: "lianhu".into(),
            kind: ContactKind::Person,
            party_ref: Uuid::nil(),
            interval_days,
            created,
            last_made: last_made.and_then(Ts::parse),
        };
        assert_eq!(pair.next_visit(), expected, "{last_made:?} and {interval_days} days");
    }

    #[test]
    fn the_next_visit_is_due_an_interval_after_the_last_by_the_day_in_shanghai() {
        check(None, 30, date!(2023 - 02 - 08));
        check(None, 366, date!(2024 - 01 - 10));
        check(Some("2023-01-19T15:59:59Z"), 7, date!(2023 - 01 - 26));
        check(Some("2023-01-19T16:00:00Z"), 7, date!(2023 - 01 - 27));
    }
}
