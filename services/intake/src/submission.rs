//! The rules of a submission: pure. What somebody said is never edited; verbs decide what becomes of it.

use sanben_clock::Ts;
use sanben_proto::intake::{SubmissionKind, SubmissionState};
use sanben_proto::kinds::{Book, Channel, Track};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A submission as far as rules need it. Neither words nor identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub id: Uuid,
    pub revision: i64,
    pub state: State,
    pub kind: SubmissionKind,
    pub channel: Channel,
    /// The unit it was addressed to; empty if to none.
    pub unit: String,
    pub party_ref: Uuid,
    pub anonymous: bool,
    pub language: String,
    pub received: Ts,
    /// The last proposal, if there ever was one.
    pub proposal: Option<Proposal>,
    /// How often it was proposed.
    pub proposals: i32,
    /// The case that it became.
    pub case_id: Option<Uuid>,
    /// The unit that leads its case, once assigned.
    pub lead_unit: Option<String>,
    /// Whether the receipt code still opens it.
    pub receipt_open: bool,
    /// The whole, if this is a part of one.
    #[serde(default)]
    pub part_of: Option<PartOf>,
    /// The parts that it was split into, in order.
    #[serde(default)]
    pub parts: Vec<Uuid>,
    /// Who is complained about in one of the parts: they cannot find the whole either, which holds all the words.
    #[serde(default)]
    pub accused_in_parts: Accused,
    /// The praise, once it is recorded as such.
    #[serde(default)]
    pub praise: Option<Praise>,
    /// How often the person had it taken up again.
    #[serde(default)]
    pub reopenings: i32,
    /// The last round of its case that the person did not accept.
    #[serde(default)]
    pub reopened_round: i32,
}

/// Of which submission something is a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    pub whole: Uuid,
    /// From 1.
    pub number: i32,
    /// Written by the desk, without identity.
    pub title: String,
}

/// Who is complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accused {
    pub units: Vec<String>,
    pub persons: Vec<String>,
}

impl Accused {
    /// Adds those who are not there yet.
    pub fn add(&mut self, more: &Accused) {
        let new = |known: &[String], more: &[String]| more.iter().filter(|one| !known.contains(one)).cloned().collect::<Vec<_>>();
        let (units, persons) = (new(&self.units, &more.units), new(&self.persons, &more.persons));
        self.units.extend(units);
        self.persons.extend(persons);
    }
}

/// Praise as the desk recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Praise {
    pub unit: String,
    pub summary: String,
}

/// The reply that can be objected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The round of the case; 0 for an answer of the desk.
    pub round: i32,
    /// The last instant at which it can be.
    pub deadline: Ts,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Received,
    Answered,
    Passed,
    Refused,
    Proposed,
    Withdrawn,
    Acknowledged,
    Split,
}

/// What triage makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub book: Book,
    pub track: Track,
    pub title: String,
    pub summary: String,
    pub lead_unit: String,
    pub accused_units: Vec<String>,
    pub accused_persons: Vec<String>,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Answer,
    Pass {
        authority: String,
        number: String,
    },
    Refuse,
    Propose(Box<Proposal>),
    Acknowledge(Praise),
    /// `accused`: who is complained about in one of the parts.
    Split {
        parts: Vec<Uuid>,
        accused: Accused,
    },
    Withdraw,
    /// `reply`: the last one, if there is one now.
    Reopen {
        reply: Option<Reply>,
        now: Ts,
    },
    SealReceipt {
        reason: String,
    },
    ReadWords {
        purpose: String,
    },
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Received,
    Answered,
    Passed {
        authority: String,
        number: String,
    },
    Refused,
    Proposed(Box<Proposal>),
    Acknowledged(Praise),
    Split {
        parts: Vec<Uuid>,
        accused: Accused,
    },
    /// A part was proposed.
    PartProposed {
        accused: Accused,
    },
    /// `round` of the case, or 0 for an answer of the desk.
    Reopened {
        round: i32,
    },
    Withdrawn,
    ReceiptSealed {
        reason: String,
    },
    WordsRead {
        purpose: String,
    },
    /// The ledger opened a case for it.
    Linked {
        case_id: Uuid,
    },
    /// The chief declined the case.
    Returned,
    /// The case was assigned to this unit.
    LeadChanged {
        unit: String,
    },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotInTriage(State),
    NotAQuestion(SubmissionKind),
    NotPraise(SubmissionKind),
    IsAPart,
    TooLateToWithdraw,
    NothingToReopen,
    TooLateToReopen(Ts),
    AlreadyReopened,
}

