//! The rules of what was heard on a visit: pure. What was carried into intake is followed until it ends, and never goes back.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    pub submission_id: Uuid,
    /// A complaint or report: nobody but the officer who heard it learns here that it exists.
    pub sealed: bool,
    /// When the last proposal that was heard of was made, though its case may have been declined since.
    pub proposed: Option<Ts>,
    pub fate: Fate,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Proposed { case_id: Uuid, at: Ts },
    Declined { case_id: Uuid },
    Registered { case_id: Uuid },
    Settled { case_id: Uuid, outcome: Outcome },
    Archived { case_id: Uuid, outcome: Outcome },
    EndedAtDesk,
}

impl Carried {
    /// A submission that has just been received.
    pub fn new(submission_id: Uuid, sealed: bool) -> Carried {
        Carried { submission_id, sealed, proposed: None, fate: Fate::Waiting }
    }

    /// What it is after `news`; `None` if that changes nothing.
    ///
    /// News of one thing come in order, of different things (two cases after a decline, a case and the desk) in any order; what has
    /// been overtaken changes nothing.
    pub fn after(&self, news: News) -> Option<Carried> {
        let proposed = if let News::Proposed { at, .. } = news { Some(at) } else { self.proposed };
        self.fate_after(news).filter(|fate| *fate != self.fate).map(|fate| Carried { fate, proposed, ..*self })
    }

    fn fate_after(&self, news: News) -> Option<Fate> {
        use Fate::{Archived, EndedAtDesk, Proposed, Registered, Settled, Waiting};
        match (self.fate, news) {
            (Waiting | Proposed { .. }, News::Proposed { case_id, at }) => self.is_new(at).then_some(Proposed { case_id }),
            (Proposed { case_id: own }, News::Declined { case_id }) => (own == case_id).then_some(Waiting),
            (Waiting | Proposed { .. }, News::Registered { case_id }) => Some(Registered { case_id }),
            (Waiting | Proposed { .. }, News::Settled { case_id, outcome }) => Some(Settled { case_id, outcome }),
            (Registered { case_id: own } | Settled { case_id: own, .. }, News::Settled { case_id, outcome }) => {
                (own == case_id).then_some(Settled { case_id, outcome })
            }
            (Waiting | Proposed { .. }, News::Archived { case_id, outcome }) => Some(Archived { case_id, outcome }),
            (Registered { case_id: own } | Settled { case_id: own, .. }, News::Archived { case_id, outcome }) => {
                (own == case_id).then_some(Archived { case_id, outcome })
            }
            (Waiting | Proposed { .. }, News::EndedAtDesk) => Some(EndedAtDesk),
            (Waiting, News::Declined { .. })
            | (
                Registered { .. } | Settled { .. },
                News::Proposed { .. } | News::Declined { .. } | News::Registered { .. } | News::EndedAtDesk,
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
mod tests {
    use super::*;

    const OWN: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);
    const OUTCOME: Outcome = Outcome::Supported;

    fn at(micros: i64) -> Ts {
        Ts::from_micros(micros)
    }

    /// A submission in each fate, the last proposal made at 10.
    fn fates() -> [Carried; 6] {
        [
            Fate::Waiting,
            Fate::Proposed { case_id: OWN },
            Fate::Registered { case_id: OWN },
            Fate::Settled { case_id: OWN, outcome: OUTCOME },
            Fate::Archived { case_id: OWN, outcome: OUTCOME },
            Fate::EndedAtDesk,
        ]
        .map(|fate| Carried { fate, proposed: Some(at(10)), ..Carried::new(Uuid::nil(), false) })
    }

    fn letter(fate: Fate) -> char {
        let letter = match fate {
            Fate::Waiting => 'w',
            Fate::Proposed { .. } => 'p',
            Fate::Registered { .. } => 'r',
            Fate::Settled { .. } => 's',
            Fate::Archived { .. } => 'a',
            Fate::EndedAtDesk => 'e',
        };
        if fate.case_id() == Some(OTHER) { letter.to_ascii_uppercase() } else { letter }
    }

    /// One letter a fate, in the order Waiting, Proposed, Registered, Settled, Archived, EndedAtDesk: what it becomes, a capital if with
    /// another case than its own; `-` nothing changes.
    #[test]
    fn what_news_change_where() {
        let rows = [
            ("a later proposal", News::Proposed { case_id: OTHER, at: at(11) }, "PP----"),
            ("a proposal that was overtaken", News::Proposed { case_id: OTHER, at: at(9) }, "------"),
            ("its case is declined", News::Declined { case_id: OWN }, "-w----"),
            ("another case is declined", News::Declined { case_id: OTHER }, "------"),
            ("its case is registered", News::Registered { case_id: OWN }, "rr----"),
            ("another case is registered", News::Registered { case_id: OTHER }, "RR----"),
            ("its case is settled", News::Settled { case_id: OWN, outcome: OUTCOME }, "sss---"),
            ("its case is settled otherwise", News::Settled { case_id: OWN, outcome: Outcome::Explained }, "ssss--"),
            ("another case is settled", News::Settled { case_id: OTHER, outcome: OUTCOME }, "SS----"),
            ("its case is archived", News::Archived { case_id: OWN, outcome: OUTCOME }, "aaaa--"),
            ("another case is archived", News::Archived { case_id: OTHER, outcome: OUTCOME }, "AA----"),
            ("it ends at the desk", News::EndedAtDesk, "ee----"),
        ];
        for (name, news, expected) in rows {
            let found: String = fates().iter().map(|carried| carried.after(news).map_or('-', |now| letter(now.fate))).collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    fn check(news: &[News], expected: Fate) {
        let fold = |carried: Carried, news: &News| carried.after(*news).unwrap_or(carried);
        assert_eq!(news.iter().fold(Carried::new(Uuid::nil(), false), fold).fate, expected, "{news:?}");
    }

    /// Declined once, proposed again as another case and registered, in every order in which that can arrive.
    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let first = [News::Proposed { case_id: OWN, at: at(1) }, News::Declined { case_id: OWN }];
        let second = [News::Proposed { case_id: OTHER, at: at(2) }, News::Registered { case_id: OTHER }];
        let registered = Fate::Registered { case_id: OTHER };
        check(&[first[0], first[1], second[0], second[1]], registered);
        check(&[first[0], second[0], first[1], second[1]], registered);
        check(&[first[0], second[0], second[1], first[1]], registered);
        check(&[second[0], first[0], first[1], second[1]], registered);
        check(&[second[0], first[0], second[1], first[1]], registered);
        check(&[second[0], second[1], first[0], first[1]], registered);
        check(&[first[0], first[1], News::EndedAtDesk], Fate::EndedAtDesk);
        check(&[first[0], News::EndedAtDesk, first[1]], Fate::EndedAtDesk);
        check(&[News::EndedAtDesk, first[0], first[1]], Fate::EndedAtDesk);
    }
}
