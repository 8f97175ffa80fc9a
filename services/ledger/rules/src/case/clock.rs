//! What is due of a case and by when: several clocks, each worked out from what has happened. Nothing of it is kept.

use std::collections::HashSet;

use sanben_clock::{Budget, Calendar, Measure, Pause, Projection, Roll, Term, Ts};
use sanben_proto::kinds::Track;
use sanben_proto::ledger::{ClockKind, ClockState, Colour, PresetKind};
use time::Date;
use time::macros::format_description;

use super::meanwhile::is_answered;
use super::presets::{Chosen, Presets, Rule, of_track};
use super::{Appeal, Case, External, State};

/// What was set for a day that is further away is walked so far: ten years.
const WALKED_DAYS_MAX: u32 = 3660;

/// One clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub kind: ClockKind,
    /// For whom, if there are several of this kind.
    pub subject: String,
    /// Which one of this kind and subject in the life of the case: another turn is another clock, which begins anew.
    pub turn: i64,
    pub start: Ts,
    pub limit: Limit,
    /// So many of the measure more.
    pub more: u32,
    /// When what it measures had happened.
    pub stop: Option<Ts>,
    pub pauses: Vec<Pause>,
}

/// By what a clock ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// By a rule of the presets.
    Rule(Rule),
    /// On a day that somebody has set.
    Day(Date),
}

impl Clock {
    pub fn new(kind: ClockKind, start: Ts, limit: Limit) -> Clock {
        let (subject, pauses) = (String::new(), Vec::new());
        Clock { kind, subject, turn: 1, start, limit, more: 0, stop: None, pauses }
    }

    pub fn is_duty(&self) -> bool {
        !is_right(self.kind)
    }

    pub fn state(&self) -> ClockState {
        match self.stop {
            Some(_) => ClockState::Stopped,
            None if self.pauses.iter().any(|pause| pause.until.is_none()) => ClockState::Paused,
            None => ClockState::Running,
        }
    }

    /// What it is worked out from.
    pub fn term(&self, presets: &Presets) -> Term {
        let (budget, roll) = match &self.limit {
            Limit::Rule(rule) => (rule.budget(), rule.rolls()),
            Limit::Day(day) => {
                let days = u32::try_from((*day - self.start.date()).whole_days()).unwrap_or_default().min(WALKED_DAYS_MAX);
                (Budget { amount: days, measure: Measure::CalendarDays }, Roll::Keep)
            }
        };
        let (hours, pauses) = (presets.hours.clone(), self.pauses.clone());
        Term { start: self.start, budget, more: self.more, pauses, roll, hours }
    }

    /// When it is near its end, at its end, and long over. One that has stopped is looked at as it was then.
    pub fn project(&self, presets: &Presets, calendar: &Calendar, now: Ts) -> Projection {
        self.set_day(self.term(presets).project(calendar, self.at(now)))
    }

    /// What was set for a day is due on that day, also if it was over when it began, or is too far away to be walked to. No calendar moves it,
    /// but that of a right, which may move later.
    pub fn set_day(&self, projected: Projection) -> Projection {
        let Limit::Day(day) = self.limit else { return projected };
        let (due, provisional) = (Ts::end_of(day), projected.provisional && !self.is_duty());
        match day < self.start.date() {
            true => Projection { due, warn: Ts::start_of(day), provisional, ..projected },
            false => Projection { due, over: projected.over.max(due), provisional, ..projected },
        }
    }

    /// Now, or when it stopped.
    pub fn at(&self, now: Ts) -> Ts {
        self.stop.unwrap_or(now)
    }

    /// How it stands. A right is never near or over, and neither is what stands still, unless it was before.
    pub fn colour(&self, projected: &Projection, now: Ts) -> Colour {
        let at = self.at(now);
        match () {
            () if !self.is_duty() => Colour::Green,
            () if at > projected.due => Colour::Red,
            () if at >= projected.warn && self.state() != ClockState::Paused => Colour::Yellow,
            () => Colour::Green,
        }
    }
}

/// Rights end, and nobody is late.
pub fn is_right(kind: ClockKind) -> bool {
    matches!(kind, ClockKind::Objection | ClockKind::Verdict)
}

/// What a case is measured by.
pub fn presets(case: &Case) -> &Presets {
    case.opening.presets.presets()
}

/// The clock by which it is finished, in its present round.
pub fn finish(case: &Case, calendar: &Calendar) -> Clock {
    let (rule, start) = (presets(case).rule(of_track(case.track())).clone(), begun(case, calendar));
    let of_round = case.pauses.iter().filter(|one| one.until.is_none_or(|until| until > start));
    Clock {
        turn: i64::from(case.round),
        more: case.more_days(),
        stop: replied(case),
        pauses: of_round.map(|one| Pause { from: one.from, until: one.until }).collect(),
        ..Clock::new(ClockKind::Finish, start, Limit::Rule(rule))
    }
}

