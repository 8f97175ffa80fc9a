//! The rules of a submission: pure. What somebody said is never edited; verbs decide what becomes of it.

use sanben_clock::Ts;
use sanben_proto::intake::{SubmissionKind, SubmissionState};
use sanben_proto::kinds::{Book, Channel, Track};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A submission as far as rules need it. Neither words nor identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub id: Uuid,
    pub revision: i64,
    pub state: State,
    pub kind: SubmissionKind,
    pub channel: Channel,
    /// The unit it was addressed to; empty if to none.
    pub unit: String,
    pub party_ref: Uuid,
    pub anonymous: bool,
    pub language: String,
    pub received: Ts,
    /// The last proposal, if there ever was one.
    pub proposal: Option<Proposal>,
    /// How often it was proposed.
    pub proposals: i32,
    /// The case that it became.
    pub case_id: Option<Uuid>,
    /// The unit that leads its case, once assigned.
    pub lead_unit: Option<String>,
    /// Whether the receipt code still opens it.
    pub receipt_open: bool,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Received,
    Answered,
    Passed,
    Refused,
    Proposed,
    Withdrawn,
}

/// What triage makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub book: Book,
    pub track: Track,
    pub title: String,
    pub summary: String,
    pub lead_unit: String,
    pub accused_units: Vec<String>,
    pub accused_persons: Vec<String>,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Answer,
    Pass { authority: String, number: String },
    Refuse,
    Propose(Box<Proposal>),
    Withdraw,
    SealReceipt { reason: String },
    ReadWords { purpose: String },
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
    /// The chief declined the case.
    Returned,
    /// The case was assigned to this unit.
    LeadChanged {
        unit: String,
    },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotInTriage(State),
    NotAQuestion(SubmissionKind),
    TooLateToWithdraw,
}

impl Submission {
    /// Complaints and reports are sealed: identity and words are for those who need them.
    pub fn sealed(&self) -> bool {
        is_sealed(self.kind)
    }

    /// The unit that a sealed submission is taken to be about as long as triage has not said otherwise by letting it lead.
    pub fn addressed_accused<'a>(&'a self, root: &str) -> Option<&'a str> {
        let about = self.sealed() && !self.heard_by_officer() && !self.unit.is_empty() && self.unit != root;
        about.then_some(self.unit.as_str())
    }

    /// Whether somebody of the unit has heard it with their own ears, so that keeping it from the unit would be pretence.
    fn heard_by_officer(&self) -> bool {
        matches!(self.channel, Channel::Meeting | Channel::Liaison | Channel::Hall | Channel::Patrol | Channel::Auxiliary)
    }

    /// The units complained about: before triage has said more, the unit that a complaint is addressed to.
    pub fn accused_units<'a>(&'a self, root: &'a str) -> Vec<&'a str> {
        match &self.proposal {
            Some(proposal) => proposal.accused_units.iter().map(String::as_str).collect(),
            None => self.addressed_accused(root).into_iter().collect(),
        }
    }

    /// The persons complained about.
    pub fn accused_persons(&self) -> &[String] {
        self.proposal.as_ref().map_or(&[], |proposal| proposal.accused_persons.as_slice())
    }

    /// The units that may have to do with it: where it was addressed (to the city bureau if to nobody), and who leads it.
    pub fn units<'a>(&'a self, root: &'a str) -> Vec<&'a str> {
        let addressed = if self.unit.is_empty() { root } else { self.unit.as_str() };
        let proposed = self.proposal.as_ref().map(|proposal| proposal.lead_unit.as_str());
        [Some(addressed), self.lead_unit.as_deref().or(proposed)].into_iter().flatten().collect()
    }
}

fn is_sealed(kind: SubmissionKind) -> bool {
    matches!(kind, SubmissionKind::Complaint | SubmissionKind::Report)
}

/// What happens if `command` is carried out, or why it is refused.
pub fn decide(submission: &Submission, command: Command) -> Result<Event, Refusal> {
    use State::{Answered, Passed, Proposed, Received, Refused, Withdrawn};
    match (submission.state, command) {
        (_, Command::ReadWords { purpose }) => Ok(Event::WordsRead { purpose }),
        (_, Command::SealReceipt { reason }) => Ok(Event::ReceiptSealed { reason }),
        (Received, Command::Answer) if submission.kind == SubmissionKind::Consultation => Ok(Event::Answered),
        (Received, Command::Answer) => Err(Refusal::NotAQuestion(submission.kind)),
        (Received, Command::Pass { authority, number }) => Ok(Event::Passed { authority, number }),
        (Received, Command::Refuse) => Ok(Event::Refused),
        (Received, Command::Propose(proposal)) => Ok(Event::Proposed(proposal)),
        (Received, Command::Withdraw) => Ok(Event::Withdrawn),
        (Answered | Passed | Refused | Proposed | Withdrawn, Command::Withdraw) => Err(Refusal::TooLateToWithdraw),
        (
            state @ (Answered | Passed | Refused | Proposed | Withdrawn),
            Command::Answer | Command::Pass { .. } | Command::Refuse | Command::Propose(_),
        ) => Err(Refusal::NotInTriage(state)),
    }
}

