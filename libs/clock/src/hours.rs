use serde::{Deserialize, Serialize};
use time::Date;

use crate::{Calendar, Ts};

const MINUTE: i64 = 60_000_000;
const MINUTES_OF_DAY: u16 = 24 * 60;

/// When the offices are open on a workday: spans in minutes since midnight, Asia/Shanghai, in order and apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u16, u16)>", into = "Vec<(u16, u16)>")]
pub struct Hours(Vec<(u16, u16)>);

/// Spans that are none, overlap, or leave the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("opening hours are spans of minutes of one day, each later than the one before and ending after it begins")]
pub struct NoHours;

impl Default for Hours {
    /// 09:00 to 12:00 and 13:00 to 18:00.
    fn default() -> Hours {
        Hours(vec![(9 * 60, 12 * 60), (13 * 60, 18 * 60)])
    }
}

impl TryFrom<Vec<(u16, u16)>> for Hours {
    type Error = NoHours;

    fn try_from(spans: Vec<(u16, u16)>) -> Result<Hours, NoHours> {
        let whole = spans.iter().all(|(from, until)| from < until && *until <= MINUTES_OF_DAY);
        let in_order = spans.windows(2).all(|pair| pair[0].1 < pair[1].0);
        if spans.is_empty() || !whole || !in_order { Err(NoHours) } else { Ok(Hours(spans)) }
    }
}

impl From<Hours> for Vec<(u16, u16)> {
    fn from(hours: Hours) -> Vec<(u16, u16)> {
        hours.0
    }
}

impl Hours {
    /// The spans of a workday, each from its first instant to the first that is not in it any more.
    pub fn spans(&self, workday: Date) -> impl Iterator<Item = (Ts, Ts)> {
        let midnight = Ts::start_of(workday).micros();
        let at = move |minute: u16| Ts::from_micros(midnight.saturating_add(i64::from(minute) * MINUTE));
        self.0.iter().map(move |(from, until)| (at(*from), at(*until)))
    }
}

impl Calendar {
    /// The first instant from `at` on at which the offices are open; `at` itself if they are. The last instant there is if they never are again.
    pub fn next_open(&self, hours: &Hours, at: Ts) -> Ts {
        let days = std::iter::successors(Some(at.date()), |day| day.next_day());
        let open = |day: Date| hours.spans(day).find(|(_, until)| at < *until).map(|(from, _)| from.max(at));
        days.filter(|day| self.is_workday(*day)).find_map(open).unwrap_or(Ts::from_micros(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_opening_skips_nights_noons_weekends_and_holidays() {
        let (calendar, hours) = (Calendar::shipped(), Hours::default());
        let at = |text: &str| Ts::parse(text).expect("an instant");
        for (now, open) in [
            ("2023-01-19T08:59:59.999999+08:00", "2023-01-19T09:00:00+08:00"),
            ("2023-01-19T09:00:00+08:00", "2023-01-19T09:00:00+08:00"),
            ("2023-01-19T11:59:59.999999+08:00", "2023-01-19T11:59:59.999999+08:00"),
            ("2023-01-19T12:00:00+08:00", "2023-01-19T13:00:00+08:00"),
            ("2023-01-20T18:00:00+08:00", "2023-01-28T09:00:00+08:00"),
            ("2023-03-11T10:00:00+08:00", "2023-03-13T09:00:00+08:00"),
        ] {
            assert_eq!(calendar.next_open(&hours, at(now)), at(open), "{now}");
        }
        assert_eq!(calendar.next_open(&hours, Ts::from_micros(i64::MAX)), Ts::from_micros(i64::MAX));
    }

    #[test]
    fn hours_are_spans_of_one_day_in_order() {
        let good = |spans: &[(u16, u16)]| Hours::try_from(spans.to_vec()).is_ok();
        assert!(good(&[(0, 1440)]) && good(&[(540, 720), (780, 1080)]));
        assert!(!good(&[]) && !good(&[(540, 540)]) && !good(&[(540, 1441)]) && !good(&[(540, 720), (720, 800)]));
        assert_eq!(serde_json::to_string(&Hours::default()).expect("JSON"), "[[540,720],[780,1080]]");
    }
}