/// 受理 is when the person of a petition was told, at the latest the last day for telling; so nobody gains time by telling late.
fn begun(case: &Case, calendar: &Calendar) -> Ts {
    if case.round > 1 {
        return case.reopened.unwrap_or(case.received());
    }
    match case.told.filter(|_| case.track() == Track::Petition) {
        None => case.received(),
        Some(told) => told.min(path_notice(case).project(presets(case), calendar, told).due).max(case.received()),
    }
}

fn path_notice(case: &Case) -> Clock {
    let rule = presets(case).rule(PresetKind::PathNotice).clone();
    Clock { stop: case.told.or(first_reply(case)), ..Clock::new(ClockKind::PathNotice, case.received(), Limit::Rule(rule)) }
}

fn replied(case: &Case) -> Option<Ts> {
    case.state.reply().map(|reply| reply.delivered)
}

fn first_reply(case: &Case) -> Option<Ts> {
    case.earlier.first().map(|round| round.reply.delivered).or(replied(case))
}

/// Everything that is measured of a case: what runs, and what has stopped in its present round. Nothing of a case that was declined.
pub fn clocks(case: &Case, calendar: &Calendar) -> Vec<Clock> {
    if case.state == State::Declined {
        return Vec::new();
    }
    let rule = |of| Limit::Rule(presets(case).rule(of).clone());
    let mut all = vec![finish(case, calendar)];
    if case.round == 1 && case.opening.presets != Chosen::BeforePresets {
        if case.track() == Track::Petition {
            all.push(path_notice(case));
        }
        let stop = [case.contacted, case.told, replied(case)].into_iter().flatten().min();
        all.push(Clock { stop, ..Clock::new(ClockKind::FirstContact, case.received(), rule(PresetKind::FirstContact)) });
    }
    if let Some(assigned) = case.assigned {
        let of = |kind, preset| Clock { turn: assigned.micros(), ..Clock::new(kind, assigned, rule(preset)) };
        // What was assigned before its chief let it in.
        let signed = case.registered.as_ref().map(|registered| registered.at);
        if signed.is_none_or(|signed| signed > assigned) {
            all.push(Clock { stop: signed, ..of(ClockKind::Signature, PresetKind::Signature) });
        }
        let may_object = case.round == 1
            && case.objection.is_none()
            && case.track() != Track::Urgent
            && matches!(case.state, State::Assigned | State::Undertaken { .. });
        if may_object {
            all.push(of(ClockKind::Objection, PresetKind::Objection));
        }
        all.extend(assistance(case, assigned, rule(PresetKind::Assistance)));
    }
    let waiting = (1..).zip(&case.urgings).filter(|(_, urging)| is_answered(case) && !urging.answered && !urging.lapsed);
    all.extend(waiting.filter_map(|(number, urging): (i64, _)| {
        let urged = Clock::new(ClockKind::UrgingAnswer, urging.at?, Limit::Day(day(&urging.due)?));
        Some(Clock { subject: number.to_string(), turn: number, ..urged })
    }));
    let asked = case.appeals.last().filter(|appeal| appeal.round == case.round);
    all.extend(asked.map(|appeal| appeal_decision(case, appeal)));
    if let Some(reply) = case.state.reply() {
        let by_rule = until(presets(case), PresetKind::Verdict, calendar, reply.delivered);
        // Whoever was told a later day by an earlier calendar keeps it.
        let kept = by_rule.due != reply.verdict_deadline;
        let limit = if kept { Limit::Day(reply.verdict_deadline.date()) } else { rule(PresetKind::Verdict) };
        all.push(Clock { turn: i64::from(case.round), ..Clock::new(ClockKind::Verdict, reply.delivered, limit) });
    }
    // Last, since there may be many.
    let set = externals(case).into_iter().filter(|_| case.round == 1);
    all.extend(set.filter_map(|(subject, received, external)| {
        let set = Clock::new(ClockKind::External, received, Limit::Day(day(&external.due)?));
        Some(Clock { subject, stop: replied(case), ..set })
    }));
    all
}

/// What other authorities have handed over, each once, though several parts of it may be joined: when, and by which name its clock is known. That is
/// the authority's, and of what was joined to the case its number as well.
pub fn externals(case: &Case) -> Vec<(String, Ts, &External)> {
    let own = case.opening.external.iter().map(|one| (one.authority.clone(), case.opening.received, one));
    let named = |one: &External| format!("{} {}", one.authority, one.number);
    let joined = case.joined.iter().filter_map(|joined| joined.external.as_ref().map(|one| (named(one), joined.received, one)));
    let (mut all, mut known, mut names) = (Vec::new(), HashSet::new(), HashSet::new());
    for (mut name, received, external) in own.chain(joined) {
        if known.insert((&external.authority, &external.number)) {
            // Two authorities whose names spell the same text.
            while !names.insert(name.clone()) {
                name.push('\u{b7}');
            }
            all.push((name, received, external));
        }
    }
    all
}

/// The clock by which superiors decide; the days of hearings do not count.
pub fn appeal_decision(case: &Case, of: &Appeal) -> Clock {
    let limit = Limit::Rule(presets(case).rule(PresetKind::AppealDecision).clone());
    let asked = Clock::new(ClockKind::AppealDecision, of.asked, limit);
    let pauses = of.hearings.iter().map(|one| Pause { from: one.from, until: Some(one.until) }).collect();
    Clock { turn: of.asked.micros(), more: of.hearing_days, pauses, stop: of.decided.map(|decision| decision.at), ..asked }
}

