//! What can happen to a case, and what of it the persons behind its submissions are told.

use sanben_proto::intake::PublicStep;
use sanben_proto::ledger::ReviewStep;

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseStep {
    Proposed,
    Registered,
    Assigned,
    Undertaken,
    ReportedBack,
    Reviewed(ReviewStep),
    SentBack,
    Replied,
    VerdictRecorded,
    Settled,
    PublicationRecorded,
    AccountabilityExamined,
    StruckOff,
    Archived,
    Reopened,
    Objected,
    ObjectionDecided {
        upheld: bool,
    },
    Reclassified,
    Contributed,
    Urged,
    UrgeAnswered,
    AuthorityAnswered,
    Referred,
    ReferralAnswered,
    Joined,
    Detached,
    Owned,
    RepeatLinked,
    Appealed,
    AppealDecided,
    PaperIssued,
    Extended,
    Paused,
    Resumed,
    /// A clock has drafted something.
    Drafted,
    /// A chief has signed it.
    DraftSigned,
    /// Put on record, or a return visit: what a checklist may have waited for.
    Evidenced,
}

/// Whether the persons behind its submissions are told of it.
pub fn is_public(step: CaseStep) -> bool {
    public_step(step).is_some()
}

/// What they see of it, if they do.
pub fn public_step(step: CaseStep) -> Option<PublicStep> {
    match step {
        CaseStep::Registered => Some(PublicStep::Registered),
        CaseStep::Assigned => Some(PublicStep::Assigned),
        CaseStep::Undertaken => Some(PublicStep::Undertaken),
        CaseStep::Replied => Some(PublicStep::Replied),
        CaseStep::Settled => Some(PublicStep::Settled),
        CaseStep::StruckOff => Some(PublicStep::StruckOff),
        CaseStep::Archived => Some(PublicStep::Archived),
        CaseStep::AppealDecided => Some(PublicStep::AppealDecided),
        CaseStep::PaperIssued => Some(PublicStep::PaperIssued),
        CaseStep::Paused => Some(PublicStep::Paused),
        CaseStep::Resumed => Some(PublicStep::Resumed),
        CaseStep::Reopened => Some(PublicStep::Reopened),
        CaseStep::Proposed
        | CaseStep::ReportedBack
        | CaseStep::Reviewed(_)
        | CaseStep::SentBack
        | CaseStep::VerdictRecorded
        | CaseStep::PublicationRecorded
        | CaseStep::AccountabilityExamined
        | CaseStep::Objected
        | CaseStep::ObjectionDecided { .. }
        | CaseStep::Reclassified
        | CaseStep::Contributed
        | CaseStep::Urged
        | CaseStep::UrgeAnswered
        | CaseStep::AuthorityAnswered
        | CaseStep::Referred
        | CaseStep::ReferralAnswered
        | CaseStep::Joined
        | CaseStep::Detached
        | CaseStep::Owned
        | CaseStep::RepeatLinked
        // The notice of it says so.
        | CaseStep::Extended
        | CaseStep::Drafted
        | CaseStep::DraftSigned
        | CaseStep::Evidenced
        // Intake says so at once.
        | CaseStep::Appealed => None,
    }
}
