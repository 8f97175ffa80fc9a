//! An instant, and the day it falls on.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, UtcOffset};

/// Asia/Shanghai: eight hours ahead of UTC, the whole year, in the whole country.
pub const OFFSET_SHANGHAI: UtcOffset = match UtcOffset::from_hms(8, 0, 0) {
    Ok(offset) => offset,
    Err(_) => panic!("eight hours is an offset"),
};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z, in microseconds: what four digits of a
/// year can write.
const FIRST_WRITABLE: i64 = -62_167_219_200 * SECOND;
const LAST_WRITABLE: i64 = 253_402_300_800 * SECOND - 1;

/// An instant, microseconds since the Unix epoch, UTC.
///
/// Every `i64` is a `Ts`. Writing one as text or asking its date stops at the first and the last
/// instant of the years 0000 to 9999; arithmetic stops at the ends of the `i64`. Nothing panics.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ts(i64);

impl Ts {
    /// The instant so many microseconds after the Unix epoch (before it, if negative).
    pub const fn from_micros(micros: i64) -> Ts {
        Ts(micros)
    }

    /// Microseconds since the Unix epoch: what the databases hold.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// RFC 3339 in UTC, always with `Z` and exactly six digits of fraction, so that text sorts as
    /// instants do: `2023-01-19T01:30:00.000000Z`.
    pub fn rfc3339(self) -> String {
        let at = self.utc();
        let (year, month, day) = at.to_calendar_date();
        let (hour, minute, second, micro) = at.to_hms_micro();
        let month = u8::from(month);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micro:06}Z")
    }

    /// Reads RFC 3339 with any offset; what is finer than a microsecond is cut off. `None` if the
    /// text is not RFC 3339.
    pub fn parse(text: &str) -> Option<Ts> {
        let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let micros = at.unix_timestamp_nanos().div_euclid(1_000);
        i64::try_from(micros).ok().map(Ts)
    }

    /// The day it is in Asia/Shanghai ([`OFFSET_SHANGHAI`]) at this instant.
    pub fn date(self) -> Date {
        let local = self.utc().checked_to_offset(OFFSET_SHANGHAI);
        local.map_or(Date::MAX, OffsetDateTime::date)
    }

    /// This instant and so much later, cut to microseconds; the last instant there is, if that is
    /// too late.
    pub fn plus(self, span: Duration) -> Ts {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Ts(self.0.saturating_add(micros))
    }

    /// The first microsecond of the day: 00:00 in Asia/Shanghai.
    pub fn start_of(date: Date) -> Ts {
        let days = i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY;
        let ahead = i64::from(OFFSET_SHANGHAI.whole_seconds()) * SECOND;
        Ts(days.saturating_mul(DAY).saturating_sub(ahead))
    }

    /// The last microsecond of the day: 23:59:59.999999 in Asia/Shanghai.
    pub fn end_of(date: Date) -> Ts {
        Ts(Ts::start_of(date).0.saturating_add(DAY - 1))
    }

    fn utc(self) -> OffsetDateTime {
        let micros = self.0.clamp(FIRST_WRITABLE, LAST_WRITABLE);
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

/// As [`Ts::rfc3339`].
impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn text_has_z_and_six_digits_and_comes_back() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (1_674_091_800_000_001, "2023-01-19T01:30:00.000001Z"),
            (FIRST_WRITABLE, "0000-01-01T00:00:00.000000Z"),
            (LAST_WRITABLE, "9999-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(Ts(micros).to_string(), text);
            assert_eq!(Ts::parse(text), Some(Ts(micros)));
        }
    }

    #[test]
    fn text_sorts_as_instants_do() {
        let mut at: Vec<Ts> = [5, -5, 0, 1_000_000, 999_999, LAST_WRITABLE, FIRST_WRITABLE].map(Ts).to_vec();
        let mut text: Vec<String> = at.iter().map(|t| t.rfc3339()).collect();
        at.sort();
        text.sort();
        assert_eq!(text, at.iter().map(|t| t.rfc3339()).collect::<Vec<_>>());
    }

    #[test]
    fn other_offsets_and_finer_fractions_are_read() {
        let at = Ts::parse("2023-01-19T01:30:00Z");
        assert!(at.is_some());
        assert_eq!(Ts::parse("2023-01-19T09:30:00+08:00"), at);
        assert_eq!(Ts::parse("2023-01-19T01:30:00.000000999Z"), at);
        assert_eq!(Ts::parse("1969-12-31T23:59:59.9999999Z"), Some(Ts(-1)));
        for wrong in ["", "2023-01-19", "2023-02-30T00:00:00Z", "2023-01-19T01:30:00"] {
            assert_eq!(Ts::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_is_a_day_in_shanghai() {
        let day = date!(2023 - 01 - 19);
        assert_eq!(Ts::start_of(day).rfc3339(), "2023-01-18T16:00:00.000000Z");
        assert_eq!(Ts::end_of(day).rfc3339(), "2023-01-19T15:59:59.999999Z");
        assert_eq!(Ts::start_of(day).date(), day);
        assert_eq!(Ts::end_of(day).date(), day);
        assert_eq!(Ts(Ts::end_of(day).0 + 1).date(), date!(2023 - 01 - 20));
    }

    #[test]
    fn the_ends_hold() {
        assert_eq!(Ts(i64::MAX).plus(Duration::MAX), Ts(i64::MAX));
        assert_eq!(Ts(i64::MAX).rfc3339(), "9999-12-31T23:59:59.999999Z");
        assert_eq!(Ts(i64::MIN).rfc3339(), "0000-01-01T00:00:00.000000Z");
        assert_eq!(Ts(i64::MAX).date(), Date::MAX);
        assert_eq!(Ts(i64::MIN).date(), date!(0000 - 01 - 01));
        assert!(Ts::start_of(Date::MIN) < Ts::end_of(Date::MAX));
    }
}
