//! Checklists (三个一, 五个一): what must be complete before a case is struck off, as data. A checklist has a name and numbered versions.
//! The first ones come with the suite (`services/ledger/rules/checklists.json`); an administrator of the city bureau publishes the
//! next (`PublishChecklist`), which never changes an old one. What fulfils an item is in
//! `services/ledger/rules/src/case/checklist.rs`: one kind of evidence that the ledger itself knows of the present round.
//!
//! When a case is registered, the newest version of every list for its origin goes into its event. The case is judged by exactly
//! that in all its rounds, whatever is published later; of events from before there were lists, by the first version of the three
//! ones. Only required lists hold a case up, and these ask for nothing that could no longer be brought once there is a reply.
//!
//! Says: `ChecklistPublished`. Hears: nothing.

pub mod list_checklists;
pub mod publish_checklist;
pub mod store;

use sanben_bus::{Aggregate, Fact};
use sanben_clock::Ts;
use sanben_db::{Error, Tx};
use sanben_host::{fact, timestamp};
use sanben_proto::kinds::Channel;
use sanben_proto::ledger as pb;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use sanben_ledger_rules::case::{
    Case,
    checklist::{self, Checklist, shipped},
};

/// So many names at most.
pub const NAMES_MAX: usize = 20;

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub id: Uuid,
    pub revision: i64,
    pub checklist: Checklist,
    pub at: Ts,
}

/// What can happen to it: nothing more than that it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Published(Checklist),
}

impl Aggregate for Published {
    const NAME: &'static str = "checklist";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, Event::Published(checklist): &Event) {
        self.revision += 1;
        self.checklist = checklist.clone();
    }

    fn fact(&self, _: &Event) -> Fact {
        fact("", &pb::ChecklistPublished { name: self.checklist.name.clone(), version: self.checklist.version })
    }
}

/// Those that come with the suite, as if they had been published before everything.
pub fn of_the_suite() -> impl Iterator<Item = Published> {
    let published = |(id, checklist): (u128, &Checklist)| Published {
        id: Uuid::from_u128(id),
        revision: 0,
        checklist: checklist.clone(),
        at: Ts::from_micros(0),
    };
    (1..).zip(shipped()).map(published)
}

/// The newest version of each.
pub async fn newest(tx: &mut Tx) -> Result<Vec<Published>, Error> {
    let mut newest = store::newest(tx, i64::try_from(NAMES_MAX).unwrap_or(i64::MAX)).await?;
    let untouched: Vec<Published> =
        of_the_suite().filter(|one| newest.iter().all(|other| other.checklist.name != one.checklist.name)).collect();
    newest.extend(untouched);
    Ok(newest)
}

/// What a case that came this way is judged by, if it is registered now.
pub async fn applying_to(tx: &mut Tx, origin: Channel) -> Result<Vec<Checklist>, Error> {
    let lists = newest(tx).await?.into_iter().map(|one| one.checklist);
    Ok(lists.filter(|list| list.is_for(origin)).collect())
}

/// A version, as the contract has it.
pub fn version(of: &Published) -> pb::Checklist {
    let Checklist { name, version, title, origins, required, items } = of.checklist.clone();
    let item = |one: checklist::Item| pb::ChecklistItem { key: one.key, title: one.title, evidence: one.evidence as i32 };
    pb::Checklist {
        name,
        version,
        title,
        origins: origins.into_iter().map(|origin| origin as i32).collect(),
        required,
        items: items.into_iter().map(item).collect(),
        publish_time: (of.revision > 0).then(|| timestamp(of.at)),
    }
}

/// What a case is judged by, and what of it is done.
pub fn of_case(case: &Case) -> Vec<pb::CaseChecklist> {
    let item = |one: &checklist::Item| pb::CaseChecklistItem {
        evidence: one.evidence as i32,
        key: one.key.clone(),
        title: one.title.clone(),
        done: checklist::has(case, one.evidence),
    };
    let list = |one: &Checklist| pb::CaseChecklist {
        name: one.name.clone(),
        version: one.version,
        title: one.title.clone(),
        required: one.required,
        items: one.items.iter().map(item).collect(),
    };
    checklist::of(case).iter().map(list).collect()
}
