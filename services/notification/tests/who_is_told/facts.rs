//! What the tables are about.

use sanben_notification::facts::{Accused, CaseFacts, SubmissionFacts};
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::CaseState;
use uuid::Uuid;

pub const NUMBER: &str = "求〔2026〕7F3K2Q";

/// A demand addressed to a station of Lianhu.
pub fn submission() -> SubmissionFacts {
    SubmissionFacts {
        id: Uuid::from_u128(1),
        part_of: None,
        is_case: false,
        sealed: false,
        unit: "lianhu-tumen".into(),
        accused: Accused::default(),
    }
}

/// A complaint, of which triage found that it is about the station it was addressed to and an officer there.
pub fn complaint() -> SubmissionFacts {
    let accused = Accused { units: vec!["lianhu-tumen".into()], persons: vec!["p-accused".into()] };
    SubmissionFacts { sealed: true, accused, ..submission() }
}

/// What became of the demand: led by the station, assisted by another, under the chief of Lianhu.
pub fn case() -> CaseFacts {
    CaseFacts {
        id: Uuid::from_u128(2),
        number: NUMBER.into(),
        state: CaseState::Settled,
        round: 1,
        verdict: Verdict::Satisfied,
        sealed: false,
        urgent: false,
        objection_unit: "lianhu".into(),
        urged_unit: String::new(),
        letter_unit: String::new(),
        gate_unit: "lianhu".into(),
        exception_unit: "city".into(),
        lead_unit: "lianhu-tumen".into(),
        assisting_units: vec!["lianhu-zaoyuan".into()],
        handler: "p-handler".into(),
        owner: String::new(),
        asker: None,
        appeal_unit: "city".into(),
        complete: false,
        record_missing: false,
        waiting_drafts: Vec::new(),
        submissions: vec![submission()],
    }
}
