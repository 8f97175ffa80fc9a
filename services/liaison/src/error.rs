//! The one map from a refused rule to its reason.

use sanben_host::{self as host, Problem};
use sanben_proto::liaison::ErrorReason;

use crate::pair;
use crate::visit::{Refusal, VOICES_MAX};

impl From<pair::Refusal> for host::Refusal {
    fn from(refusal: pair::Refusal) -> host::Refusal {
        match refusal {
            pair::Refusal::NotThePairsUnit => host::Refusal::rule(ErrorReason::NotThePairsUnit),
            pair::Refusal::SameOfficer => {
                host::Refusal::field(ErrorReason::SameOfficer, "officer_id", Problem::new("problem-present-officer"))
            }
        }
    }
}

impl From<Refusal> for host::Refusal {
    fn from(refusal: Refusal) -> host::Refusal {
        match refusal {
            Refusal::NotTheOfficer => host::Refusal::rule(ErrorReason::NotTheOfficer),
            Refusal::PlanInThePast { today } => {
                host::Refusal::field(ErrorReason::PlanInThePast, "plan_date", Problem::past()).fact("today", today.to_string())
            }
            Refusal::VisitOpen(visit) => host::Refusal::rule(ErrorReason::VisitOpen).fact("visit", visit.to_string()),
            Refusal::VisitAlreadyMade => host::Refusal::rule(ErrorReason::VisitAlreadyMade),
            Refusal::VisitNotMade => host::Refusal::rule(ErrorReason::VisitNotMade),
            Refusal::TooManyVoices => host::Refusal::rule(ErrorReason::TooManyVoices).fact("voices_max", VOICES_MAX.to_string()),
        }
    }
}

pub fn neither_solved_nor_carried() -> host::Refusal {
    host::Refusal::field(ErrorReason::SolvedOrCarried, "solved_note", Problem::new("problem-or-else").with("other", "carried"))
        .and_field("carried", Problem::new("problem-or-else").with("other", "solved_note"))
}

pub fn solved_and_carried() -> host::Refusal {
    host::Refusal::field(ErrorReason::SolvedOrCarried, "solved_note", Problem::excluded_by("carried"))
        .and_field("carried", Problem::excluded_by("solved_note"))
}
