use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{PauseGround, PersonalDuty, RecordKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::appeal::Hearing;
use super::assignment::Chain;
use super::presets::Chosen;
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
    /// What it is measured by.
    #[serde(default)]
    pub presets: Chosen,
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
        /// `YYYY-MM-DD`; empty for what the presets say.
        assist_due: String,
    },
    /// Before a chief has signed.
    AssignUrgently {
        lead: Chain,
        assisting: Vec<Chain>,
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
    /// `due`: the last instant at which it is not overdue.
    Pause {
        ground: PauseGround,
        authority: String,
        reason: String,
        due: Ts,
    },
    Resume,
    Contact,
    /// `due`: of a letter or an order, `YYYY-MM-DD`. `paper`: the number of the paper that is issued with it.
    SignDraft {
        number: i32,
        due: String,
        paper: String,
    },
    DropDraft {
        number: i32,
        reason: String,
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
    /// Its days do not count.
    Hear {
        hearing: Hearing,
    },
    /// `superior`: whether the decision of a superior outside the bureau was given.
    DecideAppeal {
        upheld: bool,
        superior: bool,
    },
}
