use serde::{Deserialize, Serialize};
use time::Date;

use crate::{Calendar, Hours, Reason, Roll, Ts};

/// Of what a budget may be used before it is near its end.
const WARN_TENTHS: u64 = 7;
/// So many workdays after its end, it is long over.
const OVER_WORKDAYS: u64 = 5;
const HOUR: u64 = 3_600_000_000;

/// In what a budget is counted. None is ever converted into another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Measure {
    /// 自然日: every day.
    CalendarDays,
    /// 工作日: the days on which the offices work.
    Workdays,
    /// 工作小时: the hours in which they are open.
    WorkHours,
}

/// How much time there is for something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Budget {
    /// So many of the measure.
    pub amount: u32,
    /// In what it is counted.
    pub measure: Measure,
}

/// A span in which the clock stands still.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pause {
    /// Its first instant.
    pub from: Ts,
    /// The first instant at which the clock runs again; none while it stands.
    pub until: Option<Ts>,
}

/// A budget and its ledger of pauses: when it ends is worked out, never kept.
///
/// *Days*: the day of the start is not counted (民法典 art. 201). Each later day counts if it is of the measure and the clock runs at its last
/// instant, so a pause within one day costs nothing, and no day is counted or left out twice. *Hours* count from the start itself, within
/// opening hours and outside pauses, to the microsecond.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// When it began to run.
    pub start: Ts,
    /// How much time there is.
    pub budget: Budget,
    /// So many more of the same measure, by extension.
    pub more: u32,
    /// In any order; they may touch and overlap.
    pub pauses: Vec<Pause>,
    /// What becomes of a last calendar day that is not worked.
    pub roll: Roll,
    /// When the offices are open.
    pub hours: Hours,
}

/// What comes of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Projection {
    /// The last instant that is not overdue.
    pub due: Ts,
    /// The first instant at which 70 % are used. A day is used as soon as it begins.
    pub warn: Ts,
    /// The first instant after the five workdays that follow the day on which it is due.
    pub over: Ts,
    /// How much of it is used: days, or microseconds of work hours.
    pub used: u64,
    /// How much there is in all: days, or microseconds of work hours.
    pub total: u64,
    /// Whether it touches a year for which there is no notice, so that it is to be worked out again when there is one.
    pub provisional: bool,
}

/// Days in a row that are alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
    /// How much of the budget they used: days, or microseconds of work hours.
    pub counted: u64,
    /// Why.
    pub why: Why,
}

/// Why days count, or do not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// They do.
    Counted,
    /// The day of the start is not counted.
    FirstDay,
    /// The offices do not work.
    Closed(Reason),
    /// The offices work, but on the day of the start they had closed before.
    AfterHours,
    /// The clock stood still: which of the pauses, from 0.
    Paused(usize),
    /// The budget was used up on a day on which the offices do not work, for this reason: the next workday is the last (民法典 art. 203), of
    /// those on which the clock runs.
    Rolled(Reason),
}

/// As [`Why`], before anybody asks for reasons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Counted,
    FirstDay,
    Closed,
    AfterHours,
    Paused(usize),
    Rolled { from: Date },
}

impl Term {
    /// When it is near its end, at its end, and long over. A pause that goes on is taken to end at `now`.
    pub fn project(&self, calendar: &Calendar, now: Ts) -> Projection {
        self.walk(calendar, now, |_, _, _| {})
    }

    /// As [`Term::project`], with every day from the start to the end, and why it counts or does not. What is counted adds up to the budget
    /// and its extension.
    pub fn explain(&self, calendar: &Calendar, now: Ts) -> (Projection, Vec<Stretch>) {
        let mut stretches: Vec<Stretch> = Vec::new();
        let projection = self.walk(calendar, now, |day, counted, mark| {
            let why = reason(calendar, day, mark);
            match stretches.last_mut() {
                Some(last) if last.why == why => (last.last, last.counted) = (day, last.counted + counted),
                _ => stretches.push(Stretch { first: day, last: day, counted, why }),
            }
        });
        (projection, stretches)
    }

    fn total(&self) -> u64 {
        u64::from(self.budget.amount) + u64::from(self.more)
    }

    fn walk(&self, calendar: &Calendar, now: Ts, note: impl FnMut(Date, u64, Mark)) -> Projection {
        let stands = Stands::of(&self.pauses, now);
        let walked = match self.budget.measure {
            Measure::CalendarDays | Measure::Workdays => self.walk_days(calendar, &stands, now, note),
            Measure::WorkHours => self.walk_hours(calendar, &stands, now, note),
        };
        let Some(Walked { due, warn, used, total }) = walked else { return Projection::NEVER };
        let (first, last) = (self.start.date().year(), due.date().year());
        let provisional = (first..=last).any(|year| !calendar.covers(year));
        let over = long_over(calendar, &stands, due).unwrap_or(Projection::NEVER.over);
        Projection { due, warn, over, used, total, provisional }
    }