impl Submission {
    /// One that has just been received, of nobody in particular.
    pub fn new(id: Uuid, party_ref: Uuid, kind: SubmissionKind, channel: Channel, unit: &str, received: Ts) -> Submission {
        Submission {
            id,
            revision: 0,
            state: State::Received,
            kind,
            channel,
            unit: unit.to_owned(),
            party_ref,
            anonymous: true,
            language: "zh-CN".to_owned(),
            received,
            proposal: None,
            proposals: 0,
            case_id: None,
            lead_unit: None,
            receipt_open: true,
            part_of: None,
            parts: Vec::new(),
            accused_in_parts: Accused::default(),
            praise: None,
            reopenings: 0,
            reopened_round: 0,
        }
    }

    /// Complaints, reports and leads are sealed: identity and words are for those who need them.
    pub fn sealed(&self) -> bool {
        is_sealed(self.kind)
    }

    /// The unit that a sealed submission is taken to be about as long as triage has not said otherwise by letting it lead.
    pub fn addressed_accused<'a>(&'a self, root: &str) -> Option<&'a str> {
        let about = self.sealed() && !self.heard_by_officer() && !self.unit.is_empty() && self.unit != root;
        about.then_some(self.unit.as_str())
    }

    /// Whether somebody of the unit has heard it with their own ears, so that keeping it from the unit would be pretence.
    fn heard_by_officer(&self) -> bool {
        matches!(self.channel, Channel::Meeting | Channel::Liaison | Channel::Hall | Channel::Patrol | Channel::Auxiliary)
    }

    /// Who is complained about: before triage has said more, the unit that a complaint is addressed to; of a split one, whoever is in
    /// one of its parts.
    pub fn accused(&self, root: &str) -> Accused {
        let mut accused = match &self.proposal {
            Some(proposal) => Accused { units: proposal.accused_units.clone(), persons: proposal.accused_persons.clone() },
            None => Accused { units: self.addressed_accused(root).into_iter().map(str::to_owned).collect(), persons: Vec::new() },
        };
        accused.add(&self.accused_in_parts);
        accused
    }

    /// The units that may have to do with it: where it was addressed (to the city bureau if to nobody), who leads it, who is praised.
    pub fn units<'a>(&'a self, root: &'a str) -> Vec<&'a str> {
        let addressed = if self.unit.is_empty() { root } else { self.unit.as_str() };
        let proposed = self.proposal.as_ref().map(|proposal| proposal.lead_unit.as_str());
        let praised = self.praise.as_ref().map(|praise| praise.unit.as_str());
        [Some(addressed), self.lead_unit.as_deref().or(proposed), praised].into_iter().flatten().collect()
    }
}

fn is_sealed(kind: SubmissionKind) -> bool {
    matches!(kind, SubmissionKind::Complaint | SubmissionKind::Report | SubmissionKind::Lead)
}

/// What happens if `command` is carried out, or why it is refused.
pub fn decide(submission: &Submission, command: Command) -> Result<Event, Refusal> {
    use State::{Acknowledged, Answered, Passed, Proposed, Received, Refused, Split, Withdrawn};
    match (submission.state, command) {
        (_, Command::ReadWords { purpose }) => Ok(Event::WordsRead { purpose }),
        (_, Command::SealReceipt { .. }) if submission.part_of.is_some() => Err(Refusal::IsAPart),
        (_, Command::SealReceipt { reason }) => Ok(Event::ReceiptSealed { reason }),
        (_, Command::Reopen { reply, now }) => reopen(submission, reply, now),
        (Received, Command::Answer) if submission.kind == SubmissionKind::Consultation => Ok(Event::Answered),
        (Received, Command::Answer) => Err(Refusal::NotAQuestion(submission.kind)),
        (Received, Command::Pass { authority, number }) => Ok(Event::Passed { authority, number }),
        (Received, Command::Refuse) => Ok(Event::Refused),
        (Received, Command::Propose(proposal)) => Ok(Event::Proposed(proposal)),
        (Received, Command::Acknowledge(praise)) if submission.kind == SubmissionKind::Praise => Ok(Event::Acknowledged(praise)),
        (Received, Command::Acknowledge(_)) => Err(Refusal::NotPraise(submission.kind)),
        (Received, Command::Split { .. }) if submission.part_of.is_some() => Err(Refusal::IsAPart),
        (Received, Command::Split { parts, accused }) => Ok(Event::Split { parts, accused }),
        (Received, Command::Withdraw) => Ok(Event::Withdrawn),
        (Answered | Passed | Refused | Proposed | Withdrawn | Acknowledged | Split, Command::Withdraw) => {
            Err(Refusal::TooLateToWithdraw)
        }
        (
            state @ (Answered | Passed | Refused | Proposed | Withdrawn | Acknowledged | Split),
            Command::Answer
            | Command::Pass { .. }
            | Command::Refuse
            | Command::Propose(_)
            | Command::Acknowledge(_)
            | Command::Split { .. },
        ) => Err(Refusal::NotInTriage(state)),
    }
}

