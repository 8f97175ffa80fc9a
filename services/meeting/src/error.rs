//! The one map from a refused rule to its reason.

use sanben_host as host;
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
                let problem = "must be today or later";
                host::Refusal::field(ErrorReason::DateInThePast, "meeting_date", problem).fact("today", today.to_string())
            }
            AlreadyHeld => host::Refusal::rule(ErrorReason::MeetingAlreadyHeld),
            NotHeld => host::Refusal::rule(ErrorReason::MeetingNotHeld),
            TooManyInvited => host::Refusal::rule(ErrorReason::TooManyInvited).fact("max", meeting::INVITED_MAX.to_string()),
            TooManySuggestions => {
                host::Refusal::rule(ErrorReason::TooManySuggestions).fact("max", meeting::SUGGESTIONS_MAX.to_string())
            }
            InvitationUnknown(place) => {
                let field = place.map_or_else(|| "invitation_id".to_owned(), attended_field);
                host::Refusal::field(ErrorReason::InvitationUnknown, field, "is not an invitation of this meeting")
            }
            NobodyCame => {
                host::Refusal::field(ErrorReason::NobodyCame, "attended_invitation_ids", "must name at least one who came")
            }
            CameTwice(place) => {
                host::Refusal::field(kinds::ErrorReason::InvalidFields, attended_field(place), "is in the list already")
            }
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
                let problem = "must be supervision, feedback or publication";
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
    host::Refusal::field(kinds::ErrorReason::InvalidFields, field, "must say something; has only blanks")
}
