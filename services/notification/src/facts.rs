//! What is known, from other services, of that which an event is about. Pure.

use sanben_access::Org;
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::CaseState;
use uuid::Uuid;

/// Who is complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accused {
    pub units: Vec<String>,
    pub persons: Vec<String>,
}

impl Accused {
    /// Whether somebody is.
    pub fn is_anybody(&self) -> bool {
        !self.units.is_empty() || !self.persons.is_empty()
    }

    /// Whether `unit` is complained about, or is below a unit that is.
    pub fn covers(&self, org: &Org, unit: &str) -> bool {
        self.units.iter().any(|accused| org.is_within(unit, accused))
    }
}

/// Of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionFacts {
    pub id: Uuid,
    /// The submission that it is a part of; its person holds only the receipt code of that one.
    pub part_of: Option<Uuid>,
    /// Whether it has become a case.
    pub is_case: bool,
    /// Whether it is a complaint or report.
    pub sealed: bool,
    /// The unit it was addressed to; empty if to none.
    pub unit: String,
    /// As triage has proposed it last.
    pub accused: Accused,
}

impl SubmissionFacts {
    /// Whether its person is told nothing of the matter. What was not called a complaint may turn out to be one in triage.
    pub fn is_secret(&self) -> bool {
        self.sealed || self.accused.is_anybody()
    }
}

/// Of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    pub id: Uuid,
    /// Empty before it is registered.
    pub number: String,
    pub state: CaseState,
    pub round: i32,
    /// What the person last said of the reply that the event is about.
    pub verdict: Verdict,
    pub sealed: bool,
    /// Whether danger to life is not held at its gate.
    pub urgent: bool,
    /// The unit whose chief decides on an objection of the lead unit; empty if nobody's.
    pub objection_unit: String,
    /// The unit that the event urges; empty if it is about something else.
    pub urged_unit: String,
    /// The unit that a letter or an order goes to whose signature the event is; empty if it is about something else.
    pub letter_unit: String,
    pub gate_unit: String,
    /// The unit whose chief signs an exception.
    pub exception_unit: String,
    pub lead_unit: String,
    pub assisting_units: Vec<String>,
    /// Empty before it is undertaken.
    pub handler: String,
    /// The leader who answers for it in person; empty if none.
    pub owner: String,
    /// The submission whose person asked for what happened; none if nobody did.
    pub asker: Option<Uuid>,
    /// Drafts that wait, each with the unit whose chief signs it; of those, the ones that the event is about.
    pub waiting_drafts: Vec<(i32, String)>,
    /// Whose chief decides on the last appeal; empty if there was none.
    pub appeal_unit: String,
    /// Whether it has been signed and its required checklists, such as the three ones, are complete.
    pub complete: bool,
    /// Whether one of them waits for what only the handler puts on record.
    pub record_missing: bool,
    /// The submissions that the event is about.
    pub submissions: Vec<SubmissionFacts>,
}

impl CaseFacts {
    /// Who is complained about in any of its submissions.
    pub fn accused(&self) -> Accused {
        let mut all = Accused::default();
        for submission in &self.submissions {
            all.units.extend(submission.accused.units.iter().cloned());
            all.persons.extend(submission.accused.persons.iter().cloned());
        }
        all
    }

    /// Whether the chief can sign the strike-off.
    pub fn is_ready_to_strike_off(&self) -> bool {
        self.state == CaseState::Settled && self.complete && self.verdict != Verdict::Dissatisfied
    }

    /// Whether only an exception, one level up, strikes it off in this round: the person has spoken and not confirmed.
    pub fn needs_exception(&self) -> bool {
        let unconfirmed = match self.state {
            CaseState::Replied => self.verdict != Verdict::Unspecified,
            CaseState::Settled => self.verdict == Verdict::Dissatisfied,
            _ => false,
        };
        unconfirmed && self.complete
    }
}
