//! What the outside hears of what happens to a drive.

use sanben_event::{Aggregate, Fact, fact};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use super::{Drive, Event, apply};

impl Aggregate for Drive {
    const NAME: &'static str = "drive";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &Event) {
        apply(self, event);
    }

    fn fact(&self, event: &Event) -> Fact {
        let drive_id = self.id.to_string();
        match event {
            Event::Opened(_) => fact("", &pb::DriveOpened { drive_id, unit_id: self.opening.unit.clone() }),
            Event::Closed(closing) => fact(&closing.reason, &pb::DriveClosed { drive_id }),
        }
    }
}
