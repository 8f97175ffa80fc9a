//! A deadline in words: one sentence a step.

use sanben_clock::{Measure, Projection, Reason, Stretch, Ts, Why};
use sanben_host::{App, Call};
use sanben_proto::ledger::{ClockState, PauseGround};

use sanben_ledger_rules::case::{
    Case, Paused,
    clock::{Clock, Limit},
    presets::Presets,
};

use crate::clock::view::name;
use crate::deadline::explain_deadline::{Standing, extensions, standing};

/// What is told.
pub struct Told<'a> {
    pub clock: &'a Clock,
    pub presets: &'a Presets,
    /// None of a matter that there is not.
    pub case: Option<&'a Case>,
    pub projected: &'a Projection,
    pub stretches: &'a [Stretch],
    pub is_what_if: bool,
}

type Arguments<'a> = [(&'a str, String)];

pub fn sentences(app: &App, call: &Call, told: &Told<'_>) -> Vec<String> {
    let say = |key: &str, arguments: &Arguments<'_>| app.catalog.text(call.lang, key, arguments);
    let mut all = Vec::new();
    if told.is_what_if {
        all.push(say("deadline-what-if", &[]));
    }
    all.push(rule(told, &say));
    // First all that there is to use up, then what of the days does not count.
    all.extend(extensions(told.clock, told.case).into_iter().map(|one| {
        let given =
            [("amount", one.amount.to_string()), ("person", one.person_id), ("number", one.notice_number), ("reason", one.reason)];
        say(if given[2].1.is_empty() { "deadline-more" } else { "deadline-extended" }, &given)
    }));
    all.extend(told.stretches.iter().filter_map(|stretch| skipped(told, stretch, &say)));
    all.push(result(told, &say));
    if told.projected.provisional {
        all.push(say("deadline-provisional", &[("year", told.projected.due.date().year().to_string())]));
    }
    if let Limit::Rule(_) = told.clock.limit {
        all.push(say("deadline-presets", &[("version", told.presets.version.to_string()), ("note", told.presets.note.clone())]));
    }
    all
}

fn rule(told: &Told<'_>, say: &impl Fn(&str, &Arguments<'_>) -> String) -> String {
    let kind = say(name(told.clock.kind), &[]);
    let subject = told.clock.subject.clone();
    let start = told.clock.start.date().to_string();
    match &told.clock.limit {
        Limit::Day(day) => {
            say("deadline-set", &[("kind", kind), ("subject", subject), ("start", start), ("date", day.to_string())])
        }
        Limit::Rule(rule) => {
            let measure = match rule.measure {
                Measure::CalendarDays => "days",
                Measure::Workdays => "workdays",
                Measure::WorkHours => "hours",
            };
            let budget = say(&format!("deadline-budget-{measure}"), &[("amount", rule.amount.to_string())]);
            let arguments =
                [("kind", kind), ("subject", subject), ("start", start), ("budget", budget), ("basis", rule.basis.clone())];
            say(if rule.measure == Measure::WorkHours { "deadline-rule-hours" } else { "deadline-rule" }, &arguments)
        }
    }
}

/// Why days do not count; nothing of those that do.
fn skipped(told: &Told<'_>, of: &Stretch, say: &impl Fn(&str, &Arguments<'_>) -> String) -> Option<String> {
    let several = if of.first == of.last { "one" } else { "several" };
    let days = say(&format!("deadline-days-{several}"), &[("first", of.first.to_string()), ("last", of.last.to_string())]);
    match &of.why {
        Why::Counted | Why::FirstDay => None,
        Why::AfterHours => Some(say("deadline-after-hours", &[("days", days)])),
        Why::Closed(Reason::Holiday { festival, notice }) => {
            Some(say("deadline-holiday", &[("days", days), ("festival", festival.clone()), ("notice", notice.clone())]))
        }
        Why::Closed(_) => Some(say("deadline-weekend", &[("days", days)])),
        Why::Paused(pause) => match told.clock.pauses.get(*pause).map(|pause| standing(told.clock, told.case, pause))? {
            Standing::Signed(Paused { ground, authority, person, .. }) => {
                let ground = say(name_of_ground(*ground), &[]);
                let given = [("days", days), ("ground", ground), ("authority", authority.clone()), ("person", person.clone())];
                Some(say("deadline-paused", &given))
            }
            Standing::Heard => Some(say("deadline-hearing", &[("days", days)])),
            Standing::Supposed => Some(say("deadline-pause-supposed", &[("days", days)])),
        },
        // A pause on the way cuts it in two: the last says it for both.
        Why::Rolled(_) if of.last != told.projected.due.date() => None,
        Why::Rolled(reason) => {
            let festival = if let Reason::Holiday { festival, .. } = reason { festival.clone() } else { String::new() };
            let key = if festival.is_empty() { "deadline-rolled-weekend" } else { "deadline-rolled-holiday" };
            Some(say(key, &[("festival", festival), ("date", of.last.to_string())]))
        }
    }
}

fn result(told: &Told<'_>, say: &impl Fn(&str, &Arguments<'_>) -> String) -> String {
    let is_hours = matches!(&told.clock.limit, Limit::Rule(rule) if rule.measure == Measure::WorkHours);
    let due = if is_hours { minute(told.projected.due) } else { told.projected.due.date().to_string() };
    let stop = told.clock.stop.map(|stop| stop.date().to_string()).unwrap_or_default();
    let state = match (told.clock.state(), told.clock.stop.is_some_and(|stop| stop > told.projected.due)) {
        (ClockState::Stopped, true) => "deadline-result-late",
        (ClockState::Stopped, false) => "deadline-result-stopped",
        (ClockState::Paused, _) => "deadline-result-paused",
        (ClockState::Running | ClockState::Unspecified, _) if is_hours => "deadline-result-hours",
        (ClockState::Running | ClockState::Unspecified, _) => "deadline-result",
    };
    say(state, &[("due", due), ("stop", stop)])
}

fn name_of_ground(of: PauseGround) -> &'static str {
    match of {
        PauseGround::Unspecified => "pause-unspecified",
        PauseGround::Person => "pause-person",
        PauseGround::Expertise => "pause-expertise",
        PauseGround::Proceedings => "pause-proceedings",
        PauseGround::ForceMajeure => "pause-force-majeure",
    }
}

/// `2026-03-04 15:00`, Asia/Shanghai.
fn minute(at: Ts) -> String {
    let minutes = at.micros().saturating_sub(Ts::start_of(at.date()).micros()) / 60_000_000;
    format!("{} {:02}:{:02}", at.date(), minutes / 60, minutes % 60)
}
