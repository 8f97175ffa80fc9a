//! The one map from a refused rule to its reason.

use sanben_host as host;
use sanben_proto::liaison::ErrorReason;

use crate::visit::{Refusal, VOICES_MAX};

impl From<Refusal> for host::Refusal {
    fn from(refusal: Refusal) -> host::Refusal {
        match refusal {
            Refusal::NotTheOfficer => host::Refusal::rule(ErrorReason::NotTheOfficer),
            Refusal::PlanInThePast { today } => {
                host::Refusal::field(ErrorReason::PlanInThePast, "plan_date", "must be today or later")
                    .fact("today", today.to_string())
            }
            Refusal::VisitOpen(visit) => host::Refusal::rule(ErrorReason::VisitOpen).fact("visit", visit.to_string()),
            Refusal::VisitAlreadyMade => host::Refusal::rule(ErrorReason::VisitAlreadyMade),
            Refusal::VisitNotMade => host::Refusal::rule(ErrorReason::VisitNotMade),
            Refusal::TooManyVoices => host::Refusal::rule(ErrorReason::TooManyVoices).fact("voices_max", VOICES_MAX.to_string()),
        }
    }
}

pub fn neither_solved_nor_carried() -> host::Refusal {
    host::Refusal::field(ErrorReason::SolvedOrCarried, "solved_note", "must be given, or carried instead")
        .and_field("carried", "must be given, or solved_note instead")
}

pub fn solved_and_carried() -> host::Refusal {
    host::Refusal::field(ErrorReason::SolvedOrCarried, "solved_note", "excludes carried; give one of them")
        .and_field("carried", "excludes solved_note; give one of them")
}
