//! What the outside hears of what happens to a case.

use sanben_event::{Aggregate, Fact, count, fact};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use super::paper::is_announced;
use super::{Case, Event, apply};

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
