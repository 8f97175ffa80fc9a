//! Proto ⇄ domain.

use sanben_bus::{Actor, Aggregate, Fact};
use sanben_host::{act, fact, timestamp};
use sanben_proto::kinds::Outcome;
use sanben_proto::meeting as pb;
use uuid::Uuid;

use crate::meeting::{self, Meeting};
use crate::suggestion::{self, By, Case, Suggestion};

impl Aggregate for Meeting {
    const NAME: &'static str = "meeting";
    type Event = meeting::Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &meeting::Event) {
        meeting::apply(self, event);
    }

    fn fact(&self, event: &meeting::Event) -> Fact {
        let meeting_id = self.id.to_string();
        match event {
            meeting::Event::Convened => {
                fact("", &pb::MeetingConvened { meeting_id, unit_id: self.unit.clone(), meeting_date: self.date.clone() })
            }
            meeting::Event::Invited(invited) => fact(
                "",
                &pb::PersonInvited { meeting_id, invitation_id: invited.id.to_string(), category: invited.category as i32 },
            ),
            meeting::Event::Answered { invitation, answer } => {
                fact("", &pb::InvitationAnswered { meeting_id, invitation_id: invitation.to_string(), answer: *answer as i32 })
            }
            meeting::Event::Held { attended } => {
                fact("", &pb::MeetingHeld { meeting_id, attended: i32::try_from(attended.len()).unwrap_or(i32::MAX) })
            }
        }
    }
}

impl Aggregate for Suggestion {
    const NAME: &'static str = "suggestion";
    type Event = suggestion::Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &suggestion::Event) {
        suggestion::apply(self, event);
    }

    fn fact(&self, event: &suggestion::Event) -> Fact {
        use suggestion::Event;
        let suggestion_id = self.id.to_string();
        let meeting_id = self.meeting_id.to_string();
        match event {
            Event::Made { submission_id, sealed } => {
                let submission_id = if *sealed { String::new() } else { submission_id.to_string() };
                fact("", &pb::SuggestionMade { suggestion_id, meeting_id, submission_id })
            }
            Event::Deliberated { .. } => fact("", &pb::SuggestionDeliberated { suggestion_id, meeting_id }),
            // Declined or not: what stands again is the resolution.
            Event::Resolved { .. } | Event::Declined { .. } => fact("", &pb::SuggestionResolved { suggestion_id, meeting_id }),
            Event::Planned { .. } => fact("", &pb::PlanAdopted { suggestion_id, meeting_id }),
            Event::Evidenced(one) => fact("", &pb::OneEvidenced { suggestion_id, meeting_id, one: one.one as i32 }),
            Event::Registered { case_id } => {
                fact("", &pb::SuggestionRegistered { suggestion_id, meeting_id, case_id: case_id.to_string() })
            }
            Event::Implemented { case_id, .. } => {
                fact("", &pb::SuggestionImplemented { suggestion_id, meeting_id, case_id: case_id.to_string() })
            }
        }
    }
}

/// A meeting with those of its suggestions that the reader may see.
pub fn meeting(of: &Meeting, suggestions: &[Uuid]) -> pb::Meeting {
    pb::Meeting {
        meeting_id: of.id.to_string(),
        unit_id: of.unit.clone(),
        topic: of.topic.clone(),
        meeting_date: of.date.clone(),
        state: of.state.named() as i32,
        invitations: of.invitations.iter().map(invitation).collect(),
        suggestion_ids: suggestions.iter().map(Uuid::to_string).collect(),
        create_time: Some(timestamp(of.convened)),
        etag: of.version().to_string(),
    }
}

pub fn invitation(of: &meeting::Invitation) -> pb::Invitation {
    pb::Invitation {
        invitation_id: of.id.to_string(),
        category: of.category as i32,
        party_ref: of.party_ref.to_string(),
        answer: of.answer as i32,
        attended: of.attended,
    }
}

pub fn suggestion(of: &Suggestion) -> pb::Suggestion {
    let outcome = match of.case {
        Case::NotRegistered | Case::Registered { .. } => Outcome::Unspecified,
        Case::StruckOff { outcome, .. } => outcome,
    };
    pb::Suggestion {
        suggestion_id: of.id.to_string(),
        meeting_id: of.meeting_id.to_string(),
        state: of.named() as i32,
        submission_id: of.submission_id.to_string(),
        title: of.title.clone(),
        deliberation: of.deliberation.clone(),
        resolution: of.resolution.clone(),
        plan: of.plan.clone(),
        case_id: of.case_id().map(|id| id.to_string()).unwrap_or_default(),
        outcome: outcome as i32,
        ones: of.ones.iter().map(one).collect(),
        etag: of.revision.to_string(),
        create_time: Some(timestamp(of.made)),
    }
}

fn one(of: &suggestion::One) -> pb::OneEvidence {
    pb::OneEvidence { one: of.one as i32, evidence: of.evidence.clone(), act: Some(act(&actor(&of.by), of.time)) }
}

/// Who acts, as the rules have it: a secretary signs for nobody, so there is no tenure.
pub fn by(of: &Actor) -> By {
    By { person: of.person.clone(), unit: of.unit.clone(), role: of.role.clone() }
}

fn actor(of: &By) -> Actor {
    Actor { person: of.person.clone(), unit: of.unit.clone(), role: of.role.clone(), ..Actor::default() }
}

#[cfg(test)]
mod tests {
    use prost::Message as _;
    use sanben_clock::Ts;

    use super::*;
    use crate::suggestion::{Event, State};

    #[test]
    fn what_is_published_of_a_sealed_suggestion_leads_nowhere() {
        let submission_id = Uuid::from_u128(6);
        let of = Suggestion {
            id: Uuid::nil(),
            revision: 1,
            meeting_id: Uuid::nil(),
            unit: "beilin-nandajie".into(),
            submission_id,
            title: String::new(),
            made: Ts::from_micros(0),
            state: State::Made,
            case: Case::NotRegistered,
            deliberation: String::new(),
            resolution: String::new(),
            plan: String::new(),
            ones: Vec::new(),
        };
        for (sealed, expected) in [(true, String::new()), (false, submission_id.to_string())] {
            let fact = of.fact(&Event::Made { submission_id, sealed });
            let made = pb::SuggestionMade::decode(fact.payload.as_slice()).expect("a fact");
            assert_eq!(made.submission_id, expected);
        }
    }
}
