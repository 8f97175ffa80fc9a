//! What must be complete before a case is struck off (三个一, 五个一): named lists in numbered versions, and what fulfils their items.

use std::sync::LazyLock;

use sanben_proto::kinds::{Channel, Verdict};
use sanben_proto::ledger::{Evidence, RecordKind};
use serde::{Deserialize, Serialize};

use super::{Case, Event};

/// The list by which a case is judged that was registered before there were lists.
const OF_OLD: &str = "three-ones";
/// So many missing items are named at once; whoever brings them is told of the rest.
const MISSING_MAX: usize = 20;

/// One version of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    pub name: String,
    /// From 1.
    pub version: i32,
    pub title: String,
    /// Empty for all.
    pub origins: Vec<Channel>,
    /// Whether a case is not struck off before it is complete.
    pub required: bool,
    pub items: Vec<Item>,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub key: String,
    pub title: String,
    pub evidence: Evidence,
}

/// What is wrong with a list, and with which of its items or origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Name,
    Title,
    OriginTwice(usize),
    Key(usize),
    KeyTwice(usize),
    ItemTitle(usize),
    ItemTitleTwice(usize),
    TooLate(usize),
    /// Of the three ones: they are not made optional, narrowed to some origins, or cut short.
    Optional,
    Narrowed,
    Lacking,
}

/// The first version of each list that comes with the suite.
pub fn shipped() -> &'static [Checklist] {
    static SHIPPED: LazyLock<Vec<Checklist>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../checklists.json")).expect("a test reads the lists that are shipped")
    });
    &SHIPPED
}

impl Checklist {
    /// Whether it is for cases that came this way.
    pub fn is_for(&self, origin: Channel) -> bool {
        self.origins.is_empty() || self.origins.contains(&origin)
    }

    /// Everything that keeps it from being published.
    pub fn faults(&self) -> Vec<Fault> {
        let items = || self.items.iter().enumerate();
        let origins = self.origins.iter().enumerate();
        let again = origins.filter(|(at, one)| self.origins[..*at].contains(one)).map(|(at, _)| Fault::OriginTwice(at));
        let of_items = items().flat_map(|(at, item)| {
            let before = &self.items[..at];
            [
                (!is_key(&item.key), Fault::Key(at)),
                (before.iter().any(|one| one.key == item.key), Fault::KeyTwice(at)),
                (item.title.trim().is_empty(), Fault::ItemTitle(at)),
                (before.iter().any(|one| one.title.trim() == item.title.trim()), Fault::ItemTitleTwice(at)),
            ]
        });
        [(!is_key(&self.name), Fault::Name), (self.title.trim().is_empty(), Fault::Title)]
            .into_iter()
            .chain(of_items)
            .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
            .chain(again)
            .collect()
    }

    /// Rule 7 is not switched off by configuration: a version of the three ones may ask for more, never for less.
    pub fn weakened(&self) -> Vec<Fault> {
        if self.name != OF_OLD {
            return Vec::new();
        }
        let asked = |evidence: Evidence| self.items.iter().any(|item| item.evidence == evidence);
        let complete = [Evidence::Feedback, Evidence::Publication, Evidence::Accountability].into_iter().all(asked);
        [(!self.required, Fault::Optional), (!self.origins.is_empty(), Fault::Narrowed), (!complete, Fault::Lacking)]
            .into_iter()
            .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
            .collect()
    }

    /// Items of a required list that could not be brought any more once there is a reply, and would hold a case up for ever.
    pub fn too_late(&self) -> Vec<Fault> {
        let items = self.items.iter().enumerate().filter(|(_, item)| self.required && !is_in_time(item.evidence));
        items.map(|(at, _)| Fault::TooLate(at)).collect()
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether it can be brought as long as the case is in the open book.
fn is_in_time(evidence: Evidence) -> bool {
    match evidence {
        Evidence::Feedback
        | Evidence::Publication
        | Evidence::Accountability
        | Evidence::Consultation
        | Evidence::SiteSurvey
        | Evidence::Measure
        | Evidence::Mediation => true,
        Evidence::Unspecified | Evidence::Coordination | Evidence::Urging | Evidence::ReturnVisit => false,
    }
}

/// The lists by which a case is judged; none before it is registered.
pub fn of(case: &Case) -> &[Checklist] {
    match &case.checklists {
        Some(lists) => lists,
        None if case.registered.is_some() => {
            shipped().iter().find(|list| list.name == OF_OLD).map(std::slice::from_ref).unwrap_or_default()
        }
        None => &[],
    }
}

/// Whether the present round has it.
pub fn has(case: &Case, evidence: Evidence) -> bool {
    match evidence {
        Evidence::Feedback => case.state.reply().is_some(),
        Evidence::Publication => case.published,
        Evidence::Accountability => case.examined,
        other => case.evidence.contains(&other),
    }
}

/// The items of required lists that are missing, as people call them; each once.
pub fn missing(case: &Case) -> Vec<String> {
    let mut missing: Vec<String> = Vec::new();
    for item in of(case).iter().filter(|list| list.required).flat_map(|list| &list.items) {
        if !has(case, item.evidence) && !missing.contains(&item.title) {
            missing.push(item.title.clone());
        }
    }
    missing.truncate(MISSING_MAX);
    missing
}

/// Keeps what an event is evidence of.
pub fn notice(case: &mut Case, event: &Event) {
    let evidence = match event {
        Event::Coordinated => Evidence::Coordination,
        Event::Urged { .. } => Evidence::Urging,
        Event::RecordAdded { kind: RecordKind::JointConsultation } => Evidence::Consultation,
        Event::RecordAdded { kind: RecordKind::SiteSurvey } => Evidence::SiteSurvey,
        Event::RecordAdded { kind: RecordKind::Measure } => Evidence::Measure,
        Event::RecordAdded { kind: RecordKind::Mediation } => Evidence::Mediation,
        Event::Visited { reached: true, .. } => Evidence::ReturnVisit,
        // Said of somebody after the last attempt only.
        Event::VerdictRecorded { verdict: Verdict::Unreachable, .. } => Evidence::ReturnVisit,
        _ => return,
    };
    if !case.evidence.contains(&evidence) {
        case.evidence.push(evidence);
    }
}
