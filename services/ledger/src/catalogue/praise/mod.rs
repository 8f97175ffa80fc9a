//! Praise (表扬): for a unit, apart from the books, never a matter to be settled. It has one state, recorded, and is found by those
//! whose reach holds the unit. Says: `PraiseRecorded`. Hears: that the desk acknowledged a submission as praise (`on_intake`).

pub mod list_praises;
pub mod store;
pub mod view;

use sanben_bus::{Aggregate, Fact};
use sanben_clock::Ts;
use sanben_host::fact;
use sanben_proto::kinds::Channel;
use sanben_proto::ledger::PraiseRecorded;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One thing that somebody praised. Neither words nor identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Praise {
    pub id: Uuid,
    pub revision: i64,
    pub submission: Uuid,
    /// The unit that is praised.
    pub unit: String,
    pub summary: String,
    pub origin: Channel,
    pub received: Ts,
    pub recorded: Ts,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Recorded,
}

impl Aggregate for Praise {
    const NAME: &'static str = "praise";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, _: &Event) {
        self.revision += 1;
    }

    fn fact(&self, _: &Event) -> Fact {
        let (praise_id, submission_id) = (self.id.to_string(), self.submission.to_string());
        fact("", &PraiseRecorded { praise_id, submission_id, unit_id: self.unit.clone() })
    }
}
