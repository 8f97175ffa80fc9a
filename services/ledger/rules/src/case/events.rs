use sanben_clock::Ts;
use sanben_proto::kinds::{Book, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{AppealStep, ClockKind, Door, PersonalDuty, RecordKind, ReviewStep, Rung};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::appeal::Hearing;
use super::assignment::Chain;
use super::{Accounted, Checklist, Draft, Extension, Joined, Opening, Paused, Projected};

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
        #[serde(default)]
        at: Option<Ts>,
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
        #[serde(default)]
        at: Option<Ts>,
    },
    Extended {
        days: u32,
        reason: String,
        /// None if that was not kept.
        #[serde(default)]
        signed: Option<Extension>,
    },
    Paused(Paused),
    Resumed {
        at: Ts,
    },
    Contacted {
        at: Ts,
    },
    /// With another edition of the calendar.
    Projected {
        edition: i64,
        days: Vec<Projected>,
    },
    /// By a clock, with what that has a person sign.
    RungReached {
        kind: ClockKind,
        subject: String,
        turn: i64,
        rung: Rung,
        at: Ts,
        drafts: Vec<Draft>,
    },
    DraftSigned {
        number: i32,
    },
    DraftDropped {
        number: i32,
        reason: String,
    },
    /// Their clock was moved.
    DraftsLapsed {
        numbers: Vec<i32>,
    },
    /// In place of what has lapsed: its clock has come as far again.
    DraftsRenewed {
        drafts: Vec<Draft>,
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
        #[serde(default)]
        at: Option<Ts>,
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
    /// The units above its gate, or whose chiefs sign what is drafted, are other ones now. `signers`: by the numbers of the drafts.
    UnitsChanged {
        gate: Vec<String>,
        signers: Vec<(i32, String)>,
    },
    Heard {
        days: u32,
        /// None if it was not kept which days they were.
        #[serde(default)]
        hearing: Option<Hearing>,
    },
    AppealDecided {
        step: AppealStep,
        upheld: bool,
        at: Ts,
    },
}
