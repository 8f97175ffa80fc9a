//! The rules of a suggestion: pure. The meeting's own way (deliberated, resolved, planned) and what its case came to are two things:
//! the desk may propose the submission before the meeting has a plan, and the case may move on before a plan is written down.

use sanben_clock::Ts;
use sanben_proto::kinds::Outcome;
use sanben_proto::meeting::{MeetingOne, SuggestionState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A suggestion. The words and who said them are in the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub id: Uuid,
    pub revision: i64,
    pub meeting_id: Uuid,
    /// The unit of the meeting.
    pub unit: String,
    pub submission_id: Uuid,
    pub title: String,
    pub made: Ts,
    pub state: State,
    pub case: Case,
    pub deliberation: String,
    pub resolution: String,
    pub plan: String,
    /// In the order of the five.
    pub ones: Vec<One>,
}

/// How far the meeting is with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Made,
    Deliberated,
    Resolved,
    Planned,
}

/// How far the ledger is with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Case {
    NotRegistered,
    Registered { case_id: Uuid },
    StruckOff { case_id: Uuid, outcome: Outcome },
}

/// Who recorded something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub person: String,
    pub unit: String,
    pub role: String,
}

/// One of the five ones, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct One {
    pub one: MeetingOne,
    pub evidence: String,
    pub by: By,
    pub time: Ts,
}

/// Who is complained about in what was proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accused {
    pub units: Vec<String>,
    pub persons: Vec<String>,
}

/// The last case that was proposed for a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub case_id: Uuid,
    pub declined: bool,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Deliberate { deliberation: String },
    Resolve { resolution: String },
    AdoptPlan { plan: String },
    RecordEvidence { one: MeetingOne },
}

/// What the ledger says of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Declined,
    Registered,
    StruckOff(Outcome),
    /// The person has the case taken up again.
    Reopened,
    /// One of the five ones is proved by the case itself.
    Proves(One),
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// `sealed`: a complaint or report.
    Made {
        submission_id: Uuid,
        sealed: bool,
    },
    Deliberated {
        deliberation: String,
    },
    Resolved {
        resolution: String,
    },
    Planned {
        plan: String,
    },
    Evidenced(One),
    Registered {
        case_id: Uuid,
    },
    /// The chief declined the case: another plan is needed.
    Declined {
        case_id: Uuid,
    },
    Implemented {
        case_id: Uuid,
        outcome: Outcome,
    },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongState { verb: &'static str, state: SuggestionState },
    OneTwice(MeetingOne),
    OneHasItsVerb(MeetingOne),
}

impl Suggestion {
    /// Where it is, as the contract names it.
    pub fn named(&self) -> SuggestionState {
        match (self.state, self.case) {
            (State::Made, _) => SuggestionState::Made,
            (State::Deliberated, _) => SuggestionState::Deliberated,
            (State::Resolved, _) => SuggestionState::Resolved,
            (State::Planned, Case::NotRegistered) => SuggestionState::Planned,
            (State::Planned, Case::Registered { .. }) => SuggestionState::Registered,
            (State::Planned, Case::StruckOff { .. }) => SuggestionState::Implemented,
        }
    }

    /// Whether the meeting has to go on with it.
    pub fn is_to_do(&self) -> bool {
        match self.state {
            State::Made | State::Deliberated | State::Resolved => true,
            State::Planned => false,
        }
    }

    /// The case, once it is registered.
    pub fn case_id(&self) -> Option<Uuid> {
        match self.case {
            Case::NotRegistered => None,
            Case::Registered { case_id } | Case::StruckOff { case_id, .. } => Some(case_id),
        }
    }

    /// Whether one of the five is there.
    pub fn has(&self, one: MeetingOne) -> bool {
        self.ones.iter().any(|there| there.one == one)
    }
}

