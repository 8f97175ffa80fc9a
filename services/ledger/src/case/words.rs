use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{AppealStep, Door, PersonalDuty, RecordKind, ReviewStep};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::assignment::Chain;
use super::{Accounted, Case, Checklist, Content, Joined};

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
    /// `paper`: the kind and number of what goes with it.
    Urge {
        unit: String,
        /// `YYYY-MM-DD`.
        due: String,
        paper: Option<(PaperKind, String)>,
    },
    AnswerUrge {
        /// From 1.
        number: usize,
    },
    AddRecord {
        kind: RecordKind,
    },
    /// Outside the bureau.
    AskAuthority {
        authority: String,
        /// That may answer.
        system: String,
        /// `YYYY-MM-DD`.
        due: String,
    },
    /// By the system that was asked.
    AnswerCoHandling {
        /// From 1.
        number: usize,
    },
    Refer,
    AnswerReferral,
    Undertake,
    /// `opinion`: whether a written opinion comes with it.
    ReportBack {
        outcome: Outcome,
        opinion: bool,
    },
    /// `corrects`: whether the number is that of an earlier paper.
    IssuePaper {
        content: Content,
        number: String,
        corrects: bool,
    },
    Extend {
        days: u32,
        reason: String,
        /// Of the notice.
        number: String,
        /// The last instant at which it is not overdue.
        due: Ts,
    },
    Review {
        approve: bool,
        criteria_met: bool,
        reason: String,
    },
    /// `opinion`: the number that the written opinion gets.
    Reply {
        verdict_deadline: Ts,
        opinion: String,
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
        #[serde(default)]
        at: Option<Ts>,
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
    AuthorityAsked {
        authority: String,
        system: String,
        due: String,
    },
    AuthorityAnswered {
        number: usize,
    },
    Referred,
    ReferralAnswered,
    Undertaken {
        handler: String,
    },
    ReportedBack {
        outcome: Outcome,
        #[serde(default)]
        opinion: bool,
    },
    /// `path`: the one that its persons are told of. `submission`: whose person reads it, if not everybody's.
    PaperIssued {
        kind: PaperKind,
        number: String,
        version: i32,
        path: Option<LegalPath>,
        submission: Option<Uuid>,
    },
    Extended {
        days: u32,
        reason: String,
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