/// Units that have brought what is theirs are done, and so are all once there is a reply.
fn assistance(case: &Case, assigned: Ts, by_default: Limit) -> Vec<Clock> {
    let set = day(&case.assist_due).map(Limit::Day);
    let Some(limit) = set.or(case.assist_by_default.then_some(by_default)).filter(|_| replied(case).is_none()) else {
        return Vec::new();
    };
    let waited_for = case.assisting_units.iter().filter(|unit| !case.contributed.contains(unit));
    let clock = |unit: &String| Clock {
        subject: unit.clone(),
        turn: assigned.micros(),
        ..Clock::new(ClockKind::Assistance, assigned, limit.clone())
    };
    waited_for.map(clock).collect()
}

/// The duties that run in a case; one that stands still is looked at as it was when it was stopped.
pub fn running(case: &Case, calendar: &Calendar) -> Vec<(Clock, Projection)> {
    let open = |clock: &Clock| clock.is_duty() && clock.state() != ClockState::Stopped;
    let project = |clock: Clock| {
        let at = clock.pauses.iter().find(|pause| pause.until.is_none()).map_or(clock.start, |pause| pause.from);
        let projected = clock.project(presets(case), calendar, at);
        (clock, projected)
    };
    clocks(case, calendar).into_iter().filter(open).map(project).collect()
}

/// The rights that somebody has in a case, also when their time is over.
pub fn rights(case: &Case, calendar: &Calendar) -> Vec<(Clock, Projection)> {
    let project = |clock: Clock| {
        let projected = clock.project(presets(case), calendar, clock.start);
        (clock, projected)
    };
    clocks(case, calendar).into_iter().filter(|clock| is_right(clock.kind)).map(project).collect()
}

/// From when it is yellow, and after when it is red, by what runs; the last instant there is if nothing does. What stands still counts for
/// neither, unless it was over before.
pub fn marks(case: &Case, calendar: &Calendar) -> (Ts, Ts) {
    let counts = |clock: &Clock, projected: &Projection| {
        let stopped = clock.pauses.iter().find(|pause| pause.until.is_none());
        stopped.is_none_or(|pause| pause.from > projected.due)
    };
    let all: Vec<Projection> = running(case, calendar)
        .into_iter()
        .filter(|(clock, projected)| counts(clock, projected))
        .map(|(_, projected)| projected)
        .collect();
    let earliest = |of: fn(&Projection) -> Ts| all.iter().map(of).min().unwrap_or(Ts::from_micros(i64::MAX));
    (earliest(|one| one.warn), earliest(|one| one.due))
}

/// How the case stands: the worst of what runs.
pub fn colour(case: &Case, calendar: &Calendar, now: Ts) -> Colour {
    let running = clocks(case, calendar).into_iter().filter(|clock| clock.state() != ClockState::Stopped);
    let colours = running.map(|clock| clock.colour(&clock.project(presets(case), calendar, now), now));
    colours.max_by_key(|colour| *colour as i32).unwrap_or(Colour::Green)
}

/// A day as events have it.
pub fn day(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// When something ends that begins at `from`, by the rule of its kind.
pub fn until(presets: &Presets, of: PresetKind, calendar: &Calendar, from: Ts) -> Projection {
    let limit = Limit::Rule(presets.rule(of).clone());
    Clock::new(ClockKind::Unspecified, from, limit).project(presets, calendar, from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::presets::shipped;

    fn at(text: &str) -> Ts {
        Ts::parse(text).expect("an instant")
    }

    #[test]
    fn each_track_has_its_own_budget() {
        let calendar = Calendar::shipped();
        let check = |track, expected: &str| {
            let due = until(shipped(), of_track(track), &calendar, at("2023-01-09T02:00:00Z")).due;
            assert_eq!(due.date().to_string(), expected, "{track:?}");
        };
        check(Track::Petition, "2023-03-10");
        check(Track::Accusation, "2023-03-10");
        check(Track::Suggestion, "2023-02-02");
        check(Track::Consultation, "2023-01-16");
        check(Track::Urgent, "2023-01-09");
    }

    #[test]
    fn objection_signature_and_assistance_count_workdays() {
        let calendar = Calendar::shipped();
        let due = |of| until(shipped(), of, &calendar, at("2023-01-19T02:00:00Z")).due.rfc3339();
        assert_eq!(due(PresetKind::Objection), "2023-01-31T15:59:59.999999Z");
        assert_eq!(due(PresetKind::Signature), "2023-01-20T15:59:59.999999Z");
        assert_eq!(due(PresetKind::Assistance), "2023-02-07T15:59:59.999999Z");
    }

    #[test]
    fn a_verdict_counts_until_the_end_of_the_fifteenth_day_or_the_next_workday() {
        let due = until(shipped(), PresetKind::Verdict, &Calendar::shipped(), at("2023-01-09T02:00:00Z")).due;
        assert_eq!(due.rfc3339(), "2023-01-28T15:59:59.999999Z");
    }
}
