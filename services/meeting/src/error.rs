//! The one map from a refused rule to its reason.

use sanben_host::{self as host, Problem};
use sanben_proto::kinds;
use sanben_proto::meeting::ErrorReason;

use crate::{meeting, suggestion};

impl From<meeting::Refusal> for host::Refusal {
    fn from(refusal: meeting::Refusal) -> host::Refusal {
        use meeting::Refusal::{
            AlreadyHeld, CameTwice, DateInThePast, InvitationUnknown, NobodyCame, NotHeld, TooManyInvited, TooManySuggestions,
        };
        match refusal {
            DateInThePast { today } => {
                host::Refusal::field(ErrorReason::DateInThePast, "meeting_date", Problem::past()).fact("today", today.to_string())
            }
            AlreadyHeld => host::Refusal::rule(ErrorReason::MeetingAlreadyHeld),
            NotHeld => host::Refusal::rule(ErrorReason::MeetingNotHeld),
            TooManyInvited => host::Refusal::rule(ErrorReason::TooManyInvited).fact("max", meeting::INVITED_MAX.to_string()),
            TooManySuggestions => {
                host::Refusal::rule(ErrorReason::TooManySuggestions).fact("max", meeting::SUGGESTIONS_MAX.to_string())
            }
            InvitationUnknown(place) => {
                let field = place.map_or_else(|| "invitation_id".to_owned(), attended_field);
                host::Refusal::field(ErrorReason::InvitationUnknown, field, Problem::new("problem-no-invitation"))
            }
            NobodyCame => {
                host::Refusal::field(ErrorReason::NobodyCame, "attended_invitation_ids", Problem::new("problem-nobody-came"))
            }
            CameTwice(place) => host::Refusal::field(kinds::ErrorReason::InvalidFields, attended_field(place), Problem::twice()),
        }
    }
}

impl From<suggestion::Refusal> for host::Refusal {
    fn from(refusal: suggestion::Refusal) -> host::Refusal {
        match refusal {
            suggestion::Refusal::WrongState { verb, state } => {
                host::Refusal::rule(ErrorReason::WrongState).fact("verb", verb).fact("state", state.as_str_name())
            }
            suggestion::Refusal::OneTwice(one) => host::Refusal::rule(ErrorReason::OneTwice).fact("one", one.as_str_name()),
            suggestion::Refusal::OneHasItsVerb(one) => {
                let problem = Problem::new("problem-one-has-its-verb");
                host::Refusal::field(ErrorReason::OneHasItsVerb, "one", problem).fact("one", one.as_str_name())
            }
        }
    }
}

/// The path of an entry in the list of those who came.
pub fn attended_field(place: usize) -> String {
    format!("attended_invitation_ids[{place}]")
}

/// A text that has to say something.
pub fn blank(field: &str) -> host::Refusal {
    host::Refusal::field(kinds::ErrorReason::InvalidFields, field, Problem::blank())
}
