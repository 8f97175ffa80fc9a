//! The rules of a backlog drive (清仓归零): pure. It owns a frozen list and whether it is closed; how far it is comes from the cases.

mod fact;
#[cfg(test)]
mod tests;

use sanben_clock::Ts;
use sanben_proto::kinds::Book;
use sanben_proto::ledger::{CaseState, DriveState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::case::Case;
use crate::signed::Signed;

/// So many cases at most.
pub const CASES_MAX: usize = 2000;

/// A drive over a frozen list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drive {
    pub id: Uuid,
    pub revision: i64,
    pub opening: Opening,
    pub state: State,
}

/// Where a drive is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Open,
    Closed(Closing),
}

/// What it is about, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub title: String,
    pub unit: String,
    /// Received before this instant.
    pub before: Ts,
    /// Only this book.
    pub book: Option<Book>,
    /// `YYYY-MM-DD`.
    pub due: String,
    pub signed: Signed,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub reason: String,
    /// Cases of the whole list that were in the open book, whoever may see them.
    pub left: i64,
    pub signed: Signed,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Opened(Box<Opening>),
    Closed(Box<Closing>),
}

/// Why something is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotTheChief { unit: String },
    Empty,
    TooLarge { most: usize },
    Closed,
    NotZero { open: i64 },
}

/// How far a drive is, in the eyes of a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub total: i64,
    pub confirmed: i64,
    pub exception: i64,
    /// In the open book when the drive was closed.
    pub remained: i64,
}

impl Progress {
    /// In the open book now.
    pub fn open(&self) -> i64 {
        self.total - self.confirmed - self.exception
    }
}

impl Drive {
    /// A drive before its first event.
    pub fn new(id: Uuid, opening: Opening) -> Drive {
        Drive { id, revision: 0, opening, state: State::Open }
    }

    /// Whether it waits to be closed.
    pub fn is_open(&self) -> bool {
        match self.state {
            State::Open => true,
            State::Closed(_) => false,
        }
    }

    /// How it stands for somebody who sees that much of it. A result of what they may not see would tell that it is there.
    pub fn named(&self, seen: &Progress) -> DriveState {
        match &self.state {
            State::Open => DriveState::Open,
            State::Closed(_) if seen.remained == 0 => DriveState::Zero,
            State::Closed(_) => DriveState::NotZero,
        }
    }
}

impl Opening {
    /// Whether a case belongs on the list; `within` says which units count.
    pub fn covers(&self, case: &Case, within: impl Fn(&str) -> bool) -> bool {
        let open = case.number.is_some() && case.state.door().is_none() && case.state.named() != CaseState::Declined;
        let book = self.book.is_none_or(|book| book == case.book());
        open && book && case.received() < self.before && within(&case.lead_unit)
    }
}

/// Opens a drive over so many cases that the signer may see.
///
/// # Errors
/// Without the signature of the unit's chief in office, or when the list is empty or too long.
pub fn open(opening: &Opening, cases: usize) -> Result<Event, Refusal> {
    signs(&opening.signed, &opening.unit)?;
    match cases {
        0 => Err(Refusal::Empty),
        1..=CASES_MAX => Ok(Event::Opened(Box::new(opening.clone()))),
        _ => Err(Refusal::TooLarge { most: CASES_MAX }),
    }
}

/// Closes a drive; `open` is what the signer sees in the open book. They are asked for a reason for what they see only: anything else would
/// tell them of a case that is kept from them.
///
/// # Errors
/// When it is closed, the signature is missing, or a reason is.
pub fn close(drive: &Drive, closing: Closing, open: i64) -> Result<Event, Refusal> {
    match &drive.state {
        State::Closed(_) => Err(Refusal::Closed),
        State::Open => {
            signs(&closing.signed, &drive.opening.unit)?;
            if open > 0 && closing.reason.trim().is_empty() {
                return Err(Refusal::NotZero { open });
            }
            Ok(Event::Closed(Box::new(closing)))
        }
    }
}

fn signs(signed: &Signed, unit: &str) -> Result<(), Refusal> {
    if signed.tenure.is_some() { Ok(()) } else { Err(Refusal::NotTheChief { unit: unit.to_owned() }) }
}

/// Lets an event have happened.
pub fn apply(drive: &mut Drive, event: &Event) {
    drive.revision += 1;
    match event {
        Event::Opened(opening) => drive.opening = (**opening).clone(),
        Event::Closed(closing) => drive.state = State::Closed((**closing).clone()),
    }
}
