use sanben_clock::Ts;
use sanben_proto::intake::SubmissionKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Accused, Appealable, Appealed, Joined, Praise, Proposal, Reply, State, Submission};

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Answer,
    Pass {
        authority: String,
        number: String,
    },
    Refuse,
    Propose(Box<Proposal>),
    Acknowledge(Praise),
    /// `accused`: who is complained about in one of the parts.
    Split {
        parts: Vec<Uuid>,
        accused: Accused,
    },
    /// `to`: the submission whose case it is joined to. `joinable`: whether the ledger takes it now. `addressed`: the unit that it is kept
    /// from because it was addressed to it, unless that unit leads the case or the case is kept from it.
    Join {
        to: Box<Submission>,
        joinable: bool,
        addressed: Option<String>,
    },
    /// `by_person`: by whoever holds the receipt code. `replied`: whether a reply was delivered.
    Detach {
        by_person: bool,
        replied: bool,
        reason: String,
    },
    Withdraw,
    /// `reply`: the last one, if there is one now. `is_final`: whether the matter is.
    Reopen {
        reply: Option<Reply>,
        is_final: bool,
        now: Ts,
    },
    /// `right`: what a superior may be asked to look at now.
    Appeal {
        right: Option<Appealable>,
        is_final: bool,
        now: Ts,
    },
    SealReceipt {
        reason: String,
    },
    ReadWords {
        purpose: String,
    },
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Received,
    Answered,
    Passed {
        authority: String,
        number: String,
    },
    Refused,
    Proposed(Box<Proposal>),
    Acknowledged(Praise),
    Split {
        parts: Vec<Uuid>,
        accused: Accused,
    },
    Joined(Box<Joined>),
    Detached {
        /// The case that it was in.
        case_id: Uuid,
        #[serde(default)]
        by_person: bool,
        reason: String,
    },
    /// A part was proposed.
    PartProposed {
        accused: Accused,
    },
    Appealed(Appealed),
    /// `round` of the case, or 0 for an answer of the desk.
    Reopened {
        round: i32,
    },
    Withdrawn,
    ReceiptSealed {
        reason: String,
    },
    WordsRead {
        purpose: String,
    },
    /// The ledger opened a case for it.
    Linked {
        case_id: Uuid,
    },
    /// The chief declined the case, or the ledger did not take it in.
    Returned,
    /// The case was assigned to this unit.
    LeadChanged {
        unit: String,
    },
}

/// Why a verb is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotInTriage(State),
    NotAQuestion(SubmissionKind),
    NotPraise(SubmissionKind),
    IsAPart,
    TooLateToWithdraw,
    NothingToReopen,
    TooLateToReopen(Ts),
    AlreadyReopened,
    NotACase(State),
    CaseClosedToJoining,
    SealedDiffers,
    /// Which unit; not said if it is a person.
    AccusedDiffer {
        unit: Option<String>,
    },
    FollowedElsewhere,
    PersonDetached,
    NotJoined,
    PersonDetaches,
    NothingToAppeal,
    TooLateToAppeal(Ts),
    MatterIsFinal,
}