    fn walk_days(&self, calendar: &Calendar, stands: &Stands, now: Ts, mut note: impl FnMut(Date, u64, Mark)) -> Option<Walked> {
        let (total, today) = (self.total(), now.date());
        let near = (total * WARN_TENTHS).div_ceil(10);
        let (mut day, mut counted, mut used, mut warn) = (self.start.date(), 0, 0, self.start);
        note(day, 0, Mark::FirstDay);
        while counted < total {
            day = day.next_day()?;
            let mark = match stands.at(Ts::end_of(day)) {
                Some(pause) => Mark::Paused(pause),
                None if self.budget.measure == Measure::Workdays && !calendar.is_workday(day) => Mark::Closed,
                None => Mark::Counted,
            };
            if mark != Mark::Counted {
                note(day, 0, mark);
                continue;
            }
            note(day, 1, mark);
            counted += 1;
            if counted == near {
                warn = Ts::start_of(day);
            }
            if day <= today {
                used = counted;
            }
        }
        let from = day;
        let rolls = self.budget.measure == Measure::CalendarDays && self.roll == Roll::Forward;
        while rolls && (!calendar.is_workday(day) || stands.at(Ts::end_of(day)).is_some()) {
            day = day.next_day()?;
            let rolled = Mark::Rolled { from };
            note(day, 0, stands.at(Ts::end_of(day)).map_or(rolled, Mark::Paused));
        }
        Some(Walked { due: Ts::end_of(day), warn, used, total })
    }

    fn walk_hours(&self, calendar: &Calendar, stands: &Stands, now: Ts, mut note: impl FnMut(Date, u64, Mark)) -> Option<Walked> {
        let total = self.total().checked_mul(HOUR)?;
        let near = total.checked_mul(WARN_TENTHS)?.div_ceil(10);
        let mut walked = Walked { due: self.start, warn: self.start, used: 0, total };
        let (mut counted, mut day) = (0, self.start.date());
        while counted < total {
            if !calendar.is_workday(day) {
                note(day, 0, Mark::Closed);
                day = day.next_day()?;
                continue;
            }
            let (mut of_day, mut pause, mut open) = (0, None, false);
            for (from, until) in self.hours.spans(day).filter(|(_, until)| *until > self.start) {
                open = true;
                pause = pause.or(stands.between(from.max(self.start), until));
                for (from, until) in stands.running(from.max(self.start), until) {
                    let left = total - counted;
                    let length = micros_between(from, until).min(left);
                    if counted < near && near <= counted + length {
                        walked.warn = later(from, near - counted);
                    }
                    walked.used += length.min(micros_between(from, now.clamp(from, until)));
                    counted += length;
                    of_day += length;
                    walked.due = later(from, length);
                    if counted == total {
                        break;
                    }
                }
                if counted == total {
                    break;
                }
            }
            let mark = match (of_day, open, pause) {
                (1.., _, _) => Mark::Counted,
                (0, true, Some(pause)) => Mark::Paused(pause),
                (0, ..) => Mark::AfterHours,
            };
            note(day, of_day, mark);
            if counted < total {
                day = day.next_day()?;
            }
        }
        Some(walked)
    }
}

struct Walked {
    due: Ts,
    warn: Ts,
    used: u64,
    total: u64,
}

impl Projection {
    /// Later than any date there is.
    const NEVER: Projection = Projection {
        due: Ts::from_micros(i64::MAX),
        warn: Ts::from_micros(i64::MAX),
        over: Ts::from_micros(i64::MAX),
        used: 0,
        total: 0,
        provisional: true,
    };
}

/// The spans in which a clock stands still, by the pause that each is.
struct Stands(Vec<(Ts, Ts, usize)>);

impl Stands {
    fn of(pauses: &[Pause], now: Ts) -> Stands {
        let span = |(index, pause): (usize, &Pause)| (pause.from, pause.until.unwrap_or(now.max(pause.from)), index);
        let mut spans: Vec<_> = pauses.iter().enumerate().map(span).filter(|(from, until, _)| from < until).collect();
        spans.sort_unstable();
        Stands(spans)
    }

    /// In which pause it stands at that instant.
    fn at(&self, at: Ts) -> Option<usize> {
        self.0.iter().find(|(from, until, _)| *from <= at && at < *until).map(|(_, _, pause)| *pause)
    }

    /// The first pause that has something of the span.
    fn between(&self, from: Ts, until: Ts) -> Option<usize> {
        self.0.iter().find(|stand| stand.0 < until && from < stand.1).map(|(_, _, pause)| *pause)
    }

