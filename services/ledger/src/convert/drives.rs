use sanben_bus::{Aggregate, Fact};
use sanben_clock::Ts;
use sanben_host::{act, fact};
use sanben_proto::kinds::Act;
use sanben_proto::ledger as pb;
use uuid::Uuid;

use super::count;
use crate::drive::{Drive, Event, Progress, State, apply};
use crate::signed::Signed;
use crate::standing;

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

/// A drive, in the eyes of somebody who sees that much of it.
pub fn drive(of: &Drive, seen: &Progress) -> pb::Drive {
    let opening = &of.opening;
    let state = of.named(seen);
    let closing = match &of.state {
        State::Open => None,
        State::Closed(closing) => Some(closing),
    };
    // The reason speaks of open cases; who sees none of them is not told that there are any.
    let reason = closing.filter(|_| state == pb::DriveState::NotZero).map(|closing| closing.reason.clone());
    pb::Drive {
        drive_id: of.id.to_string(),
        title: opening.title.clone(),
        unit_id: opening.unit.clone(),
        received_before: day(opening.before),
        book: opening.book.map_or(0, |book| book as i32),
        due_date: opening.due.clone(),
        state: state as i32,
        total: count(seen.total),
        open: count(seen.open()),
        cleared_by_confirmation: count(seen.confirmed),
        cleared_by_exception: count(seen.exception),
        left: count(seen.remained),
        close_reason: reason.unwrap_or_default(),
        opened: Some(acted(&opening.signed)),
        closed: closing.map(|closing| acted(&closing.signed)),
        etag: of.revision.to_string(),
    }
}

pub fn day(of: Ts) -> String {
    of.date().to_string()
}

pub fn acted(of: &Signed) -> Act {
    act(&standing::actor(of), of.at)
}
