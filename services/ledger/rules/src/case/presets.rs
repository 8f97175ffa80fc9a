//! How much time there is for what, by default: numbered versions. A case keeps the one that was newest when it was opened.

use std::sync::LazyLock;

use sanben_clock::{Budget, Hours, Measure, Roll};
use sanben_proto::kinds::Track;
use sanben_proto::ledger::PresetKind;
use serde::{Deserialize, Serialize};

/// All that there is a rule for.
pub const KINDS: [PresetKind; 13] = [
    PresetKind::Petition,
    PresetKind::Suggestion,
    PresetKind::Accusation,
    PresetKind::Consultation,
    PresetKind::Urgent,
    PresetKind::PathNotice,
    PresetKind::FirstContact,
    PresetKind::Signature,
    PresetKind::Assistance,
    PresetKind::Objection,
    PresetKind::Verdict,
    PresetKind::Appeal,
    PresetKind::AppealDecision,
];

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presets {
    /// From 1.
    pub version: i32,
    /// What they say of themselves.
    pub note: String,
    pub hours: Hours,
    /// One of each kind.
    pub rules: Vec<Rule>,
}

/// How much time there is for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub of: PresetKind,
    pub amount: u32,
    pub measure: Measure,
    /// Whether a last calendar day that is not worked moves on.
    pub roll: bool,
    /// Where it comes from.
    pub basis: String,
}

/// Which ones a case is measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// The first version, without what was not measured before there were presets.
    #[default]
    BeforePresets,
    /// The one that comes with the suite.
    Shipped,
    /// One that was published.
    Published(Box<Presets>),
}

/// What is wrong with a version, and with which of its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    KindTwice(usize),
    /// By law it is counted so, and no other way.
    Measure(usize),
    /// More than the law gives the bureau, or less than it gives people: by how many it would do.
    Amount {
        rule: usize,
        law: u32,
    },
    /// 民法典 203.
    Roll(usize),
    Basis(usize),
    Note,
}

/// The version that comes with the suite.
pub fn shipped() -> &'static Presets {
    static SHIPPED: LazyLock<Presets> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../presets.json")).expect("a test reads the presets that are shipped")
    });
    &SHIPPED
}

impl Chosen {
    pub fn presets(&self) -> &Presets {
        match self {
            Chosen::BeforePresets | Chosen::Shipped => shipped(),
            Chosen::Published(presets) => presets,
        }
    }
}

impl Presets {
    /// The rule of a kind.
    pub fn rule(&self, of: PresetKind) -> &Rule {
        let found = self.rules.iter().chain(&shipped().rules).find(|rule| rule.of == of);
        found.unwrap_or(&shipped().rules[0])
    }

    /// Everything that keeps them from being published.
    pub fn faults(&self) -> Vec<Fault> {
        let rules = || self.rules.iter().enumerate();
        let twice = rules().filter(|(at, rule)| self.rules[..*at].iter().any(|one| one.of == rule.of));
        let note = self.note.trim().is_empty().then_some(Fault::Note);
        let basis = rules().filter(|(_, rule)| rule.basis.trim().is_empty()).map(|(at, _)| Fault::Basis(at));
        twice.map(|(at, _)| Fault::KindTwice(at)).chain(basis).chain(note).collect()
    }

    /// Where they take more time than the law gives, or give people less.
    pub fn against_law(&self) -> Vec<Fault> {
        self.rules.iter().enumerate().filter_map(|(at, rule)| rule.against_law(at)).collect()
    }
}

impl Rule {
    pub fn budget(&self) -> Budget {
        Budget { amount: self.amount, measure: self.measure }
    }

    pub fn rolls(&self) -> Roll {
        if self.roll { Roll::Forward } else { Roll::Keep }
    }

    fn against_law(&self, at: usize) -> Option<Fault> {
        let (measure, most, least) = match self.of {
            PresetKind::Petition => (Measure::CalendarDays, 60, 1),
            PresetKind::PathNotice => (Measure::CalendarDays, 15, 1),
            PresetKind::AppealDecision => (Measure::CalendarDays, 30, 1),
            PresetKind::Appeal => (Measure::CalendarDays, u32::MAX, 30),
            PresetKind::Objection => (Measure::Workdays, 5, 5),
            // Rule 1: the signature follows within one workday.
            PresetKind::Signature => (Measure::Workdays, 1, 1),
            PresetKind::Verdict => (Measure::CalendarDays, u32::MAX, 15),
            PresetKind::Unspecified
            | PresetKind::Suggestion
            | PresetKind::Accusation
            | PresetKind::Consultation
            | PresetKind::Urgent
            | PresetKind::FirstContact
            | PresetKind::Assistance => return None,
        };
        if self.measure != measure {
            return Some(Fault::Measure(at));
        }
        if self.amount > most || self.amount < least {
            return Some(Fault::Amount { rule: at, law: self.amount.clamp(least, most) });
        }
        let for_people = matches!(self.of, PresetKind::Appeal | PresetKind::Verdict);
        (for_people && !self.roll).then_some(Fault::Roll(at))
    }
}

/// What a matter on this track is finished by.
pub fn of_track(track: Track) -> PresetKind {
    match track {
        Track::Petition | Track::Unspecified => PresetKind::Petition,
        Track::Suggestion => PresetKind::Suggestion,
        Track::Accusation => PresetKind::Accusation,
        Track::Consultation => PresetKind::Consultation,
        Track::Urgent => PresetKind::Urgent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_complete_lawful_and_marked() {
        let presets = shipped();
        assert_eq!(presets.rules.iter().map(|rule| rule.of).collect::<Vec<_>>(), KINDS);
        assert!(presets.faults().is_empty() && presets.against_law().is_empty());
        assert!(presets.note.contains("未对照"), "it says that it was not checked");
        assert_eq!(presets.hours, Hours::default());
    }

    #[test]
    fn the_law_is_not_edited_away() {
        let check = |of: PresetKind, change: fn(&mut Rule), expected: Option<Fault>| {
            let mut presets = shipped().clone();
            let at = presets.rules.iter().position(|rule| rule.of == of).expect("a rule");
            change(&mut presets.rules[at]);
            assert_eq!(presets.against_law(), Vec::from_iter(expected), "{of:?}");
        };
        check(PresetKind::Petition, |rule| rule.amount = 61, Some(Fault::Amount { rule: 0, law: 60 }));
        check(PresetKind::Petition, |rule| rule.amount = 30, None);
        check(PresetKind::Petition, |rule| rule.measure = Measure::Workdays, Some(Fault::Measure(0)));
        check(PresetKind::PathNotice, |rule| rule.amount = 16, Some(Fault::Amount { rule: 5, law: 15 }));
        check(PresetKind::Appeal, |rule| rule.amount = 29, Some(Fault::Amount { rule: 11, law: 30 }));
        check(PresetKind::Verdict, |rule| rule.roll = false, Some(Fault::Roll(10)));
        check(PresetKind::Objection, |rule| rule.amount = 4, Some(Fault::Amount { rule: 9, law: 5 }));
        check(PresetKind::Consultation, |rule| rule.measure = Measure::WorkHours, None);
    }

    #[test]
    fn each_rule_is_there_once_and_says_where_it_comes_from() {
        let mut presets = shipped().clone();
        presets.rules[3].of = PresetKind::Petition;
        presets.rules[4].basis = " ".to_owned();
        presets.note.clear();
        assert_eq!(presets.faults(), [Fault::KindTwice(3), Fault::Basis(4), Fault::Note]);
    }
}