    /// The parts of the span in which it runs.
    fn running(&self, from: Ts, until: Ts) -> Vec<(Ts, Ts)> {
        let (mut parts, mut from) = (Vec::new(), from);
        for (stands, runs, _) in &self.0 {
            if from < *stands && from < until {
                parts.push((from, until.min(*stands)));
            }
            from = from.max(*runs);
        }
        if from < until {
            parts.push((from, until));
        }
        parts
    }
}

fn long_over(calendar: &Calendar, stands: &Stands, due: Ts) -> Option<Ts> {
    let (mut day, mut counted) = (due.date(), 0);
    while counted < OVER_WORKDAYS {
        day = day.next_day()?;
        if calendar.is_workday(day) && stands.at(Ts::end_of(day)).is_none() {
            counted += 1;
        }
    }
    day.next_day().map(Ts::start_of)
}

fn reason(calendar: &Calendar, day: Date, mark: Mark) -> Why {
    match mark {
        Mark::Counted => Why::Counted,
        Mark::FirstDay => Why::FirstDay,
        Mark::Closed => Why::Closed(calendar.day(day).reason),
        Mark::AfterHours => Why::AfterHours,
        Mark::Paused(pause) => Why::Paused(pause),
        Mark::Rolled { from } => Why::Rolled(calendar.day(from).reason),
    }
}

fn micros_between(from: Ts, until: Ts) -> u64 {
    u64::try_from(until.micros().saturating_sub(from.micros())).unwrap_or_default()
}

