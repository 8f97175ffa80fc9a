//! Proto ⇄ domain.

use sanben_access::Role;
use sanben_bus::{Aggregate, Fact};
use sanben_host::{Call, fact, timestamp};
use sanben_proto::intake as pb;
use uuid::Uuid;

use crate::submission::{Event, External, Proposal, Submission, apply};

impl Aggregate for Submission {
    const NAME: &'static str = "submission";
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
        let submission_id = self.id.to_string();
        match event {
            Event::Received => fact(
                "",
                &pb::SubmissionReceived {
                    submission_id,
                    channel: self.channel as i32,
                    kind: self.kind as i32,
                    language: self.language.clone(),
                    sealed: self.sealed(),
                    unit_id: if self.sealed() { String::new() } else { self.unit.clone() },
                },
            ),
            Event::Answered => fact("", &pb::SubmissionAnswered { submission_id }),
            Event::Passed { authority, .. } => fact("", &pb::SubmissionPassed { submission_id, authority: authority.clone() }),
            Event::Refused => fact("", &pb::SubmissionRefused { submission_id }),
            Event::Proposed(_) => fact("", &pb::SubmissionProposed { submission_id, proposal: self.proposals }),
            Event::Acknowledged(praise) => fact("", &pb::SubmissionAcknowledged { submission_id, unit_id: praise.unit.clone() }),
            Event::Split { .. } => fact("", &pb::SubmissionSplit { submission_id }),
            Event::Joined(joined) => fact("", &pb::SubmissionJoined { submission_id, case_id: joined.case_id.to_string() }),
            Event::Detached { case_id, reason, .. } => {
                fact(reason, &pb::SubmissionDetached { submission_id, case_id: case_id.to_string() })
            }
            Event::Appealed(appealed) => {
                fact("", &pb::SubmissionAppealed { submission_id, case_id: self.case_now(), round: appealed.round })
            }
            Event::PartProposed { .. } => fact("", &pb::PartProposed { submission_id }),
            Event::Reopened { round } => {
                fact("", &pb::SubmissionReopened { submission_id, case_id: self.case_now(), round: *round })
            }
            Event::Withdrawn => fact("", &pb::SubmissionWithdrawn { submission_id }),
            Event::ReceiptSealed { reason } => fact(reason, &pb::ReceiptSealed { submission_id }),
            Event::WordsRead { purpose } => fact(purpose, &pb::WordsRead { submission_id }),
            Event::Linked { case_id } => fact("", &pb::SubmissionLinked { submission_id, case_id: case_id.to_string() }),
            Event::Returned => fact("", &pb::SubmissionReturned { submission_id }),
            Event::LeadChanged { .. } => fact("", &pb::SubmissionLeadChanged { submission_id }),
        }
    }
}

impl Submission {
    /// The case that it is in; empty if in none.
    fn case_now(&self) -> String {
        self.case_id.map(|id| id.to_string()).unwrap_or_default()
    }
}

pub fn submission(call: &Call, of: &Submission) -> pb::Submission {
    let (title, summary) = of.standing().map(|p| (p.title.clone(), p.summary.clone())).unwrap_or_default();
    let part = of.part_of.as_ref();
    // Whoever handles one part does not learn that there are others: one of them may be about themselves.
    let known = part.filter(|_| call.caller.is(Role::Service));
    pb::Submission {
        submission_id: of.id.to_string(),
        state: of.state.named() as i32,
        kind: of.kind as i32,
        channel: of.channel as i32,
        unit_id: of.unit.clone(),
        // The same reference on two papers would tell who stands behind a sealed one.
        party_ref: if of.is_secret() { String::new() } else { of.party_ref.to_string() },
        anonymous: of.anonymous,
        sealed: of.sealed(),
        receive_time: Some(timestamp(of.received)),
        case_id: of.case_now(),
        title: if title.is_empty() { part.map(|part| part.title.clone()).unwrap_or_default() } else { title },
        summary: of.praise.as_ref().map_or(summary, |praise| praise.summary.clone()),
        etag: of.revision.to_string(),
        part_of: known.map(|part| part.whole.to_string()).unwrap_or_default(),
        part: known.map_or(0, |part| part.number),
        part_count: i32::try_from(of.parts.len()).unwrap_or(i32::MAX),
        reopen_count: of.reopenings,
        party_count: of.parties,
        representative_count: i32::try_from(of.representatives.len()).unwrap_or(i32::MAX),
        external: of.external.as_ref().map(external),
        joined_to: of.joined.as_ref().map(|joined| joined.to.to_string()).unwrap_or_default(),
    }
}

pub fn external_from(of: &sanben_proto::kinds::External) -> External {
    External { authority: of.authority.trim().to_owned(), number: of.number.trim().to_owned(), due: of.due_date.clone() }
}

fn external(of: &External) -> sanben_proto::kinds::External {
    let External { authority, number, due } = of.clone();
    sanben_proto::kinds::External { authority, number, due_date: due }
}

pub fn proposal_from(of: pb::Proposal) -> Proposal {
    Proposal {
        book: of.book(),
        track: of.track(),
        title: of.title,
        summary: of.summary,
        lead_unit: of.lead_unit_id,
        accused_units: of.accused_unit_ids,
        accused_persons: of.accused_person_ids,
    }
}

pub fn proposal(of: &Proposal) -> pb::Proposal {
    pb::Proposal {
        book: of.book as i32,
        track: of.track as i32,
        title: of.title.clone(),
        summary: of.summary.clone(),
        lead_unit_id: of.lead_unit.clone(),
        accused_unit_ids: of.accused_units.clone(),
        accused_person_ids: of.accused_persons.clone(),
    }
}
