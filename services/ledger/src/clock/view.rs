//! Clocks and presets, as the contract has them.

use sanben_clock::{Calendar, Measure, Projection, Reason, Stretch, Ts, Why};
use sanben_host::{App, Call, duration, timestamp};
use sanben_proto::ledger as pb;

use sanben_host::count;
use sanben_ledger_rules::case::{
    Appeal, Case, Extension, Paused, Projected,
    clock::{Clock, appeal_decision, clocks, finish, presets, until},
    presets::Presets,
};

/// So many are shown.
const CLOCKS_MAX: usize = 100;

/// By when a case should be finished.
pub fn due(app: &App, of: &Case, now: Ts) -> pb::Deadline {
    let calendar = app.calendar();
    deadline(&finish(of, &calendar).project(presets(of), &calendar, now))
}

/// By when something should be done that began at `from`.
pub fn due_of(app: &App, case: &Case, of: pb::PresetKind, from: Ts) -> pb::Deadline {
    deadline(&until(presets(case), of, &app.calendar(), from))
}

/// By when an appeal is decided; the days of hearings do not count.
pub fn due_of_appeal(app: &App, case: &Case, of: &Appeal) -> pb::Deadline {
    let calendar = app.calendar();
    deadline(&appeal_decision(case, of).project(presets(case), &calendar, of.asked))
}

pub fn all(app: &App, call: &Call, of: &Case) -> Vec<pb::Clock> {
    let calendar = app.calendar();
    let mut all = clocks(of, &calendar);
    all.truncate(CLOCKS_MAX);
    all.iter().map(|one| clock(one, presets(of), &calendar, call.now)).collect()
}

fn clock(of: &Clock, presets: &Presets, calendar: &Calendar, now: Ts) -> pb::Clock {
    projected(of, &of.project(presets, calendar, now), now)
}

pub fn projected(of: &Clock, projected: &Projection, now: Ts) -> pb::Clock {
    let percent = (projected.used * 100).checked_div(projected.total).unwrap_or(100);
    pb::Clock {
        kind: of.kind as i32,
        subject: of.subject.clone(),
        state: of.state() as i32,
        duty: of.is_duty(),
        start_time: Some(timestamp(of.start)),
        due: Some(deadline(projected)),
        due_time: Some(timestamp(projected.due)),
        warn_time: Some(timestamp(projected.warn)),
        stop_time: of.stop.map(timestamp),
        colour: of.colour(projected, now) as i32,
        used_percent: count(percent),
    }
}

pub fn moved(of: &Projected) -> pb::MovedDeadline {
    pb::MovedDeadline {
        kind: of.kind as i32,
        subject: of.subject.clone(),
        before_date: of.before.clone(),
        after_date: of.after.clone(),
        provisional: of.provisional,
    }
}

pub fn deadline(of: &Projection) -> pb::Deadline {
    pb::Deadline { date: of.due.date().to_string(), provisional: of.provisional }
}

pub fn pause(number: i32, of: &Paused) -> pb::ClockPause {
    pb::ClockPause {
        number,
        start_time: Some(timestamp(of.from)),
        end_time: of.until.map(timestamp),
        ground: of.ground as i32,
        authority: of.authority.clone(),
        person_id: of.person.clone(),
        tenure_id: of.tenure.clone(),
        hearing: false,
    }
}

pub fn extension(amount: u32, of: Option<&Extension>) -> pb::ClockExtension {
    let amount = count(amount);
    let Some(Extension { at, person, tenure, number, reason, .. }) = of else {
        return pb::ClockExtension { amount, ..pb::ClockExtension::default() };
    };
    pb::ClockExtension {
        amount,
        person_id: person.clone(),
        tenure_id: tenure.clone(),
        notice_number: number.clone(),
        time: Some(timestamp(*at)),
        reason: reason.clone(),
    }
}

/// `counted` is of days, or of work hours.
pub fn stretch(of: &Stretch, measure: Measure) -> pb::DayStretch {
    let (festival, notice) = by_notice(&of.why);
    let pause_number = if let Why::Paused(pause) = of.why { count(pause + 1) } else { 0 };
    let is_hours = measure == Measure::WorkHours;
    pb::DayStretch {
        first_date: of.first.to_string(),
        last_date: of.last.to_string(),
        reason: reason(&of.why) as i32,
        counted_days: if is_hours { 0 } else { count(of.counted) },
        counted_hours: is_hours.then(|| duration(i64::try_from(of.counted).unwrap_or(i64::MAX))),
        festival,
        notice,
        pause_number,
    }
}

fn reason(of: &Why) -> pb::DayReason {
    match of {
        Why::Counted => pb::DayReason::Counted,
        Why::FirstDay => pb::DayReason::FirstDay,
        Why::Closed(Reason::Holiday { .. }) => pb::DayReason::Holiday,
        Why::Closed(Reason::Weekend | Reason::Weekday | Reason::WorkedWeekend { .. }) => pb::DayReason::Weekend,
        Why::AfterHours => pb::DayReason::AfterHours,
        Why::Paused(_) => pb::DayReason::Paused,
        Why::Rolled(_) => pb::DayReason::Rolled,
    }
}

fn by_notice(of: &Why) -> (String, String) {
    match of {
        Why::Closed(Reason::Holiday { festival, notice }) | Why::Rolled(Reason::Holiday { festival, notice }) => {
            (festival.clone(), notice.clone())
        }
        Why::Closed(_) | Why::Rolled(_) | Why::Counted | Why::FirstDay | Why::AfterHours | Why::Paused(_) => {
            (String::new(), String::new())
        }
    }
}

/// What a clock measures.
pub fn clock_in_words(app: &App, call: &Call, kind: pb::ClockKind) -> String {
    app.catalog.text(call.lang, name(kind), &[])
}

/// The key of its name in the catalogue.
pub fn name(of: pb::ClockKind) -> &'static str {
    match of {
        pb::ClockKind::Unspecified | pb::ClockKind::Finish => "clock-finish",
        pb::ClockKind::PathNotice => "clock-path-notice",
        pb::ClockKind::FirstContact => "clock-first-contact",
        pb::ClockKind::Signature => "clock-signature",
        pb::ClockKind::Assistance => "clock-assistance",
        pb::ClockKind::External => "clock-external",
        pb::ClockKind::UrgingAnswer => "clock-urging-answer",
        pb::ClockKind::AppealDecision => "clock-appeal-decision",
        pb::ClockKind::Objection => "clock-objection",
        pb::ClockKind::Verdict => "clock-verdict",
    }
}
