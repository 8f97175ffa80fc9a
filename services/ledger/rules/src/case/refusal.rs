use sanben_clock::Ts;
use sanben_proto::ledger::{CaseState, CaseVerb, ReviewStep};

/// Why a verb is refused. Each names what would satisfy the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongState {
        state: CaseState,
        verb: CaseVerb,
    },
    NotTheChief {
        unit: String,
    },
    SignerIsAccused,
    SignerIsHandler,
    HandlerIsAccused,
    AssistingIsLead {
        unit: String,
    },
    LeadOutsideGate {
        unit: String,
    },
    NotTheLeadUnit {
        unit: String,
    },
    NotTheHandler,
    WrongReviewRole {
        step: ReviewStep,
    },
    ReviewerTwice,
    CriteriaNotMet,
    ReasonMissing,
    WrongRound {
        round: i32,
    },
    VerdictTooLate {
        deadline: Ts,
    },
    VerdictTwice,
    NotOfThisCase,
    ExaminerIsHandler,
    NotConfirmed,
    ThreeOnesIncomplete {
        missing: Vec<String>,
    },
    NotOneLevelUp {
        unit: String,
    },
    SuperiorMissing,
    Confirmed,
    PersonNotHeard {
        deadline: Ts,
    },
    NotUrgent,
    NotSigned,
    ObjectionTooLate {
        deadline: Ts,
    },
    ObjectionClosed,
    NobodyAbove,
    NotTheSuperior {
        unit: String,
    },
    /// What is asked for in this field is so already.
    Unchanged {
        field: &'static str,
    },
    AlreadyInBook,
    NotAssisting,
    NotInvolved {
        unit: String,
    },
    UrgingUnknown {
        last: usize,
    },
    UrgingAnswered,
    TooManyUrgings,
    VisitorInvolved,
    VisitedToday,
    UrgentGoesOn,
    ComplaintThroughTriage,
    ReferredAlready,
    NoOpenReferral,
    ReferralOpen,
    OwnedAlready,
    ExaminerIsExamined,
    RepeatLinked,
    NotEarlier,
    RepeatLessSealed,
    AnswererInvolved,
    AppealOpen,
    NoOpenAppeal,
    NotTheAppealUnit {
        unit: String,
    },
    OpinionMissing,
    NotAPetition,
    ExtendedAlready,
    ExtensionTooLate {
        due: Ts,
    },
    PaperUnknown,
    TooManyPapers,
    CoHandlingSealed,
    TooManyCoHandlings,
    CoHandlingAnswered,
    CoHandlingWithdrawn,
    ClockPaused,
    ClockNotPaused,
    ContactedAlready,
    TooManyPauses,
    PauseTooLate {
        due: Ts,
    },
    DraftUnknown,
    DraftClosed,
    NotTheSigner {
        unit: String,
    },
    /// As if it were not there.
    NoCoHandling,
}