/// Within the window of the last reply, once a round.
fn reopen(submission: &Submission, reply: Option<Reply>, now: Ts) -> Result<Event, Refusal> {
    let waits = || if submission.reopenings > 0 { Refusal::AlreadyReopened } else { Refusal::NothingToReopen };
    let open = matches!(submission.state, State::Answered | State::Refused | State::Proposed);
    let reply = reply.filter(|_| open).ok_or_else(waits)?;
    if reply.round > 0 && reply.round <= submission.reopened_round {
        return Err(Refusal::AlreadyReopened);
    }
    if now > reply.deadline {
        return Err(Refusal::TooLateToReopen(reply.deadline));
    }
    Ok(Event::Reopened { round: reply.round })
}

/// Lets `event` have happened.
pub fn apply(submission: &mut Submission, event: &Event) {
    submission.revision += 1;
    match event {
        Event::Received | Event::WordsRead { .. } => {}
        Event::Answered => submission.state = State::Answered,
        Event::Passed { .. } => submission.state = State::Passed,
        Event::Refused => submission.state = State::Refused,
        Event::Proposed(proposal) => {
            submission.state = State::Proposed;
            submission.proposals += 1;
            submission.proposal = Some((**proposal).clone());
        }
        Event::Acknowledged(praise) => {
            submission.state = State::Acknowledged;
            submission.praise = Some(praise.clone());
        }
        Event::Split { parts, accused } => {
            submission.state = State::Split;
            submission.parts.clone_from(parts);
            submission.accused_in_parts.add(accused);
        }
        Event::PartProposed { accused } => submission.accused_in_parts.add(accused),
        Event::Reopened { round } => {
            submission.reopenings += 1;
            submission.reopened_round = *round;
            if matches!(submission.state, State::Answered | State::Refused) {
                submission.state = State::Received;
            }
        }
        Event::Withdrawn => {
            submission.state = State::Withdrawn;
            submission.receipt_open = false;
        }
        Event::ReceiptSealed { .. } => submission.receipt_open = false,
        Event::Linked { case_id } => submission.case_id = Some(*case_id),
        Event::Returned => {
            submission.state = State::Received;
            submission.case_id = None;
            submission.reopened_round = 0;
        }
        Event::LeadChanged { unit } => submission.lead_unit = Some(unit.clone()),
    }
}

