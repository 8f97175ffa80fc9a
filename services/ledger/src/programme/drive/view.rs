use sanben_clock::Ts;
use sanben_host::act;
use sanben_proto::kinds::Act;
use sanben_proto::ledger as pb;

use sanben_host::count;
use sanben_ledger_rules::drive::{Drive, Progress, State};
use sanben_ledger_rules::signed::Signed;

use crate::programme::standing;

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
