use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Outcome, Track, Verdict};
use sanben_proto::ledger::{AppealStep, CaseState, Door, PersonalDuty, RecordKind, ReviewStep};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::assignment::Chain;
use super::{Accounted, Case, Checklist, Joined, Verb};

/// What a case is opened with. Never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub submissions: Vec<Uuid>,
    pub book: Book,
    pub track: Track,
    pub origin: Channel,
    pub title: String,
    pub summary: String,
    /// The proposed lead unit.
    pub lead_unit: String,
    /// The unit whose chief signs.
    pub gate_unit: String,
    /// The gate unit and those above it: there the second and third review are made.
    pub gate_chain: Vec<String>,
    pub accused_units: Vec<String>,
    pub accused_persons: Vec<String>,
    pub sealed: bool,
    /// How many people speak in it together.
    #[serde(default = "one")]
    pub parties: i32,
    /// What another authority that handed it over calls it.
    #[serde(default)]
    pub external: Option<External>,
    pub received: Ts,
    pub proposed: Ts,
}

fn one() -> i32 {
    1
}

/// What another authority calls a matter that it handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    pub authority: String,
    pub number: String,
    /// `YYYY-MM-DD`; empty if it set none.
    pub due: String,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    /// `checklists`: what it is judged by from now on.
    Register {
        number: String,
        checklists: Vec<Checklist>,
    },
    Decline {
        reason: String,
    },
    Assign {
        lead: Chain,
        assisting: Vec<Chain>,
        /// `YYYY-MM-DD`.
        assist_due: String,
    },
    /// Before a chief has signed.
    AssignUrgently {
        lead: Chain,
        assisting: Vec<Chain>,
        /// `YYYY-MM-DD`.
        assist_due: String,
    },
    Object {
        reason: String,
        /// The last instant at which it may.
        deadline: Ts,
    },
    /// `lead`: who leads instead; nobody leaves it where it is.
    DecideObjection {
        lead: Option<Chain>,
        reason: String,
        /// `YYYY-MM-DD`, for units that assist another lead.
        assist_due: String,
    },
    Reclassify {
        book: Book,
        track: Track,
        reason: String,
    },
    Contribute,
    Coordinate,
    Urge {
        unit: String,
        /// `YYYY-MM-DD`.
        due: String,
    },
    AnswerUrge {
        /// From 1.
        number: usize,
    },
    AddRecord {
        kind: RecordKind,
    },
    Refer,
    AnswerReferral,
    Undertake,
    ReportBack {
        outcome: Outcome,
    },
    Review {
        approve: bool,
        criteria_met: bool,
        reason: String,
    },
    Reply {
        verdict_deadline: Ts,
    },
    RecordVerdict {
        submission: Uuid,
        round: i32,
        verdict: Verdict,
    },
    /// `Unreachable` if the person was not reached this time.
    ReturnVisit {
        submission: Uuid,
        round: i32,
        verdict: Verdict,
    },
    RecordPublication {
        published: bool,
    },
    Examine {
        persons: Vec<Accounted>,
    },
    Own {
        duty: PersonalDuty,
    },
    LinkRepeat {
        earlier: Box<Case>,
    },
    StrikeOff,
    /// `superior`: whether the decision of a superior outside the bureau was given.
    StrikeOffByException {
        reason: String,
        superior: bool,
    },
    Archive,
    /// By the person behind the submission.
    Reopen {
        submission: Uuid,
        round: i32,
    },
    /// By the desk: another submission says the same.
    Join(Joined),
    Detach {
        submission: Uuid,
    },
    /// By the person behind the submission.
    Appeal {
        submission: Uuid,
        round: i32,
        /// The last instant at which it may be asked for.
        deadline: Ts,
    },
    /// So many days, which do not count.
    Hear {
        days: u32,
    },
    /// `superior`: whether the decision of a superior outside the bureau was given.
    DecideAppeal {
        upheld: bool,
        superior: bool,
    },
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Proposed(Box<Opening>),
    Registered {
        number: String,
        by: String,
        at: Ts,
        /// None if it was before there were lists.
        #[serde(default)]
        checklists: Option<Vec<Checklist>>,
    },
    Declined {
        reason: String,
    },
    Assigned {
        lead: String,
        assisting: Vec<String>,
        by: String,
        #[serde(default)]
        at: Option<Ts>,
        #[serde(default)]
        assist_due: String,
        /// Who signs for it from now on, with the units above; as before if not said.
        #[serde(default)]
        gate: Option<Chain>,
    },
    AssignedUrgently {
        lead: String,
        assisting: Vec<String>,
        by: String,
        at: Ts,
        assist_due: String,
    },
    Objected {
        unit: String,
        at: Ts,
        reason: String,
    },
    ObjectionDecided {
        upheld: bool,
        reason: String,
    },
    Reclassified {
        book: Book,
        track: Track,
        reason: String,
    },
    Contributed {
        unit: String,
    },
    Coordinated,
    Urged {
        unit: String,
        due: String,
    },
    UrgeAnswered {
        number: usize,
    },
    RecordAdded {
        kind: RecordKind,
    },
    Referred,
    ReferralAnswered,
    Undertaken {
        handler: String,
    },
    ReportedBack {
        outcome: Outcome,
    },
    Reviewed {
        step: ReviewStep,
        person: String,
        unit: String,
        at: Ts,
    },
    SentBack {
        step: ReviewStep,
        reason: String,
    },
    Replied {
        at: Ts,
        verdict_deadline: Ts,
    },
    VerdictRecorded {
        submission: Uuid,
        verdict: Verdict,
    },
    Visited {
        submission: Uuid,
        reached: bool,
        at: Ts,
    },
    Settled,
    PublicationRecorded {
        published: bool,
    },
    /// Nobody's part.
    Examined,
    ExaminedOf {
        persons: Vec<Accounted>,
    },
    Owned {
        person: String,
        duty: PersonalDuty,
        at: Ts,
    },
    RepeatLinked {
        earlier: Uuid,
        number: i32,
    },
    StruckOff {
        door: Door,
        #[serde(default)]
        reason: String,
    },
    Archived,
    Reopened {
        submission: Uuid,
    },
    Joined(Joined),
    /// The case took it no longer.
    JoinRefused {
        submission: Uuid,
    },
    Detached {
        submission: Uuid,
    },
    Appealed {
        step: AppealStep,
        submission: Uuid,
        at: Ts,
    },
    Heard {
        days: u32,
    },
    AppealDecided {
        step: AppealStep,
        upheld: bool,
        at: Ts,
    },
}