impl State {
    /// As the contract names it.
    pub fn named(self) -> SubmissionState {
        match self {
            State::Received => SubmissionState::Received,
            State::Answered => SubmissionState::Answered,
            State::Passed => SubmissionState::Passed,
            State::Refused => SubmissionState::Refused,
            State::Proposed => SubmissionState::Proposed,
            State::Withdrawn => SubmissionState::Withdrawn,
            State::Acknowledged => SubmissionState::Acknowledged,
            State::Split => SubmissionState::Split,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);

    fn submission(state: State, kind: SubmissionKind) -> Submission {
        let new = Submission::new(Uuid::nil(), Uuid::nil(), kind, Channel::Online, "lianhu-beiyuanmen", Ts::from_micros(0));
        Submission { revision: 1, state, ..new }
    }

    fn commands() -> Vec<(&'static str, Command)> {
        let proposal = Proposal {
            book: Book::Complaint,
            track: Track::Accusation,
            title: String::new(),
            summary: String::new(),
            lead_unit: "lianhu".into(),
            accused_units: vec!["lianhu-beiyuanmen".into()],
            accused_persons: Vec::new(),
        };
        vec![
            ("answer", Command::Answer),
            ("pass", Command::Pass { authority: "12345".into(), number: String::new() }),
            ("refuse", Command::Refuse),
            ("propose", Command::Propose(Box::new(proposal))),
            ("acknowledge", Command::Acknowledge(Praise { unit: "lianhu".into(), summary: String::new() })),
            ("split", Command::Split { parts: vec![Uuid::nil()], accused: Accused::default() }),
            ("withdraw", Command::Withdraw),
            ("reopen", Command::Reopen { reply: Some(Reply { round: 0, deadline: NOW }), now: NOW }),
            ("seal", Command::SealReceipt { reason: String::new() }),
            ("read", Command::ReadWords { purpose: String::new() }),
        ]
    }

    const STATES: [State; 8] = [
        State::Received,
        State::Answered,
        State::Passed,
        State::Refused,
        State::Proposed,
        State::Withdrawn,
        State::Acknowledged,
        State::Split,
    ];

    /// One letter a state, in the order of [`STATES`]: `y` it happens, `-` it is refused.
    #[test]
    fn which_verb_applies_where() {
        let expected = [
            ("answer", "y-------"),
            ("pass", "y-------"),
            ("refuse", "y-------"),
            ("propose", "y-------"),
            ("acknowledge", "y-------"),
            ("split", "y-------"),
            ("withdraw", "y-------"),
            ("reopen", "-y-yy---"),
            ("seal", "yyyyyyyy"),
            ("read", "yyyyyyyy"),
        ];
        for ((name, command), (expected_name, row)) in commands().into_iter().zip(expected) {
            assert_eq!(name, expected_name);
            let kind = if name == "acknowledge" { SubmissionKind::Praise } else { SubmissionKind::Consultation };
            let found: String =
                STATES.into_iter().map(|state| decide(&submission(state, kind), command.clone()).map_or('-', |_| 'y')).collect();
            assert_eq!(found, row, "{name}");
        }
    }

    #[test]
    fn only_praise_is_recorded_as_praise() {
        let question = submission(State::Received, SubmissionKind::Consultation);
        let praise = Command::Acknowledge(Praise { unit: "lianhu".into(), summary: String::new() });
        assert_eq!(decide(&question, praise), Err(Refusal::NotPraise(SubmissionKind::Consultation)));
    }

    #[test]
    fn a_part_is_not_split_again_and_has_no_code_to_seal() {
        let part_of = Some(PartOf { whole: Uuid::nil(), number: 1, title: String::new() });
        let part = Submission { part_of, ..submission(State::Received, SubmissionKind::Demand) };
        let split = Command::Split { parts: vec![Uuid::nil()], accused: Accused::default() };
        assert_eq!(decide(&part, split), Err(Refusal::IsAPart));
        assert_eq!(decide(&part, Command::SealReceipt { reason: String::new() }), Err(Refusal::IsAPart));
    }

    #[test]
    fn taken_up_again_within_the_window_once_a_round() {
        let ask = |submission: &Submission, round: i32, now: Ts| {
            decide(submission, Command::Reopen { reply: Some(Reply { round, deadline: NOW }), now })
        };
        let late = Ts::from_micros(NOW.micros() + 1);
        let mut refused = submission(State::Refused, SubmissionKind::Demand);
        assert_eq!(ask(&refused, 0, late), Err(Refusal::TooLateToReopen(NOW)));
        let happened = ask(&refused, 0, NOW).expect("in time");
        apply(&mut refused, &happened);
        assert_eq!(refused.state, State::Received, "the desk looks again");
        let again = decide(&refused, Command::Reopen { reply: None, now: NOW });
        assert_eq!(again, Err(Refusal::AlreadyReopened));

        let mut case = submission(State::Proposed, SubmissionKind::Demand);
        assert_eq!(decide(&case, Command::Reopen { reply: None, now: NOW }), Err(Refusal::NothingToReopen));
        let happened = ask(&case, 1, NOW).expect("in time");
        apply(&mut case, &happened);
        assert_eq!(case.state, State::Proposed, "the ledger goes on");
        assert_eq!(ask(&case, 1, NOW), Err(Refusal::AlreadyReopened));
        assert_eq!(ask(&case, 2, NOW), Ok(Event::Reopened { round: 2 }));
    }

    #[test]
    fn who_is_complained_about_in_a_part_does_not_find_the_whole() {
        let mut whole = submission(State::Received, SubmissionKind::Petition);
        let accused = |units: &[&str], persons: &[&str]| {
            let owned = |of: &[&str]| of.iter().map(|one| (*one).to_owned()).collect();
            Accused { units: owned(units), persons: owned(persons) }
        };
        apply(&mut whole, &Event::Split { parts: vec![Uuid::nil()], accused: accused(&["lianhu"], &[]) });
        apply(&mut whole, &Event::PartProposed { accused: accused(&["lianhu", "jiaojing"], &["p-a"]) });
        assert_eq!(whole.accused("city"), accused(&["lianhu", "jiaojing"], &["p-a"]));
    }

    #[test]
    fn only_questions_are_answered_at_the_desk() {
        let complaint = submission(State::Received, SubmissionKind::Complaint);
        assert_eq!(decide(&complaint, Command::Answer), Err(Refusal::NotAQuestion(SubmissionKind::Complaint)));
    }

    #[test]
    fn a_complaint_is_kept_from_the_unit_it_was_addressed_to() {
        let mut complaint = submission(State::Received, SubmissionKind::Complaint);
        assert_eq!(complaint.accused("city").units, ["lianhu-beiyuanmen"]);
        assert!(submission(State::Received, SubmissionKind::Consultation).accused("city").units.is_empty());
        complaint.channel = Channel::Meeting;
        assert!(complaint.accused("city").units.is_empty(), "said to the unit's own face");
        complaint.channel = Channel::Online;
        complaint.unit = "city".into();
        assert!(complaint.accused("city").units.is_empty());
    }
}
