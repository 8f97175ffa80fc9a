//! Presets, as the contract has them.

use sanben_clock::{Hours, Measure, Ts};
use sanben_host::{count, timestamp};
use sanben_ledger_rules::case::presets::{Presets, Rule};
use sanben_proto::ledger as pb;

pub fn measure(of: Measure) -> pb::Measure {
    match of {
        Measure::CalendarDays => pb::Measure::CalendarDays,
        Measure::Workdays => pb::Measure::Workdays,
        Measure::WorkHours => pb::Measure::WorkHours,
    }
}

/// None if it is not said.
pub fn measure_from(of: pb::Measure) -> Option<Measure> {
    match of {
        pb::Measure::Unspecified => None,
        pb::Measure::CalendarDays => Some(Measure::CalendarDays),
        pb::Measure::Workdays => Some(Measure::Workdays),
        pb::Measure::WorkHours => Some(Measure::WorkHours),
    }
}

pub fn version(of: &Presets, published: Option<Ts>) -> pb::Presets {
    let rule = |one: &Rule| pb::PresetRule {
        kind: one.of as i32,
        amount: count(one.amount),
        measure: measure(one.measure) as i32,
        roll: one.roll,
        basis: one.basis.clone(),
    };
    let span = |(from, until): (u16, u16)| pb::OpeningHours { from_minute: from.into(), until_minute: until.into() };
    pb::Presets {
        version: of.version,
        rules: of.rules.iter().map(rule).collect(),
        hours: Vec::from(of.hours.clone()).into_iter().map(span).collect(),
        note: of.note.clone(),
        publish_time: published.map(timestamp),
    }
}

/// Spans of minutes; none if they are no opening hours.
pub fn hours_from(of: &[pb::OpeningHours]) -> Option<Hours> {
    let minutes = |of: i32| u16::try_from(of).ok();
    let spans = of.iter().map(|span| minutes(span.from_minute).zip(minutes(span.until_minute))).collect::<Option<Vec<_>>>()?;
    Hours::try_from(spans).ok()
}
