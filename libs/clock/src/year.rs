//! One year of the calendar, as one notice of the State Council has it, and how it comes into a calendar.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use crate::calendar::{HEADER, read};
use crate::{Calendar, CalendarError, Day, Fault, Festival, Reason};

/// The header and so many rows at most, each counted; the longest notice so far has 39.
pub const LINES_MAX: usize = 200;
/// A notice may name days of the December before from this one on: a New Year's holiday that begins then, and what is worked for it.
const DECEMBER_FROM: u8 = 20;
/// 全国年节及纪念日放假办法: on the same date each year.
const STATUTORY: [(Month, u8); 5] =
    [(Month::January, 1), (Month::May, 1), (Month::October, 1), (Month::October, 2), (Month::October, 3)];

/// The days of one year's notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The notice, by its number: `国办发明电〔2025〕7号`.
    pub notice: String,
    days: BTreeMap<Date, Day>,
}

impl Year {
    /// The first line of the rows.
    pub const HEADER: &str = HEADER;

    /// Reads the rows of one notice, written as [`Calendar::parse`] reads them. Beyond what holds for every row: the notice is the same in all
    /// of them; New Year's Day says which year it is, and no row lies outside of it, but for the last days before; each of the seven
    /// festivals has a day off; from the first to the last day off of a festival there is no gap, though the day in between may be that of
    /// another (中秋节 inside 国庆节); what the law makes a holiday is one; a weekend is worked for a festival that has a day off.
    ///
    /// # Errors
    /// The first line that is wrong, and why.
    pub fn parse(csv: &str) -> Result<Year, CalendarError> {
        if csv.lines().nth(LINES_MAX).is_some() {
            return Err(CalendarError { line: LINES_MAX + 1, fault: Fault::TooManyLines { most: LINES_MAX } });
        }
        let read = read(csv);
        // Another festival or another notice, if it were taken as it is.
        let quoted = (1..).zip(csv.lines()).find(|(_, row)| row.contains('"'));
        let quoted = quoted.map(|(line, _)| CalendarError { line, fault: Fault::Quoted });
        let wrong = [quoted, read.as_ref().err().cloned()].into_iter().flatten().min_by_key(|wrong| wrong.line);
        if let Some(first) = wrong {
            return Err(first);
        }
        let days = read?;
        Rows(&days).check()?;
        Year::of(days)
    }

    /// Of days that were checked.
    fn of(days: BTreeMap<Date, Day>) -> Result<Year, CalendarError> {
        let year = Rows(&days).year()?;
        let notice = days.values().find_map(|day| day.named()).map(|(_, notice)| notice.to_owned()).unwrap_or_default();
        Ok(Year { year, notice, days })
    }

    /// Its days, in order.
    pub fn days(&self) -> impl Iterator<Item = (Date, &Day)> {
        self.days.iter().map(|(date, day)| (*date, day))
    }
}

/// As [`Year::parse`] reads it.
impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        for (date, day) in &self.days {
            let kind = if day.workday { "workday" } else { "holiday" };
            let (festival, notice) = day.named().unwrap_or_default();
            writeln!(f, "{date},{kind},{festival},{notice}")?;
        }
        Ok(())
    }
}

impl From<Year> for String {
    fn from(year: Year) -> String {
        year.to_string()
    }
}

/// What was checked when it was loaded is not checked again: a rule that is stricter by now must not make it unreadable.
impl TryFrom<String> for Year {
    type Error = CalendarError;

    fn try_from(csv: String) -> Result<Year, CalendarError> {
        Year::of(read(&csv)?)
    }
}

impl Calendar {
    /// This calendar with that year, whose former notice, if it has one, gives way.
    #[must_use]
    pub fn with(&self, year: &Year) -> Calendar {
        let mut exceptions = self.without(year.year);
        exceptions.extend(year.days.clone());
        Calendar { exceptions: Arc::new(exceptions) }
    }

    /// Whether that year may come into this calendar: it is not before the first year, no notice and no date is that of
    /// another year, and no year is left out between two.
    ///
    /// # Errors
    /// The first line that is in the way, and why.
    pub fn check(&self, year: &Year) -> Result<(), CalendarError> {
        if let Some(first) = self.years().next().filter(|first| year.year < *first) {
            return Err(CalendarError { line: 2, fault: Fault::BeforeFirst { first } });
        }
        let others = self.without(year.year);
        let refuse = |line, fault| Err(CalendarError { line, fault });
        let taken = others.iter().find(|(_, day)| day.named().is_some_and(|(_, notice)| notice == year.notice));
        if let Some((date, _)) = taken {
            return refuse(2, Fault::NoticeOfAnotherYear { year: self.year_of(*date) });
        }
        for (line, date) in (2..).zip(year.days.keys()) {
            if others.contains_key(date) {
                return refuse(line, Fault::NamedByAnother { date: *date });
            }
        }
        match self.with(year).year_between() {
            Some(year) => refuse(2, Fault::YearBetween { year }),
            None => Ok(()),
        }
    }

    /// What the notices of other years say.
    fn without(&self, year: i32) -> BTreeMap<Date, Day> {
        let own = self.notice(year);
        let of_another = |day: &Day| day.named().map(|(_, notice)| notice) != own;
        self.exceptions.iter().filter(|(_, day)| of_another(day)).map(|(date, day)| (*date, day.clone())).collect()
    }

