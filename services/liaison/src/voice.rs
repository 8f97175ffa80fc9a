//! The rules of what was heard on a visit: pure. What was carried into intake is followed until it ends, and on if the person then has
//! it taken up again.

use sanben_clock::Ts;
use sanben_proto::kinds::Outcome;
use sanben_proto::liaison::VoiceFate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something heard on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    pub id: Uuid,
    pub told: Told,
}

/// What the officer did with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Solved on the spot; the officer's note, without identity.
    Solved { note: String },
    /// Carried into intake.
    Carried(Carried),
}

/// A submission that was heard on a visit, as far as it is known what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    pub submission_id: Uuid,
    /// A complaint or report: nobody but the officer who heard it learns here that it exists.
    pub sealed: bool,
    /// When the last proposal that was heard of was made, though its case may have been declined since.
    pub proposed: Option<Ts>,
    /// Whom that proposal names as complained about. What was not called a complaint may turn out to be one in triage.
    pub accused: Accused,
    /// When the desk last ended it, though the person may have had it looked at again since.
    #[serde(default)]
    pub ended: Option<Ts>,
    pub fate: Fate,
}

/// Who is complained about in what was proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accused {
    pub units: Vec<String>,
    pub persons: Vec<String>,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// In triage.
    Waiting,
    /// At the chief's gate.
    Proposed {
        case_id: Uuid,
    },
    /// In a book.
    Registered {
        case_id: Uuid,
    },
    Settled {
        case_id: Uuid,
        outcome: Outcome,
    },
    Archived {
        case_id: Uuid,
        outcome: Outcome,
    },
    /// Answered, passed on, refused or taken back before it became a case.
    EndedAtDesk,
}

/// What the other services say of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Proposed {
        case_id: Uuid,
        at: Ts,
        accused: Accused,
    },
    Declined {
        case_id: Uuid,
    },
    Registered {
        case_id: Uuid,
    },
    Settled {
        case_id: Uuid,
        outcome: Outcome,
    },
    Archived {
        case_id: Uuid,
        outcome: Outcome,
    },
    /// The person has the case taken up again.
    Reopened {
        case_id: Uuid,
    },
    EndedAtDesk {
        at: Ts,
    },
    /// The person has the desk look again.
    BackAtDesk,
}

impl Carried {
    /// A submission that has just been received.
    pub fn new(submission_id: Uuid, sealed: bool) -> Carried {
        Carried { submission_id, sealed, proposed: None, accused: Accused::default(), ended: None, fate: Fate::Waiting }
    }

    /// What it is after `news`; `None` if that changes nothing.
    ///
    /// News of one thing come in order, of different things (two cases after a decline, a case and the desk) in any order; what has
    /// been overtaken changes nothing.
    pub fn after(&self, news: &News) -> Option<Carried> {
        let fate = self.fate_after(news).filter(|fate| *fate != self.fate)?;
        let mut carried = Carried { fate, ..self.clone() };
        match news {
            News::Proposed { at, accused, .. } => (carried.proposed, carried.accused) = (Some(*at), accused.clone()),
            News::EndedAtDesk { at } => carried.ended = Some(*at),
            _ => {}
        }
        Some(carried)
    }

    fn fate_after(&self, news: &News) -> Option<Fate> {
        use Fate::{Archived, EndedAtDesk, Proposed, Registered, Settled, Waiting};
        match (self.fate, news) {
            (Waiting | Proposed { .. }, &News::Proposed { case_id, at, .. }) => self.is_new(at).then_some(Proposed { case_id }),
            (Proposed { case_id: own }, &News::Declined { case_id }) => (own == case_id).then_some(Waiting),
            (Waiting | Proposed { .. }, &News::Registered { case_id }) => Some(Registered { case_id }),
            (Waiting | Proposed { .. }, &News::Settled { case_id, outcome }) => Some(Settled { case_id, outcome }),
            (Registered { case_id: own } | Settled { case_id: own, .. }, &News::Settled { case_id, outcome }) => {
                (own == case_id).then_some(Settled { case_id, outcome })
            }
            (Waiting | Proposed { .. }, &News::Archived { case_id, outcome }) => Some(Archived { case_id, outcome }),
            (Registered { case_id: own } | Settled { case_id: own, .. }, &News::Archived { case_id, outcome }) => {
                (own == case_id).then_some(Archived { case_id, outcome })
            }
            (Settled { case_id: own, .. } | Archived { case_id: own, .. }, &News::Reopened { case_id }) => {
                (own == case_id).then_some(Registered { case_id })
            }
            (Waiting | Proposed { .. }, &News::EndedAtDesk { at }) => {
                self.proposed.is_none_or(|proposed| at >= proposed).then_some(EndedAtDesk)
            }
            (EndedAtDesk, News::BackAtDesk) => Some(Waiting),
            // The news that the person had the desk look again are still to come.
            (EndedAtDesk, &News::Proposed { case_id, at, .. }) => {
                self.ended.is_some_and(|ended| at > ended).then_some(Proposed { case_id })
            }
            (Waiting, News::Declined { .. })
            | (Waiting | Proposed { .. } | Registered { .. }, News::Reopened { .. })
            | (Waiting | Proposed { .. }, News::BackAtDesk)
            | (
                Registered { .. } | Settled { .. },
                News::Proposed { .. }
                | News::Declined { .. }
                | News::Registered { .. }
                | News::EndedAtDesk { .. }
                | News::BackAtDesk,
            )
            | (Archived { .. } | EndedAtDesk, _) => None,
        }
    }

    /// Whether a proposal made `at` is not one that was overtaken by a later one.
    fn is_new(&self, at: Ts) -> bool {
        self.proposed.is_none_or(|last| at > last)
    }
}

impl Fate {
    /// As the contract names it.
    pub fn named(self) -> VoiceFate {
        match self {
            Fate::Waiting | Fate::Proposed { .. } => VoiceFate::Carried,
            Fate::Registered { .. } => VoiceFate::Registered,
            Fate::Settled { .. } => VoiceFate::Settled,
            Fate::Archived { .. } => VoiceFate::Archived,
            Fate::EndedAtDesk => VoiceFate::EndedAtDesk,
        }
    }

    /// The case that it became.
    pub fn case_id(self) -> Option<Uuid> {
        match self {
            Fate::Waiting | Fate::EndedAtDesk => None,
            Fate::Proposed { case_id }
            | Fate::Registered { case_id }
            | Fate::Settled { case_id, .. }
            | Fate::Archived { case_id, .. } => Some(case_id),
        }
    }

    /// What its case came to.
    pub fn outcome(self) -> Option<Outcome> {
        match self {
            Fate::Waiting | Fate::Proposed { .. } | Fate::Registered { .. } | Fate::EndedAtDesk => None,
            Fate::Settled { outcome, .. } | Fate::Archived { outcome, .. } => Some(outcome),
        }
    }
}

#[cfg(test)]
mod tests;