/// Why a verb is refused. Each names what would satisfy the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongState { state: CaseState, verb: Verb },
    NotTheChief { unit: String },
    SignerIsAccused,
    SignerIsHandler,
    HandlerIsAccused,
    AssistingIsLead { unit: String },
    LeadOutsideGate { unit: String },
    NotTheLeadUnit { unit: String },
    NotTheHandler,
    WrongReviewRole { step: ReviewStep },
    ReviewerTwice,
    CriteriaNotMet,
    ReasonMissing,
    WrongRound { round: i32 },
    VerdictTooLate { deadline: Ts },
    VerdictTwice,
    NotOfThisCase,
    ExaminerIsHandler,
    NotConfirmed,
    ThreeOnesIncomplete { missing: Vec<String> },
    NotOneLevelUp { unit: String },
    SuperiorMissing,
    Confirmed,
    PersonNotHeard { deadline: Ts },
    NotUrgent,
    NotSigned,
    ObjectionTooLate { deadline: Ts },
    ObjectionClosed,
    NobodyAbove,
    NotTheSuperior { unit: String },
    LeadUnchanged,
    AlreadyInBook,
    NotAssisting,
    NotInvolved { unit: String },
    UrgingUnknown { last: usize },
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
    NotTheAppealUnit { unit: String },
}