    /// The year whose notice names that day.
    fn year_of(&self, date: Date) -> i32 {
        let notice = self.exceptions.get(&date).and_then(Day::named).map(|(_, notice)| notice);
        let next = date.year().saturating_add(1);
        if self.notice(next).is_some() && self.notice(next) == notice { next } else { date.year() }
    }

    /// The years that have a notice, in order.
    fn years(&self) -> impl Iterator<Item = i32> {
        self.exceptions.keys().filter(|date| date.ordinal() == 1).map(|date| date.year())
    }

    /// The first year without a notice after one that has one and before another that does.
    fn year_between(&self) -> Option<i32> {
        let years: Vec<i32> = self.years().collect();
        years.windows(2).find(|pair| pair[1] != pair[0].saturating_add(1)).map(|pair| pair[0].saturating_add(1))
    }
}

/// The rows of one notice, in order; the first is on line 2.
struct Rows<'a>(&'a BTreeMap<Date, Day>);

impl<'a> Rows<'a> {
    fn check(&self) -> Result<(), CalendarError> {
        let notice = |day: &'a Day| day.named().map(|(_, notice)| notice);
        let first = self.0.values().next().and_then(notice);
        if let Some((line, ..)) = self.lines().find(|(_, _, day)| notice(day) != first) {
            return refuse(line, Fault::SeveralNotices);
        }
        let year = self.year()?;
        self.check_inside(year)?;
        self.check_gaps()?;
        self.check_statutory(year)?;
        self.check_festivals()
    }

    fn lines(&self) -> impl Iterator<Item = (usize, Date, &'a Day)> {
        (2..).zip(self.0).map(|(line, (date, day))| (line, *date, day))
    }

    fn last_line(&self) -> usize {
        self.0.len() + 1
    }

    /// The line on which a day would stand.
    fn line_of(&self, date: Date) -> usize {
        self.lines().find(|(_, row, _)| *row >= date).map_or(self.last_line(), |(line, ..)| line)
    }

    fn holidays(&self) -> impl Iterator<Item = (usize, Date, &'a str)> {
        let off = self.lines().filter(|(_, _, day)| !day.workday);
        off.filter_map(|(line, date, day)| day.named().map(|(festival, _)| (line, date, festival)))
    }

    fn year(&self) -> Result<i32, CalendarError> {
        let new_year = self.lines().find(|(_, date, _)| date.ordinal() == 1);
        match new_year {
            Some((_, date, day)) if !day.workday => Ok(date.year()),
            Some((line, ..)) => refuse(line, Fault::NoNewYear),
            None => refuse(self.last_line(), Fault::NoNewYear),
        }
    }

    fn check_inside(&self, year: i32) -> Result<(), CalendarError> {
        let is_inside = |date: Date| {
            let is_just_before =
                date.year().checked_add(1) == Some(year) && date.month() == Month::December && date.day() >= DECEMBER_FROM;
            date.year() == year || is_just_before
        };
        match self.lines().find(|(_, date, _)| !is_inside(*date)) {
            Some((line, date, _)) => refuse(line, Fault::OutsideYear { date, year }),
            None => Ok(()),
        }
    }

    /// Days off that follow each other are one run, whatever they celebrate, and a festival has one run.
    fn check_gaps(&self) -> Result<(), CalendarError> {
        let mut run = 0;
        let mut last: Option<Date> = None;
        let mut runs: HashMap<&str, (usize, Date)> = HashMap::new();
        for (line, date, festival) in self.holidays() {
            if last.and_then(Date::next_day) != Some(date) {
                run += 1;
            }
            last = Some(date);
            let (first, end) = runs.entry(festival).or_insert((run, date));
            if *first != run {
                let missing = self.first_not_off(*end);
                return refuse(line, Fault::Gap { date: missing.unwrap_or(date) });
            }
            *end = date;
        }
        Ok(())
    }

    fn first_not_off(&self, after: Date) -> Option<Date> {
        let mut later = std::iter::successors(after.next_day(), |day| day.next_day());
        later.find(|day| self.0.get(day).is_none_or(|day| day.workday))
    }

    fn check_statutory(&self, year: i32) -> Result<(), CalendarError> {
        let days = STATUTORY.iter().filter_map(|(month, day)| Date::from_calendar_date(year, *month, *day).ok());
        for date in days {
            if self.0.get(&date).is_none_or(|day| day.workday) {
                return refuse(self.line_of(date), Fault::StatutoryMissing { date });
            }
        }
        Ok(())
    }

    fn check_festivals(&self) -> Result<(), CalendarError> {
        let celebrated: HashSet<&str> = self.holidays().map(|(_, _, festival)| festival).collect();
        for (line, _, day) in self.lines() {
            if day.named().is_some_and(|(festival, _)| !celebrated.contains(festival)) {
                return refuse(line, Fault::NothingToMakeUpFor);
            }
        }
        match Festival::ALL.into_iter().find(|festival| !celebrated.contains(festival.name())) {
            Some(festival) => refuse(self.last_line(), Fault::FestivalAbsent { festival }),
            None => Ok(()),
        }
    }
}

fn refuse<T>(line: usize, fault: Fault) -> Result<T, CalendarError> {
    Err(CalendarError { line, fault })
}

impl Day {
    /// The festival and the notice, if there is one.
    pub fn named(&self) -> Option<(&str, &str)> {
        match &self.reason {
            Reason::Weekday | Reason::Weekend => None,
            Reason::Holiday { festival, notice } | Reason::WorkedWeekend { festival, notice } => Some((festival, notice)),
        }
    }
}

#[cfg(test)]
mod tests;
