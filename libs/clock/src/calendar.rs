//! Which days are worked, and when a term of days ends.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use time::macros::format_description;
use time::{Date, Duration, Month, Weekday};

use crate::{CalendarError, Fault};

const SHIPPED: &str = include_str!("../calendar-cn.csv");
pub(crate) const HEADER: &str = "date,kind,festival,notice";
/// A festival or a notice is so many characters at most.
const TEXT_MAX: usize = 40;

/// The working calendar of China: weekdays and weekends, and the days on which the State Council
/// (国务院办公厅, in its yearly notice on holidays) says otherwise. Cheap to clone.
///
/// The first day of a term is not counted (民法典 art. 201): one workday from a Thursday is Friday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    pub(crate) exceptions: Arc<BTreeMap<Date, Day>>,
}

/// What a day is, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    /// Whether the offices work.
    pub workday: bool,
    /// Why they do, or do not.
    pub reason: Reason,
}

/// Why a day is worked, or is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Monday to Friday, and no notice says otherwise: worked.
    Weekday,
    /// Saturday or Sunday, and no notice says otherwise: not worked.
    Weekend,
    /// A day off by notice, whatever day of the week.
    Holiday {
        /// What is celebrated, as the notice names it: `春节`.
        festival: String,
        /// The State Council's notice, by its number: `国办发明电〔2022〕16号`.
        notice: String,
    },
    /// A Saturday or Sunday worked by notice (调休上班).
    WorkedWeekend {
        /// The festival whose days off it makes up for.
        festival: String,
        /// The State Council's notice, by its number.
        notice: String,
    },
}

/// What to do when the last day of a term of calendar days is not a workday.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Roll {
    /// The next workday is the last day (民法典 art. 203).
    Forward,
    /// It stays the last day.
    Keep,
}

/// The last day of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The last day, to its end, Asia/Shanghai.
    pub date: Date,
    /// Whether the term touches a year this calendar has no notice for, so that the date is to be
    /// computed again when there is one.
    pub provisional: bool,
}

