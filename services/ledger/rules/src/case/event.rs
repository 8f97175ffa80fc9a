//! What can happen to a case, and what the outside hears of it.

use sanben_clock::Ts;
use sanben_event::{Aggregate, Fact, count, fact};
use sanben_proto::kinds::{Book, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{self as pb, AppealStep, ClockKind, Door, PersonalDuty, RecordKind, ReviewStep, Rung};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::appeal::Hearing;
use super::assignment::Chain;
use super::paper::is_announced;
use super::{Accounted, Case, Checklist, Draft, Extension, Joined, Opening, Paused, Projected, apply};

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
    HandlerReplaced {
        handler: String,
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

impl Aggregate for Case {
    const NAME: &'static str = "case";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &Event) {
        apply(self, event);
    }

    fn fact(&self, event: &Event) -> Fact {
        let case_id = self.id.to_string();
        let submission_ids: Vec<String> = self.submissions().map(|id| id.to_string()).collect();
        let outcome = self.state.report().map_or(0, |report| report.outcome as i32);
        match event {
            Event::Proposed(_) => fact("", &pb::CaseProposed { case_id, submission_ids }),
            Event::Registered { number, .. } => {
                let book = self.book() as i32;
                fact("", &pb::CaseRegistered { case_id, submission_ids, book, number: number.clone() })
            }
            Event::Declined { reason, .. } => fact(reason, &pb::CaseDeclined { case_id, submission_ids }),
            Event::Assigned { .. } => fact("", &pb::CaseAssigned { case_id, submission_ids, urgent: false }),
            Event::AssignedUrgently { .. } => fact("", &pb::CaseAssigned { case_id, submission_ids, urgent: true }),
            Event::Objected { reason, .. } => fact(reason, &pb::CaseObjected { case_id, submission_ids }),
            Event::ObjectionDecided { upheld, reason } => {
                fact(reason, &pb::ObjectionDecided { case_id, submission_ids, upheld: *upheld })
            }
            Event::HandlerReplaced { reason, .. } => fact(reason, &pb::HandlerReplaced { case_id, submission_ids }),
            Event::Reclassified { book, track, reason } => {
                fact(reason, &pb::CaseReclassified { case_id, submission_ids, book: *book as i32, track: *track as i32 })
            }
            Event::Contributed { .. } => fact("", &pb::ContributionMade { case_id, submission_ids }),
            Event::Coordinated => fact("", &pb::CaseCoordinated { case_id, submission_ids }),
            Event::Urged { .. } => fact("", &pb::CaseUrged { case_id, submission_ids, number: count(self.urgings.len()) }),
            Event::UrgeAnswered { number } => fact("", &pb::UrgeAnswered { case_id, submission_ids, number: count(*number) }),
            Event::AuthorityAsked { .. } => {
                fact("", &pb::AuthorityAsked { case_id, submission_ids, number: count(self.co_handlings.len()) })
            }
            Event::AuthorityAnswered { number } => {
                fact("", &pb::AuthorityAnswered { case_id, submission_ids, number: count(*number) })
            }
            Event::RecordAdded { kind } => fact("", &pb::CaseRecordAdded { case_id, submission_ids, kind: *kind as i32 }),
            Event::PaperIssued { kind, version, submission, .. } => {
                let submission_id = submission.map(|id| id.to_string()).unwrap_or_default();
                let (version, announced) = (*version, is_announced(*kind));
                fact("", &pb::PaperIssued { case_id, submission_ids, kind: *kind as i32, version, submission_id, announced })
            }
            Event::Extended { days, reason, .. } => fact(reason, &pb::CaseExtended { case_id, submission_ids, days: count(*days) }),
            Event::Paused(_) => fact("", &pb::CasePaused { case_id, submission_ids }),
            Event::Resumed { .. } => fact("", &pb::CaseResumed { case_id, submission_ids }),
            Event::Contacted { .. } => fact("", &pb::ContactRecorded { case_id, submission_ids }),
            Event::Projected { edition, days } => {
                let (calendar_edition, moved) = (count(*edition), days.iter().any(|one| one.before != one.after));
                fact("", &pb::DeadlinesProjected { case_id, submission_ids, calendar_edition, moved })
            }
            Event::Undertaken { .. } => fact("", &pb::CaseUndertaken { case_id, submission_ids }),
            Event::ReportedBack { .. } => fact("", &pb::CaseReportedBack { case_id, submission_ids }),
            Event::RungReached { kind, rung, drafts, .. } => {
                let (clock_kind, rung, draft_numbers) = (*kind as i32, *rung as i32, drafts.iter().map(|one| one.number).collect());
                fact("", &pb::RungReached { case_id, submission_ids, clock_kind, rung, draft_numbers })
            }
            Event::DraftSigned { number } => fact("", &pb::DraftSigned { case_id, submission_ids, number: *number }),
            Event::DraftDropped { number, reason } => fact(reason, &pb::DraftDropped { case_id, submission_ids, number: *number }),
            Event::DraftsLapsed { numbers } => fact("", &pb::DraftsLapsed { case_id, submission_ids, numbers: numbers.clone() }),
            Event::UnitsChanged { .. } => fact("", &pb::CaseUnitsChanged { case_id, submission_ids }),
            Event::DraftsRenewed { drafts } => {
                let numbers = drafts.iter().map(|one| one.number).collect();
                fact("", &pb::DraftsRenewed { case_id, submission_ids, numbers })
            }
            Event::Reviewed { step, .. } => fact("", &pb::CaseReviewed { case_id, submission_ids, step: *step as i32 }),
            Event::SentBack { reason, .. } => fact(reason, &pb::CaseSentBack { case_id, submission_ids }),
            Event::Replied { .. } => fact("", &pb::CaseReplied { case_id, submission_ids, round: self.round }),
            Event::VerdictRecorded { .. } => fact("", &pb::VerdictRecorded { case_id, submission_ids, round: self.round }),
            Event::Visited { reached, .. } => fact("", &pb::ReturnVisitRecorded { case_id, submission_ids, reached: *reached }),
            Event::Referred => fact("", &pb::CaseReferred { case_id, submission_ids }),
            Event::ReferralAnswered => fact("", &pb::ReferralAnswered { case_id, submission_ids }),
            Event::Settled => fact("", &pb::CaseSettled { case_id, submission_ids, outcome }),
            Event::PublicationRecorded { .. } => fact("", &pb::PublicationRecorded { case_id, submission_ids }),
            Event::Appealed { step, .. } => fact("", &pb::CaseAppealed { case_id, submission_ids, step: *step as i32 }),
            Event::Heard { .. } => fact("", &pb::HearingRecorded { case_id, submission_ids }),
            Event::AppealDecided { step, upheld, .. } => {
                fact("", &pb::AppealDecided { case_id, submission_ids, step: *step as i32, upheld: *upheld })
            }
            Event::Owned { duty, .. } => fact("", &pb::CaseOwned { case_id, submission_ids, duty: *duty as i32 }),
            Event::RepeatLinked { number, .. } => {
                fact("", &pb::CaseRepeatLinked { case_id, submission_ids, repeat_number: *number })
            }
            Event::Examined | Event::ExaminedOf { .. } => fact("", &pb::AccountabilityExamined { case_id, submission_ids }),
            Event::StruckOff { door, reason } => {
                fact(reason, &pb::CaseStruckOff { case_id, submission_ids, door: *door as i32, outcome })
            }
            Event::Archived => fact("", &pb::CaseArchived { case_id, submission_ids, outcome }),
            Event::Reopened { submission, .. } => {
                let submission_id = submission.to_string();
                fact("", &pb::CaseReopened { case_id, submission_ids, round: self.round, submission_id })
            }
            Event::Joined(joined) => {
                fact("", &pb::CaseJoined { case_id, submission_ids, submission_id: joined.submission.to_string() })
            }
            Event::JoinRefused { submission } => {
                fact("", &pb::JoinRefused { case_id, submission_ids, submission_id: submission.to_string() })
            }
            Event::Detached { submission } => {
                fact("", &pb::CaseDetached { case_id, submission_ids, submission_id: submission.to_string() })
            }
        }
    }
}