/// What happens if `command` is carried out by `by` at `now`, or why it is refused. `evidence` proves the one that the verb adds;
/// a resolution adds none.
pub fn decide(suggestion: &Suggestion, command: Command, evidence: &str, by: &By, now: Ts) -> Result<Vec<Event>, Refusal> {
    use State::{Deliberated, Made, Planned, Resolved};
    let proves = |one| Event::Evidenced(One { one, evidence: evidence.to_owned(), by: by.clone(), time: now });
    let wrong_state = |verb| Err(Refusal::WrongState { verb, state: suggestion.named() });
    match (suggestion.state, command) {
        (_, Command::RecordEvidence { one: one @ (MeetingOne::Unspecified | MeetingOne::Deliberation | MeetingOne::Plan) }) => {
            Err(Refusal::OneHasItsVerb(one))
        }
        (Made, Command::Deliberate { deliberation }) => {
            Ok(vec![Event::Deliberated { deliberation }, proves(MeetingOne::Deliberation)])
        }
        (Deliberated, Command::Resolve { resolution }) => Ok(vec![Event::Resolved { resolution }]),
        (Resolved, Command::AdoptPlan { plan }) => Ok(vec![Event::Planned { plan }, proves(MeetingOne::Plan)]),
        (Planned, Command::RecordEvidence { one }) if suggestion.has(one) => Err(Refusal::OneTwice(one)),
        (Planned, Command::RecordEvidence { one }) => Ok(vec![proves(one)]),
        (Deliberated | Resolved | Planned, Command::Deliberate { .. }) => wrong_state("Deliberate"),
        (Made | Resolved | Planned, Command::Resolve { .. }) => wrong_state("Resolve"),
        (Made | Deliberated | Planned, Command::AdoptPlan { .. }) => wrong_state("AdoptPlan"),
        (Made | Deliberated | Resolved, Command::RecordEvidence { .. }) => wrong_state("RecordEvidence"),
    }
}

/// What news of the case `case_id` means for the suggestion; nothing if it is nothing new. `link` is the case that was proposed last:
/// news of an earlier one comes too late to matter.
pub fn hear(suggestion: &Suggestion, link: Option<Link>, case_id: Uuid, news: News) -> Vec<Event> {
    if link.is_some_and(|link| link.case_id != case_id) {
        return Vec::new();
    }
    match (suggestion.state, suggestion.case, news) {
        (State::Planned, Case::NotRegistered, News::Declined) => vec![Event::Declined { case_id }],
        (State::Made | State::Deliberated | State::Resolved, Case::NotRegistered, News::Declined)
        | (_, Case::Registered { .. } | Case::StruckOff { .. }, News::Declined | News::Registered)
        | (_, Case::StruckOff { .. }, News::StruckOff(_)) => Vec::new(),
        (_, Case::NotRegistered, News::Registered) => vec![Event::Registered { case_id }],
        (_, Case::StruckOff { .. }, News::Reopened) => vec![Event::Registered { case_id }],
        (_, Case::NotRegistered | Case::Registered { .. }, News::Reopened) => Vec::new(),
        (_, Case::NotRegistered | Case::Registered { .. }, News::StruckOff(outcome)) => {
            vec![Event::Implemented { case_id, outcome }]
        }
        (_, _, News::Proves(one)) if suggestion.has(one.one) => Vec::new(),
        (_, _, News::Proves(one)) => vec![Event::Evidenced(one)],
    }
}

/// Lets `event` have happened.
pub fn apply(suggestion: &mut Suggestion, event: &Event) {
    suggestion.revision += 1;
    match event {
        Event::Made { .. } => {}
        Event::Deliberated { deliberation } => {
            suggestion.state = State::Deliberated;
            suggestion.deliberation.clone_from(deliberation);
        }
        Event::Resolved { resolution } => {
            suggestion.state = State::Resolved;
            suggestion.resolution.clone_from(resolution);
        }
        Event::Planned { plan } => {
            suggestion.state = State::Planned;
            suggestion.plan.clone_from(plan);
        }
        Event::Evidenced(one) => {
            suggestion.ones.push(one.clone());
            suggestion.ones.sort_by_key(|one| one.one as i32);
        }
        Event::Registered { case_id } => suggestion.case = Case::Registered { case_id: *case_id },
        Event::Declined { .. } => {
            suggestion.state = State::Resolved;
            suggestion.plan.clear();
            suggestion.ones.retain(|one| one.one != MeetingOne::Plan);
        }
        Event::Implemented { case_id, outcome } => suggestion.case = Case::StruckOff { case_id: *case_id, outcome: *outcome },
    }
}

#[cfg(test)]
mod tests;