impl Calendar {
    /// The calendar this suite is shipped with: `calendar-cn.csv`, 2022 to 2026, from the State
    /// Council's notices.
    pub fn shipped() -> Calendar {
        static READ: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::parse(SHIPPED).expect("the shipped calendar can be read, a test says so"));
        READ.clone()
    }

    /// Reads `date,kind,festival,notice` rows, sorted by date: `kind` is `holiday` (not worked) or
    /// `workday` (a Saturday or Sunday that is). The first line is that header. Fields hold no
    /// commas and are not quoted; a byte order mark and CRLF, which spreadsheets write, are taken.
    pub fn parse(csv: &str) -> Result<Calendar, CalendarError> {
        Ok(Calendar { exceptions: Arc::new(read(csv)?) })
    }

    /// Whether the offices work on that day.
    pub fn is_workday(&self, date: Date) -> bool {
        match self.exceptions.get(&date) {
            Some(day) => day.workday,
            None => !is_weekend(date),
        }
    }

    /// Whether this calendar has the notice for that year. It has if it knows New Year's Day: every
    /// notice has that day, while a last day of December may come from the notice of the next year.
    pub fn covers(&self, year: i32) -> bool {
        Date::from_calendar_date(year, Month::January, 1).is_ok_and(|new_year| self.exceptions.contains_key(&new_year))
    }

    /// The number of the notice for that year, if this calendar has it.
    pub fn notice(&self, year: i32) -> Option<&str> {
        let new_year = Date::from_calendar_date(year, Month::January, 1).ok()?;
        self.exceptions.get(&new_year).and_then(Day::named).map(|(_, notice)| notice)
    }

    /// The days from `first` to `last`, both counted, of which a notice says something.
    pub fn exceptions(&self, first: Date, last: Date) -> impl Iterator<Item = (Date, &Day)> {
        let days = (first <= last).then(|| self.exceptions.range(first..=last));
        days.into_iter().flatten().map(|(date, day)| (*date, day))
    }

    /// Whether the offices work on that day, and why.
    pub fn day(&self, date: Date) -> Day {
        let ordinary = || match is_weekend(date) {
            true => Day { workday: false, reason: Reason::Weekend },
            false => Day { workday: true, reason: Reason::Weekday },
        };
        self.exceptions.get(&date).cloned().unwrap_or_else(ordinary)
    }

    /// The `n`-th workday after `start`; `start` itself if `n` is 0. A term that ends after the
    /// last date there is ends on [`Date::MAX`], provisionally.
    pub fn add_workdays(&self, start: Date, n: u32) -> Due {
        let mut date = start;
        for _ in 0..n {
            match self.next_workday(date) {
                Some(next) => date = next,
                None => return Due::NEVER,
            }
        }
        self.due(start, date)
    }

    /// The `n`-th calendar day after `start`, rolled or kept if that is not a workday. A term that
    /// ends after the last date there is ends on [`Date::MAX`], provisionally.
    pub fn add_days(&self, start: Date, n: u32, roll: Roll) -> Due {
        let last = start.checked_add(Duration::days(i64::from(n)));
        let rolled = last.and_then(|last| match roll {
            Roll::Forward if !self.is_workday(last) => self.next_workday(last),
            Roll::Forward | Roll::Keep => Some(last),
        });
        rolled.map_or(Due::NEVER, |date| self.due(start, date))
    }

    /// How many workdays there are from `first` to `last`, both counted; 0 if `last` is earlier.
    pub fn workdays_between(&self, first: Date, last: Date) -> u32 {
        let days = std::iter::successors(Some(first), |day| day.next_day());
        let worked = days.take_while(|day| *day <= last).filter(|day| self.is_workday(*day));
        u32::try_from(worked.count()).unwrap_or(u32::MAX)
    }

    fn next_workday(&self, after: Date) -> Option<Date> {
        let mut later = std::iter::successors(after.next_day(), |day| day.next_day());
        later.find(|day| self.is_workday(*day))
    }

    fn due(&self, start: Date, date: Date) -> Due {
        let provisional = (start.year()..=date.year()).any(|year| !self.covers(year));
        Due { date, provisional }
    }
}

impl Due {
    /// Later than any date there is.
    const NEVER: Due = Due { date: Date::MAX, provisional: true };
}

