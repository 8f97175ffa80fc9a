//! Presets: how much time there is for what, as data in numbered versions. The first comes with the suite
//! (`services/ledger/rules/presets.json`), the next are published (`PublishPresets`). A case keeps the version that was newest when
//! it was opened. No version gives the bureau more time, or people less, than the law does:
//! `services/ledger/rules/src/case/presets.rs` refuses it.
//!
//! Says: `PresetsPublished`. Hears: nothing.

pub mod get_presets;
pub mod publish_presets;
pub mod store;
pub mod view;

use sanben_bus::{Aggregate, Fact};
use sanben_clock::Ts;
use sanben_db::{Error, Tx};
use sanben_host::fact;
use sanben_proto::ledger as pb;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use sanben_ledger_rules::case::presets::{Chosen, Presets, shipped};

/// A version that was published; of revision 0 the one that comes with the suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub id: Uuid,
    pub revision: i64,
    pub presets: Presets,
    pub at: Ts,
}

/// What can happen to it: nothing more than that it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Published(Presets),
}

impl Published {
    pub fn of_the_suite() -> Published {
        Published { id: Uuid::nil(), revision: 0, presets: shipped().clone(), at: Ts::from_micros(0) }
    }

    /// For a case that is opened now.
    pub fn chosen(self) -> Chosen {
        if self.revision == 0 { Chosen::Shipped } else { Chosen::Published(Box::new(self.presets)) }
    }
}

impl Aggregate for Published {
    const NAME: &'static str = "presets";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, Event::Published(presets): &Event) {
        self.revision += 1;
        self.presets = presets.clone();
    }

    fn fact(&self, _: &Event) -> Fact {
        fact("", &pb::PresetsPublished { version: self.presets.version })
    }
}

/// The newest version.
pub async fn newest(tx: &mut Tx) -> Result<Published, Error> {
    Ok(store::newest(tx).await?.unwrap_or_else(Published::of_the_suite))
}

/// One version, if there is it.
pub async fn version(tx: &mut Tx, version: i32) -> Result<Option<Published>, Error> {
    if version == shipped().version {
        return Ok(Some(Published::of_the_suite()));
    }
    store::version(tx, version).await
}
