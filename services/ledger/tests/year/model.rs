//! What had to happen, worked out naively from what was done to each case: day by day, with a calendar of its own. Nothing here
//! is the ledger's.

use std::collections::HashMap;

use sanben_proto::kinds::Track;
use sanben_proto::ledger::ClockKind;

pub const HOUR: i64 = 3_600_000_000;
pub const DAY: i64 = 24 * HOUR;
/// Shanghai is ahead of UTC.
const AHEAD: i64 = 8 * HOUR;
const CSV: &str = include_str!("../../../../libs/clock/calendar-cn.csv");

/// The day of an instant, counted from 1970-01-01, which was a Thursday.
pub fn day_of(at: i64) -> i64 {
    (at + AHEAD).div_euclid(DAY)
}

/// The midnight with which a day begins.
pub fn start_of(day: i64) -> i64 {
    day * DAY - AHEAD
}

/// A date as the number of its day.
pub fn number_of(date: &str) -> i64 {
    let part = |at: usize| date.split('-').nth(at).and_then(|text| text.parse::<i64>().ok()).expect("a date");
    let (year, month, day) = (part(0), part(1), part(2));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |month: i64| match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let years: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    years + (1..month).map(length).sum::<i64>() + day - 1
}

/// The days as somebody knows them who has read the notices up to one day.
#[derive(Clone)]
pub struct Days(HashMap<i64, bool>);

impl Days {
    pub fn known_before(date: &str) -> Days {
        let rows = csv_before(date);
        let read = |row: &str| {
            let mut fields = row.split(',');
            let (date, kind) = (fields.next().expect("a date"), fields.next().expect("a kind"));
            (number_of(date), kind == "workday")
        };
        Days(rows.lines().skip(1).map(read).collect())
    }

    fn works(&self, day: i64) -> bool {
        self.0.get(&day).copied().unwrap_or((day + 3).rem_euclid(7) < 5)
    }

    /// Whether the offices are open: 09:00 to 12:00, 13:00 to 18:00.
    pub fn is_open(&self, at: i64) -> bool {
        let hour = (at - start_of(day_of(at))).div_euclid(HOUR);
        self.works(day_of(at)) && ((9..12).contains(&hour) || (13..18).contains(&hour))
    }

    fn next_open(&self, at: i64) -> i64 {
        let mut at = at;
        while !self.is_open(at) {
            at = (at + AHEAD).div_euclid(HOUR) * HOUR - AHEAD + HOUR;
        }
        at
    }
}

/// The calendar without what is later.
pub fn csv_before(date: &str) -> String {
    CSV.lines().enumerate().filter(|(at, row)| *at == 0 || &row[..10] < date).map(|(_, row)| format!("{row}\n")).collect()
}

/// What was done to a case, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Proposed,
    Signed,
    Declined,
    Assigned(Option<&'static str>),
    Contributed,
    Contacted,
    Told,
    Paused,
    Resumed,
    Extended(i64),
    Replied,
    Reopened,
    /// With one that was received then.
    Joined(i64),
    Appealed,
    Decided,
}

/// A case from its receipt on.
pub struct Life {
    pub track: Track,
    pub received: i64,
    /// The authority that handed it over wants it by this day.
    pub external: Option<i64>,
    pub log: Vec<(i64, Deed)>,
}

/// Kind and subject of a clock, and which one of them.
pub type Which = (i32, String, i64);
/// A clock, its rung from 1, and when it was reached.
pub type Reached = (Which, i32, i64);

/// A budget of days.
struct Term {
    which: Which,
    start: i64,
    days: i64,
    only_workdays: bool,
    rolls: bool,
    pauses: Vec<(i64, i64)>,
}

impl Term {
    fn stands_still(&self, day: i64) -> bool {
        let end = start_of(day + 1) - 1;
        self.pauses.iter().any(|(from, until)| *from <= end && end < *until)
    }

    /// When 70 % are used, when it is overdue, when it is five workdays over.
    fn rungs(&self, days: &Days) -> [(i32, Option<i64>); 3] {
        let (mut day, mut counted, mut near) = (day_of(self.start), 0, None);
        while counted < self.days {
            day += 1;
            if self.stands_still(day) || (self.only_workdays && !days.works(day)) {
                continue;
            }
            counted += 1;
            if near.is_none() && counted * 10 >= self.days * 7 {
                near = Some(start_of(day));
            }
        }
        while self.rolls && (self.stands_still(day) || !days.works(day)) {
            day += 1;
        }
        let (overdue, mut later) = (start_of(day + 1), 0);
        while later < 5 {
            day += 1;
            later += i64::from(days.works(day) && !self.stands_still(day));
        }
        [(1, near), (2, Some(overdue)), (3, Some(start_of(day + 1)))]
    }
}

/// What is known of a case after some of its deeds.
struct Facts {
    received: i64,
    track: Track,
    external: Option<i64>,
    is_over: bool,
    signed: bool,
    assigned: Option<(i64, Option<&'static str>)>,
    contacted: Option<i64>,
    told: Option<i64>,
    replied: bool,
    ever_replied: bool,
    round: i64,
    reopened: i64,
    more: i64,
    pauses: Vec<(i64, i64)>,
    appeal: Option<i64>,
}

impl Facts {
    fn note(&mut self, at: i64, deed: Deed) {
        match deed {
            Deed::Proposed => {}
            Deed::Signed => self.signed = true,
            Deed::Declined => self.is_over = true,
            Deed::Assigned(assisting) => self.assigned = Some((at, assisting)),
            Deed::Contributed => self.assigned = self.assigned.map(|(at, _)| (at, None)),
            Deed::Contacted => self.contacted = Some(at),
            Deed::Told => self.told = Some(at),
            Deed::Paused => self.pauses.push((at, i64::MAX)),
            Deed::Resumed => self.pauses.last_mut().expect("a pause").1 = at,
            Deed::Extended(days) => self.more = days,
            Deed::Replied => (self.replied, self.ever_replied) = (true, true),
            Deed::Reopened => {
                (self.replied, self.round, self.reopened, self.appeal) = (false, self.round + 1, at, None);
                self.assigned = self.assigned.map(|(at, _)| (at, None));
            }
            Deed::Joined(received) => self.received = self.received.min(received),
            Deed::Appealed => self.appeal = Some(at),
            Deed::Decided => self.appeal = None,
        }
    }

