use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Outcome, Track, Verdict};
use sanben_proto::ledger::{CaseState, Door, ReviewStep};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    pub received: Ts,
    pub proposed: Ts,
}

/// Who acts: what the token and the unit tree say, at this instant.
#[derive(Clone, Debug)]
pub struct By {
    pub person: String,
    /// The own unit first, then those above it.
    pub units: Vec<String>,
    pub roles: Vec<Role>,
    /// The tenure at the gate unit that is in force now.
    pub signature: Option<Signature>,
    /// One level up.
    pub above: Above,
}

/// Who signs an exception: one level above the gate unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Above {
    /// The unit whose chief signs.
    pub unit: String,
    /// Whether no level is above the gate unit: then a superior outside the bureau decides, and the city chief signs that it did.
    pub superior_needed: bool,
    /// The tenure at that unit that is in force now.
    pub signature: Option<Signature>,
}

/// The right to sign for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub tenure: String,
    pub deputy: bool,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Register {
        number: String,
    },
    Decline {
        reason: String,
    },
    /// `lead` and each of `assisting` come with the units above them, the unit itself first.
    Assign {
        lead: Vec<String>,
        assisting: Vec<Vec<String>>,
    },
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
    RecordPublication {
        published: bool,
    },
    Examine,
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
}

/// The verbs, for what is said about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Register,
    Decline,
    Assign,
    Undertake,
    ReportBack,
    Review,
    Reply,
    RecordVerdict,
    RecordPublication,
    Examine,
    StrikeOff,
    StrikeOffByException,
    Archive,
    Reopen,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Proposed(Box<Opening>),
    Registered {
        number: String,
        by: String,
        at: Ts,
    },
    Declined {
        reason: String,
    },
    Assigned {
        lead: String,
        assisting: Vec<String>,
        by: String,
    },
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
    Settled,
    PublicationRecorded {
        published: bool,
    },
    Examined,
    StruckOff {
        door: Door,
        #[serde(default)]
        reason: String,
    },
    Archived,
    Reopened {
        submission: Uuid,
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
    ThreeOnesIncomplete { missing: Vec<&'static str> },
    NotOneLevelUp { unit: String },
    SuperiorMissing,
    Confirmed,
    PersonNotHeard { deadline: Ts },
}

impl Command {
    /// Which verb it is.
    pub fn verb(&self) -> Verb {
        match self {
            Command::Register { .. } => Verb::Register,
            Command::Decline { .. } => Verb::Decline,
            Command::Assign { .. } => Verb::Assign,
            Command::Undertake => Verb::Undertake,
            Command::ReportBack { .. } => Verb::ReportBack,
            Command::Review { .. } => Verb::Review,
            Command::Reply { .. } => Verb::Reply,
            Command::RecordVerdict { .. } => Verb::RecordVerdict,
            Command::RecordPublication { .. } => Verb::RecordPublication,
            Command::Examine => Verb::Examine,
            Command::StrikeOff => Verb::StrikeOff,
            Command::StrikeOffByException { .. } => Verb::StrikeOffByException,
            Command::Archive => Verb::Archive,
            Command::Reopen { .. } => Verb::Reopen,
        }
    }
}

impl Verb {
    /// All of them, in the order of a case's life.
    pub const ALL: [Verb; 14] = [
        Verb::Register,
        Verb::Decline,
        Verb::Assign,
        Verb::Undertake,
        Verb::ReportBack,
        Verb::Review,
        Verb::Reply,
        Verb::RecordVerdict,
        Verb::RecordPublication,
        Verb::Examine,
        Verb::StrikeOff,
        Verb::StrikeOffByException,
        Verb::Archive,
        Verb::Reopen,
    ];

    /// As officers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Verb::Register => "建账",
            Verb::Decline => "不予建账",
            Verb::Assign => "交办",
            Verb::Undertake => "承办",
            Verb::ReportBack => "反馈",
            Verb::Review => "审核",
            Verb::Reply => "回复",
            Verb::RecordVerdict => "评价",
            Verb::RecordPublication => "公开",
            Verb::Examine => "问责",
            Verb::StrikeOff => "销号",
            Verb::StrikeOffByException => "特殊销号",
            Verb::Archive => "归档",
            Verb::Reopen => "重新办理",
        }
    }
}
