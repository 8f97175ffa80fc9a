//! The one map from a refused rule to its reason.

use sanben_host::{self as host, Problem};
use sanben_proto::intake::ErrorReason;
use tonic::Code;

use crate::submission::{External, Refusal};

impl From<Refusal> for host::Refusal {
    fn from(refusal: Refusal) -> host::Refusal {
        match refusal {
            Refusal::NotInTriage(state) => host::Refusal::rule(ErrorReason::NotInTriage).fact("state", state.named().as_str_name()),
            Refusal::NotAQuestion(kind) => host::Refusal::rule(ErrorReason::NotAQuestion).fact("kind", kind.as_str_name()),
            Refusal::NotPraise(kind) => host::Refusal::rule(ErrorReason::NotPraise).fact("kind", kind.as_str_name()),
            Refusal::IsAPart => host::Refusal::rule(ErrorReason::IsAPart),
            Refusal::NothingToReopen => host::Refusal::rule(ErrorReason::NothingToReopen),
            Refusal::TooLateToReopen(deadline) => {
                host::Refusal::rule(ErrorReason::TooLateToReopen).fact("deadline", deadline.date().to_string())
            }
            Refusal::NotACase(state) => host::Refusal::rule(ErrorReason::NotACase).fact("state", state.named().as_str_name()),
            Refusal::CaseClosedToJoining => host::Refusal::rule(ErrorReason::CaseClosedToJoining),
            Refusal::SealedDiffers => host::Refusal::rule(ErrorReason::SealedDiffers),
            Refusal::AccusedDiffer { unit } => {
                host::Refusal::rule(ErrorReason::AccusedDiffer).fact("unit", unit.unwrap_or_else(|| "—".to_owned()))
            }
            Refusal::NothingToAppeal => host::Refusal::rule(ErrorReason::NothingToAppeal),
            Refusal::TooLateToAppeal(deadline) => {
                host::Refusal::rule(ErrorReason::TooLateToAppeal).fact("deadline", deadline.date().to_string())
            }
            Refusal::MatterIsFinal => host::Refusal::rule(ErrorReason::MatterIsFinal),
            Refusal::PersonDetached => host::Refusal::rule(ErrorReason::PersonDetached),
            Refusal::FollowedElsewhere => host::Refusal::rule(ErrorReason::FollowedElsewhere),
            Refusal::NotJoined => host::Refusal::rule(ErrorReason::NotJoined),
            Refusal::PersonDetaches => host::Refusal::rule(ErrorReason::PersonDetaches),
            Refusal::AlreadyReopened => host::Refusal::rule(ErrorReason::AlreadyReopened),
            Refusal::TooLateToWithdraw => host::Refusal::rule(ErrorReason::TooLateToWithdraw),
        }
    }
}

pub fn receipt_unknown() -> host::Refusal {
    host::Refusal::with_code(Code::NotFound, ErrorReason::ReceiptUnknown)
}

/// `parts`: how many there are.
pub fn part_unknown(parts: usize) -> host::Refusal {
    let problem = Problem::new("problem-part").with("parts", parts);
    host::Refusal::field(ErrorReason::PartUnknown, "part", problem).fact("parts", parts.to_string())
}

pub fn unit_unknown(field: &str, unit: &str) -> host::Refusal {
    host::Refusal::field(ErrorReason::UnitUnknown, field, Problem::no_unit()).fact("unit", unit)
}

pub fn lead_unit_is_accused(unit: &str) -> host::Refusal {
    host::Refusal::rule(ErrorReason::LeadUnitIsAccused).fact("unit", unit)
}

pub fn no_reply_yet() -> host::Refusal {
    host::Refusal::rule(ErrorReason::NoReplyYet)
}

pub fn party_twice() -> host::Refusal {
    host::Refusal::field(ErrorReason::PartyTwice, "party_ref", Problem::excluded_by("party"))
}

pub fn external_known(external: &External) -> host::Refusal {
    let External { authority, number, .. } = external.clone();
    host::Refusal::rule(ErrorReason::ExternalKnown).fact("authority", authority).fact("number", number)
}

pub fn too_many_representatives(count: usize) -> host::Refusal {
    let problem = Problem::new("problem-too-many-representatives").with("count", count);
    host::Refusal::field(ErrorReason::TooManyRepresentatives, "representatives", problem).fact("count", count.to_string())
}

pub fn nobody_may_sign(superior: &str) -> host::Refusal {
    host::Refusal::rule(ErrorReason::NobodyMaySign).fact("superior", superior)
}