/// Lets `event` have happened.
pub fn apply(submission: &mut Submission, event: &Event) {
    submission.revision += 1;
    match event {
        Event::Received | Event::WordsRead { .. } => {}
        Event::Answered => submission.state = State::Answered,
        Event::Passed { .. } => submission.state = State::Passed,
        Event::Refused => submission.state = State::Refused,
        Event::Proposed(proposal) => {
            submission.state = State::Proposed;
            submission.proposals += 1;
            submission.proposal = Some((**proposal).clone());
        }
        Event::Withdrawn => {
            submission.state = State::Withdrawn;
            submission.receipt_open = false;
        }
        Event::ReceiptSealed { .. } => submission.receipt_open = false,
        Event::Linked { case_id } => submission.case_id = Some(*case_id),
        Event::Returned => {
            submission.state = State::Received;
            submission.case_id = None;
        }
        Event::LeadChanged { unit } => submission.lead_unit = Some(unit.clone()),
    }
}

impl State {
    /// As the contract names it.
    pub fn named(self) -> SubmissionState {
        match self {
            State::Received => SubmissionState::Received,
            State::Answered => SubmissionState::Answered,
            State::Passed => SubmissionState::Passed,
            State::Refused => SubmissionState::Refused,
            State::Proposed => SubmissionState::Proposed,
            State::Withdrawn => SubmissionState::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submission(state: State, kind: SubmissionKind) -> Submission {
        Submission {
            id: Uuid::nil(),
            revision: 1,
            state,
            kind,
            channel: Channel::Online,
            unit: "lianhu-beiyuanmen".into(),
            party_ref: Uuid::nil(),
            anonymous: true,
            language: "zh-CN".into(),
            received: Ts::from_micros(0),
            proposal: None,
            proposals: 0,
            case_id: None,
            lead_unit: None,
            receipt_open: true,
        }
    }

    fn commands() -> Vec<(&'static str, Command)> {
        let proposal = Proposal {
            book: Book::Complaint,
            track: Track::Accusation,
            title: String::new(),
            summary: String::new(),
            lead_unit: "lianhu".into(),
            accused_units: vec!["lianhu-beiyuanmen".into()],
            accused_persons: Vec::new(),
        };
        vec![
            ("answer", Command::Answer),
            ("pass", Command::Pass { authority: "12345".into(), number: String::new() }),
            ("refuse", Command::Refuse),
            ("propose", Command::Propose(Box::new(proposal))),
            ("withdraw", Command::Withdraw),
            ("seal", Command::SealReceipt { reason: String::new() }),
            ("read", Command::ReadWords { purpose: String::new() }),
        ]
    }

    /// One letter a state, in the order Received, Answered, Passed, Refused, Proposed, Withdrawn: `y` it happens, `-` it is refused.
    #[test]
    fn which_verb_applies_where() {
        let expected = [
            ("answer", "y-----"),
            ("pass", "y-----"),
            ("refuse", "y-----"),
            ("propose", "y-----"),
            ("withdraw", "y-----"),
            ("seal", "yyyyyy"),
            ("read", "yyyyyy"),
        ];
        use State::{Answered, Passed, Proposed, Received, Refused, Withdrawn};
        for ((name, command), (expected_name, row)) in commands().into_iter().zip(expected) {
            assert_eq!(name, expected_name);
            let found: String = [Received, Answered, Passed, Refused, Proposed, Withdrawn]
                .into_iter()
                .map(|state| decide(&submission(state, SubmissionKind::Consultation), command.clone()).map_or('-', |_| 'y'))
                .collect();
            assert_eq!(found, row, "{name}");
        }
    }

    #[test]
    fn only_questions_are_answered_at_the_desk() {
        let complaint = submission(State::Received, SubmissionKind::Complaint);
        assert_eq!(decide(&complaint, Command::Answer), Err(Refusal::NotAQuestion(SubmissionKind::Complaint)));
    }

    #[test]
    fn a_complaint_is_kept_from_the_unit_it_was_addressed_to() {
        let mut complaint = submission(State::Received, SubmissionKind::Complaint);
        assert_eq!(complaint.accused_units("city"), ["lianhu-beiyuanmen"]);
        assert!(submission(State::Received, SubmissionKind::Consultation).accused_units("city").is_empty());
        complaint.channel = Channel::Meeting;
        assert!(complaint.accused_units("city").is_empty(), "said to the unit's own face");
        complaint.channel = Channel::Online;
        complaint.unit = "city".into();
        assert!(complaint.accused_units("city").is_empty());
    }
}