    /// What runs now.
    fn running(&self, days: &Days) -> Vec<Term> {
        let term = |kind: ClockKind, subject: &str, turn: i64, start: i64, amount: i64, only_workdays: bool, rolls: bool| Term {
            which: (kind as i32, subject.to_owned(), turn),
            start,
            days: amount,
            only_workdays,
            rolls,
            pauses: Vec::new(),
        };
        let mut all = Vec::new();
        if self.is_over {
            return all;
        }
        let tell = term(ClockKind::PathNotice, "", 1, self.received, 15, false, true);
        let stands = self.pauses.iter().any(|(_, until)| *until == i64::MAX);
        if !self.replied && !stands {
            let (amount, only_workdays, rolls) = match self.track {
                Track::Suggestion => (15, true, false),
                Track::Consultation => (5, true, false),
                Track::Urgent => (0, false, false),
                _ => (60, false, true),
            };
            let accepted = self.told.map(|told| told.min(tell.rungs(days)[1].1.expect("an end") - 1));
            let start = match (self.round, accepted.filter(|_| self.track == Track::Petition)) {
                (2.., _) => self.reopened,
                (_, Some(accepted)) => accepted,
                _ => self.received,
            };
            let pauses = self.pauses.clone();
            let more = if self.round == 1 { self.more } else { 0 };
            all.push(Term { pauses, ..term(ClockKind::Finish, "", self.round, start, amount + more, only_workdays, rolls) });
        }
        if self.round == 1 && !self.ever_replied {
            if self.track == Track::Petition && self.told.is_none() {
                all.push(tell);
            }
            if self.contacted.is_none() && self.told.is_none() {
                all.push(term(ClockKind::FirstContact, "", 1, self.received, 1, true, false));
            }
        }
        if let Some(day) = self.external.filter(|_| self.round == 1 && !self.replied) {
            let received = self.external_from();
            all.push(term(ClockKind::External, "12345", 1, received, day - day_of(received), false, false));
        }
        if let Some((at, assisting)) = self.assigned {
            if !self.signed {
                all.push(term(ClockKind::Signature, "", at, at, 1, true, false));
            }
            if let Some(unit) = assisting.filter(|_| !self.replied) {
                all.push(term(ClockKind::Assistance, unit, at, at, 10, true, false));
            }
        }
        all.extend(self.appeal.map(|asked| term(ClockKind::AppealDecision, "", asked, asked, 30, false, true)));
        all
    }

    /// Only its own receipt counts there; nothing that has an authority behind it is joined to an earlier one here.
    fn external_from(&self) -> i64 {
        self.received
    }
}

/// When which calendar came into force, and every sweep that was made while the offices were open.
pub struct Year {
    pub calendars: Vec<(i64, Days)>,
    pub sweeps: Vec<i64>,
}

impl Year {
    /// What a case had to come to, in order.
    pub fn expected(&self, life: &Life) -> Vec<Reached> {
        let mut facts = Facts {
            received: life.received,
            track: life.track,
            external: life.external,
            is_over: false,
            signed: false,
            assigned: None,
            contacted: None,
            told: None,
            replied: false,
            ever_replied: false,
            round: 1,
            reopened: 0,
            more: 0,
            pauses: Vec::new(),
            appeal: None,
        };
        let mut last: HashMap<Which, i32> = HashMap::new();
        let mut expected = Vec::new();
        let mut log = life.log.iter().peekable();
        while let Some((at, deed)) = log.next() {
            facts.note(*at, *deed);
            let until = log.peek().map_or(i64::MAX, |(next, _)| *next);
            for (index, (from, days)) in self.calendars.iter().enumerate() {
                let to = self.calendars.get(index + 1).map_or(i64::MAX, |(next, _)| *next);
                let span = ((*from).max(*at), to.min(until));
                if span.0 < span.1 {
                    self.between(span, &facts, days, &mut last, &mut expected);
                }
            }
        }
        expected.sort();
        expected.into_iter().map(|(at, _, rung, _, which)| (which, rung, at)).collect()
    }

    fn between(
        &self,
        span: (i64, i64),
        facts: &Facts,
        days: &Days,
        last: &mut HashMap<Which, i32>,
        expected: &mut Vec<(i64, i64, i32, i32, Which)>,
    ) {
        for term in facts.running(days) {
            for (rung, due) in term.rungs(days) {
                let Some(due) = due else { continue };
                let known = last.get(&term.which).copied().unwrap_or_default();
                if rung <= known {
                    continue;
                }
                let first = self.sweeps.partition_point(|sweep| *sweep < due.max(span.0));
                let Some(at) = self.sweeps.get(first).filter(|sweep| **sweep < span.1) else { break };
                last.insert(term.which.clone(), rung);
                expected.push((*at, days.next_open(due), rung, term.which.0, term.which.clone()));
            }
        }
    }
}