/// The days that a calendar's rows name.
pub(crate) fn read(csv: &str) -> Result<BTreeMap<Date, Day>, CalendarError> {
    let refuse = |line, fault| CalendarError { line, fault };
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    if lines.next() != Some(HEADER) {
        return Err(refuse(1, Fault::Header));
    }
    let mut days = BTreeMap::new();
    for (line, row) in (2..).zip(lines) {
        let (date, day) = parse_row(row).map_err(|fault| refuse(line, fault))?;
        check_order(&days, date).map_err(|fault| refuse(line, fault))?;
        days.insert(date, day);
    }
    Ok(days)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn parse_row(row: &str) -> Result<(Date, Day), Fault> {
    let fields: Vec<&str> = row.split(',').map(str::trim).collect();
    let [date, kind, festival, notice] = fields[..] else {
        return Err(Fault::Fields { count: fields.len() });
    };
    let date = parse_date(date).ok_or(Fault::NoDate)?;
    if festival.is_empty() {
        return Err(Fault::FestivalMissing);
    }
    if notice.is_empty() {
        return Err(Fault::NoticeMissing);
    }
    let is_printable = |text: &str| text.chars().count() <= TEXT_MAX && !text.chars().any(char::is_control);
    if !is_printable(festival) || !is_printable(notice) {
        return Err(Fault::Unprintable { most: TEXT_MAX });
    }
    let (festival, notice) = (festival.to_owned(), notice.to_owned());
    match kind {
        "holiday" => Ok((date, Day { workday: false, reason: Reason::Holiday { festival, notice } })),
        "workday" if !is_weekend(date) => Err(Fault::WorkedWeekday { date, weekday: date.weekday() }),
        "workday" => Ok((date, Day { workday: true, reason: Reason::WorkedWeekend { festival, notice } })),
        _ => Err(Fault::Kind),
    }
}

fn parse_date(text: &str) -> Option<Date> {
    let strict = text.len() == "YYYY-MM-DD".len();
    let format = format_description!("[year]-[month]-[day]");
    strict.then(|| Date::parse(text, format).ok()).flatten()
}

fn check_order(before: &BTreeMap<Date, Day>, date: Date) -> Result<(), Fault> {
    if before.contains_key(&date) {
        return Err(Fault::Twice { date });
    }
    match before.last_key_value() {
        Some((last, _)) if *last > date => Err(Fault::Unsorted { date, last: *last }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const NINTH: Date = date!(2023 - 01 - 09);

    fn settled(date: Date) -> Due {
        Due { date, provisional: false }
    }

    #[test]
    fn five_workdays_skip_the_holiday_and_count_its_worked_weekend() {
        let due = Calendar::shipped().add_workdays(date!(2023 - 01 - 19), 5);
        assert_eq!(due, settled(date!(2023 - 01 - 31)));
    }

    #[test]
    fn fifteen_days_roll_to_a_worked_saturday() {
        let calendar = Calendar::shipped();
        let kept = calendar.add_days(NINTH, 15, Roll::Keep);
        let rolled = calendar.add_days(NINTH, 15, Roll::Forward);
        assert_eq!(kept, settled(date!(2023 - 01 - 24)));
        assert_eq!(rolled, settled(date!(2023 - 01 - 28)));
    }

    #[test]
    fn sixty_days_end_on_a_friday_either_way() {
        for roll in [Roll::Forward, Roll::Keep] {
            let due = Calendar::shipped().add_days(NINTH, 60, roll);
            assert_eq!(due, settled(date!(2023 - 03 - 10)));
        }
    }

    #[test]
    fn sixty_eight_days_hold_forty_seven_workdays() {
        let last = date!(2023 - 03 - 17);
        assert_eq!((last - NINTH).whole_days() + 1, 68);
        assert_eq!(Calendar::shipped().workdays_between(NINTH, last), 47);
        assert_eq!(Calendar::shipped().workdays_between(last, NINTH), 0);
    }

    #[test]
    fn nothing_added_is_the_first_day_unless_it_rolls() {
        let (calendar, saturday) = (Calendar::shipped(), date!(2023 - 03 - 11));
        assert_eq!(calendar.add_workdays(saturday, 0).date, saturday);
        assert_eq!(calendar.add_days(saturday, 0, Roll::Keep).date, saturday);
        let monday = date!(2023 - 03 - 13);
        assert_eq!(calendar.add_days(saturday, 0, Roll::Forward).date, monday);
    }

    #[test]
    fn a_day_says_why() {
        let (calendar, festival) = (Calendar::shipped(), "春节".to_owned());
        let notice = "国办发明电〔2022〕16号".to_owned();
        let holiday = Reason::Holiday { festival: festival.clone(), notice: notice.clone() };
        let worked = Reason::WorkedWeekend { festival, notice };
        for (date, workday, reason) in [
            (date!(2023 - 01 - 19), true, Reason::Weekday),
            (date!(2023 - 01 - 14), false, Reason::Weekend),
            (date!(2023 - 01 - 24), false, holiday),
            (date!(2023 - 01 - 28), true, worked),
        ] {
            assert_eq!(calendar.day(date), Day { workday, reason });
            assert_eq!(calendar.is_workday(date), workday);
        }
    }

    #[test]
    fn the_shipped_years_are_covered_and_no_others() {
        let covered = |year: &i32| Calendar::shipped().covers(*year);
        let years: Vec<i32> = (2015..2035).filter(covered).collect();
        assert_eq!(years, [2022, 2023, 2024, 2025, 2026]);
        assert!(!Calendar::shipped().covers(i32::MAX));
    }

    #[test]
    fn a_december_day_of_the_next_notice_covers_nothing() {
        let row = format!("{HEADER}\n2022-12-31,holiday,元旦,国办发明电〔2022〕16号\n");
        assert!(!Calendar::parse(&row).unwrap().covers(2022));
    }

    #[test]
    fn a_term_into_2027_is_provisional() {
        let (calendar, start) = (Calendar::shipped(), date!(2026 - 12 - 28));
        assert_eq!(calendar.add_workdays(start, 3), settled(date!(2026 - 12 - 31)));
        let due = Due { date: date!(2027 - 01 - 01), provisional: true };
        assert_eq!(calendar.add_workdays(start, 4), due);
        assert_eq!(calendar.add_days(start, 4, Roll::Forward), due);
        assert_eq!(calendar.add_days(start, 4, Roll::Keep), due);
    }

    #[test]
    fn the_end_of_dates_holds() {
        let calendar = Calendar::shipped();
        for start in [NINTH, Date::MAX] {
            assert_eq!(calendar.add_workdays(start, u32::MAX), Due::NEVER);
            assert_eq!(calendar.add_days(start, u32::MAX, Roll::Forward), Due::NEVER);
            assert_eq!(calendar.add_days(start, u32::MAX, Roll::Keep), Due::NEVER);
        }
        assert_eq!(calendar.workdays_between(Date::MAX, Date::MAX), 1);
    }

    #[test]
    fn what_a_spreadsheet_saves_is_read() {
        let saved = format!("\u{feff}{}", SHIPPED.replace('\n', "\r\n"));
        assert_eq!(Calendar::parse(&saved), Ok(Calendar::shipped()));
    }

    #[test]
    fn a_wrong_calendar_is_refused_with_its_line() {
        const LONG: &str =
            "2023-01-28,workday,一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一,16号";
        let good = "2023-01-21,holiday,春节,16号";
        for (row, reason) in [
            ("2023-01-22,holiday,春节", "3 fields instead of 4"),
            ("2023-01-22,holiday,春节,16号,", "5 fields instead of 4"),
            ("", "1 fields instead of 4"),
            ("2023-02-29,holiday,春节,16号", "the first field is no date"),
            ("2023-1-22,holiday,春节,16号", "the first field is no date"),
            ("2023-01-21,holiday,春节,16号", "2023-01-21 is there twice"),
            ("2023-01-20,holiday,春节,16号", "2023-01-20 comes after 2023-01-21: not sorted"),
            ("2023-01-28,closed,春节,16号", "the second field is neither `holiday` nor `workday`"),
            ("2023-01-31,workday,春节,16号", "2023-01-31 is a Tuesday: `workday` is for weekends"),
            ("2023-01-22,holiday, ,16号", "the festival is missing"),
            ("2023-01-28,workday,春节,", "the notice is missing"),
            ("2023-01-28,workday,春\u{7}节,16号", "the festival or the notice is not 1 to 40 printable characters"),
            (LONG, "the festival or the notice is not 1 to 40 printable characters"),
        ] {
            let refused = Calendar::parse(&format!("{HEADER}\n{good}\n{row}\n"));
            let refused = refused.expect_err(row);
            assert_eq!((refused.line, refused.fault.to_string().as_str()), (3, reason), "{row}");
        }
    }

    #[test]
    fn a_wrong_header_is_refused() {
        for csv in ["", "date,kind,festival\n", "2023-01-21,holiday,春节,16号\n"] {
            let refused = Calendar::parse(csv).unwrap_err();
            let said = "calendar, line 1: the header is not `date,kind,festival,notice`";
            assert_eq!(refused.to_string(), said);
        }
    }
}
