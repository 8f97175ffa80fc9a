use std::time::Duration;

use sanben_clock::Ts;
use sanben_proto::kinds::Outcome;
use sanben_proto::ledger::{CaseState, Door, ReviewStep};
use serde::{Deserialize, Serialize};
use time::Date;

/// Where a case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Proposed,
    Declined,
    Registered,
    Assigned,
    Objected,
    Undertaken { handler: String },
    Reported(Report),
    Approved(Report),
    Replied(Reply),
    Settled(Reply),
    StruckOff { reply: Reply, door: Door },
    Archived { reply: Reply, door: Door },
}

/// What the handler reported, and which reviews it has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub handler: String,
    pub outcome: Outcome,
    pub reviews: Vec<Passed>,
    /// Whether a written opinion comes with it.
    #[serde(default)]
    pub opinion: bool,
}

/// A review that was passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub step: ReviewStep,
    pub person: String,
    pub unit: String,
    pub at: Ts,
}

/// A delivered reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub report: Report,
    pub delivered: Ts,
    /// The last instant at which a verdict counts, as the person was told last.
    pub verdict_deadline: Ts,
    /// Whether it is a written opinion on a petition, which superiors look at when its person asks; whatever the case is moved to since.
    #[serde(default)]
    pub opinion: Option<bool>,
}

impl Reply {
    /// The first instant at which no verdict counts any more.
    pub fn over_from(&self) -> Ts {
        self.verdict_deadline.plus(Duration::from_micros(1))
    }
}

impl Report {
    /// The review that is due. Three passed reviews make the case [`State::Approved`], so in [`State::Reported`] there is always one.
    pub fn due(&self) -> ReviewStep {
        REVIEWS[self.reviews.len().min(REVIEWS.len() - 1)]
    }
}

/// The three reviews, in order.
pub const REVIEWS: [ReviewStep; 3] = [ReviewStep::Handler, ReviewStep::Office, ReviewStep::Leader];

impl State {
    /// As the contract names it.
    pub fn named(&self) -> CaseState {
        match self {
            State::Proposed => CaseState::Proposed,
            State::Declined => CaseState::Declined,
            State::Registered => CaseState::Registered,
            State::Assigned => CaseState::Assigned,
            State::Objected => CaseState::Objected,
            State::Undertaken { .. } => CaseState::Undertaken,
            State::Reported(_) => CaseState::Reported,
            State::Approved(_) => CaseState::Approved,
            State::Replied(_) => CaseState::Replied,
            State::Settled(_) => CaseState::Settled,
            State::StruckOff { .. } => CaseState::StruckOff,
            State::Archived { .. } => CaseState::Archived,
        }
    }

    /// The report, once there is one.
    pub fn report(&self) -> Option<&Report> {
        match self {
            State::Reported(report) | State::Approved(report) => Some(report),
            _ => self.reply().map(|reply| &reply.report),
        }
    }

    /// The delivered reply, once there is one.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            State::Replied(reply) | State::Settled(reply) | State::StruckOff { reply, .. } | State::Archived { reply, .. } => {
                Some(reply)
            }
            State::Proposed
            | State::Declined
            | State::Registered
            | State::Assigned
            | State::Objected
            | State::Undertaken { .. }
            | State::Reported(_)
            | State::Approved(_) => None,
        }
    }

    /// Lets the window for a verdict end on a later day, and never on an earlier one.
    pub fn open_until(&mut self, day: Date) {
        match self {
            State::Replied(reply) | State::Settled(reply) | State::StruckOff { reply, .. } | State::Archived { reply, .. } => {
                reply.verdict_deadline = reply.verdict_deadline.max(Ts::end_of(day));
            }
            State::Proposed
            | State::Declined
            | State::Registered
            | State::Assigned
            | State::Objected
            | State::Undertaken { .. }
            | State::Reported(_)
            | State::Approved(_) => {}
        }
    }

    /// Who handles it, once somebody does.
    pub fn handler(&self) -> Option<&str> {
        match self {
            State::Undertaken { handler } => Some(handler),
            _ => self.report().map(|report| report.handler.as_str()),
        }
    }

    /// The door by which it left the open book.
    pub fn door(&self) -> Option<Door> {
        match self {
            State::StruckOff { door, .. } | State::Archived { door, .. } => Some(*door),
            State::Proposed
            | State::Declined
            | State::Registered
            | State::Assigned
            | State::Objected
            | State::Undertaken { .. }
            | State::Reported(_)
            | State::Approved(_)
            | State::Replied(_)
            | State::Settled(_) => None,
        }
    }
}