fn later(at: Ts, micros: u64) -> Ts {
    Ts::from_micros(at.micros().saturating_add_unsigned(micros))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn at(text: &str) -> Ts {
        Ts::parse(text).expect("an instant")
    }

    fn term(start: &str, amount: u32, measure: Measure) -> Term {
        let budget = Budget { amount, measure };
        Term { start: at(start), budget, more: 0, pauses: Vec::new(), roll: Roll::Forward, hours: Hours::default() }
    }

    fn due(term: &Term) -> String {
        let due = term.project(&Calendar::shipped(), at("2023-01-09T09:00:00+08:00")).due;
        due.plus(std::time::Duration::from_hours(8)).rfc3339().replace('Z', "")
    }

    #[test]
    fn terms_without_a_pause_end_as_the_calendar_says() {
        let calendar = Calendar::shipped();
        for days in 0..120 {
            let plain = term("2023-01-09T10:00:00+08:00", days, Measure::CalendarDays);
            let projected = plain.project(&calendar, plain.start);
            assert_eq!(
                projected.due,
                Ts::end_of(calendar.add_days(date!(2023 - 01 - 09), days, Roll::Forward).date),
                "{days} days"
            );
            let worked = term("2023-01-09T10:00:00+08:00", days, Measure::Workdays);
            let projected = worked.project(&calendar, plain.start);
            assert_eq!(projected.due, Ts::end_of(calendar.add_workdays(date!(2023 - 01 - 09), days).date), "{days} workdays");
        }
    }

    #[test]
    fn a_pause_counts_by_the_end_of_each_day() {
        let paused = |from: &str, until: &str| {
            let mut five = term("2023-02-06T10:00:00+08:00", 5, Measure::Workdays);
            five.pauses = vec![Pause { from: at(from), until: Some(at(until)) }];
            due(&five)
        };
        assert_eq!(paused("2023-02-07T10:00:00+08:00", "2023-02-07T16:00:00+08:00"), "2023-02-13T23:59:59.999999");
        assert_eq!(paused("2023-02-07T16:00:00+08:00", "2023-02-08T09:00:00+08:00"), "2023-02-14T23:59:59.999999");
        assert_eq!(paused("2023-02-10T16:00:00+08:00", "2023-02-13T09:00:00+08:00"), "2023-02-14T23:59:59.999999");
        assert_eq!(paused("2023-02-11T10:00:00+08:00", "2023-02-13T09:00:00+08:00"), "2023-02-13T23:59:59.999999");
    }

    #[test]
    fn hours_are_counted_while_the_offices_are_open() {
        let hours = |start: &str, amount| due(&term(start, amount, Measure::WorkHours));
        assert_eq!(hours("2023-01-19T09:00:00+08:00", 3), "2023-01-19T12:00:00.000000");
        assert_eq!(hours("2023-01-19T09:00:00+08:00", 8), "2023-01-19T18:00:00.000000");
        assert_eq!(hours("2023-01-19T20:00:00+08:00", 1), "2023-01-20T10:00:00.000000");
        assert_eq!(hours("2023-01-20T17:30:00+08:00", 1), "2023-01-28T09:30:00.000000");
        assert_eq!(hours("2023-01-20T17:30:00+08:00", 0), "2023-01-20T17:30:00.000000");
    }

    #[test]
    fn an_explanation_names_every_day() {
        let mut five = term("2023-01-19T10:00:00+08:00", 5, Measure::Workdays);
        five.pauses = vec![Pause { from: at("2023-01-29T10:00:00+08:00"), until: Some(at("2023-01-31T10:00:00+08:00")) }];
        let (projected, stretches) = five.explain(&Calendar::shipped(), at("2023-01-30T10:00:00+08:00"));
        let holiday = Reason::Holiday { festival: "春节".to_owned(), notice: "国办发明电〔2022〕16号".to_owned() };
        let stretch = |first, last, counted, why| Stretch { first, last, counted, why };
        let days = vec![
            stretch(date!(2023 - 01 - 19), date!(2023 - 01 - 19), 0, Why::FirstDay),
            stretch(date!(2023 - 01 - 20), date!(2023 - 01 - 20), 1, Why::Counted),
            stretch(date!(2023 - 01 - 21), date!(2023 - 01 - 27), 0, Why::Closed(holiday)),
            stretch(date!(2023 - 01 - 28), date!(2023 - 01 - 28), 1, Why::Counted),
            stretch(date!(2023 - 01 - 29), date!(2023 - 01 - 30), 0, Why::Paused(0)),
            stretch(date!(2023 - 01 - 31), date!(2023 - 02 - 02), 3, Why::Counted),
        ];
        assert_eq!(stretches, days);
        assert_eq!((projected.used, projected.total), (2, 5));
        assert_eq!(projected.due, Ts::end_of(date!(2023 - 02 - 02)));
        assert_eq!(projected.warn, Ts::start_of(date!(2023 - 02 - 01)), "the fourth of five");
        assert_eq!(projected.over, Ts::start_of(date!(2023 - 02 - 10)), "after five workdays");
    }

    #[test]
    fn a_day_in_a_pause_is_not_said_to_be_rolled() {
        let mut fifteen = term("2023-01-09T10:00:00+08:00", 15, Measure::CalendarDays);
        fifteen.pauses = vec![Pause { from: at("2023-01-28T10:00:00+08:00"), until: Some(at("2023-01-29T10:00:00+08:00")) }];
        let (projected, stretches) = fifteen.explain(&Calendar::shipped(), fifteen.start);
        assert_eq!(projected.due.date(), date!(2023 - 01 - 29));
        let last: Vec<_> = stretches[2..].iter().map(|stretch| (stretch.last, stretch.why.clone())).collect();
        let festival = Why::Rolled(Calendar::shipped().day(date!(2023 - 01 - 24)).reason);
        assert_eq!(
            last,
            [(date!(2023 - 01 - 27), festival.clone()), (date!(2023 - 01 - 28), Why::Paused(0)), (date!(2023 - 01 - 29), festival)]
        );
    }

    #[test]
    fn a_pause_from_before_the_start_is_not_why_an_hour_does_not_count() {
        let mut one = term("2023-02-06T14:00:00+08:00", 1, Measure::WorkHours);
        let pause = |from, until| Pause { from: at(from), until: Some(at(until)) };
        one.pauses = vec![
            pause("2023-02-06T13:30:00+08:00", "2023-02-06T13:40:00+08:00"),
            pause("2023-02-06T13:50:00+08:00", "2023-02-07T09:00:00+08:00"),
        ];
        let (_, stretches) = one.explain(&Calendar::shipped(), one.start);
        assert_eq!(stretches[0].why, Why::Paused(1));
    }

    #[test]
    fn a_pause_that_goes_on_ends_now() {
        let mut five = term("2023-02-06T10:00:00+08:00", 5, Measure::Workdays);
        five.pauses = vec![Pause { from: at("2023-02-07T10:00:00+08:00"), until: None }];
        let on = |now: &str| five.project(&Calendar::shipped(), at(now)).due.date();
        assert_eq!(on("2023-02-07T12:00:00+08:00"), date!(2023 - 02 - 13));
        assert_eq!(on("2023-02-09T12:00:00+08:00"), date!(2023 - 02 - 15));
    }

    #[test]
    fn the_end_of_dates_holds() {
        for measure in [Measure::CalendarDays, Measure::Workdays, Measure::WorkHours] {
            let late = Term { start: Ts::end_of(Date::MAX), ..term("2023-01-09T10:00:00+08:00", 60, measure) };
            assert!(late.project(&Calendar::shipped(), late.start).provisional, "{measure:?}");
            let endless = Term { more: u32::MAX, ..term("2023-01-09T10:00:00+08:00", u32::MAX, measure) };
            assert_eq!(endless.project(&Calendar::shipped(), endless.start), Projection::NEVER, "{measure:?}");
        }
    }
}
