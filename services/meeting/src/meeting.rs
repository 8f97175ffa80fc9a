//! The rules of a meeting: pure.

use sanben_clock::Ts;
use sanben_proto::meeting::{InvitationAnswer, InvitationCategory, MeetingState};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

/// A meeting holds at most so many invitations.
pub const INVITED_MAX: usize = 200;
/// A meeting holds at most so many suggestions.
pub const SUGGESTIONS_MAX: i64 = 200;

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub id: Uuid,
    pub revision: i64,
    /// The unit that holds it.
    pub unit: String,
    pub topic: String,
    /// The day, `YYYY-MM-DD` in Asia/Shanghai.
    pub date: String,
    pub state: State,
    /// In the order of inviting.
    pub invitations: Vec<Invitation>,
    pub convened: Ts,
    /// How many suggestions were made in it. They have their own history, so this is no part of the meeting's.
    #[serde(skip)]
    pub suggestions: i64,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Convened,
    Held,
}

/// Somebody who was invited. Who it is, is in the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: Uuid,
    pub category: InvitationCategory,
    pub party_ref: Uuid,
    pub answer: InvitationAnswer,
    pub attended: bool,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    Invite(Invitation),
    Answer { invitation: Uuid, answer: InvitationAnswer },
    Hold { attended: Vec<Uuid> },
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Convened,
    Invited(Invitation),
    Answered { invitation: Uuid, answer: InvitationAnswer },
    Held { attended: Vec<Uuid> },
}

/// Why a verb is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    DateInThePast {
        today: Date,
    },
    AlreadyHeld,
    NotHeld,
    TooManyInvited,
    TooManySuggestions,
    /// With the place in the list of those who came, if it was in a list.
    InvitationUnknown(Option<usize>),
    NobodyCame,
    /// With the place in the list of those who came.
    CameTwice(usize),
}

impl Meeting {
    /// Grows whenever anything that is shown of the meeting changes.
    pub fn version(&self) -> i64 {
        self.revision + self.suggestions
    }

    /// The invitation, if it is of this meeting.
    pub fn invitation(&self, id: Uuid) -> Option<&Invitation> {
        self.invitations.iter().find(|invitation| invitation.id == id)
    }
}

/// A meeting is convened for today or later.
pub fn may_convene(date: Date, today: Date) -> Result<(), Refusal> {
    if date < today { Err(Refusal::DateInThePast { today }) } else { Ok(()) }
}

/// Whether one more person can be invited.
pub fn may_invite(meeting: &Meeting) -> Result<(), Refusal> {
    match meeting.state {
        State::Held => Err(Refusal::AlreadyHeld),
        State::Convened if meeting.invitations.len() >= INVITED_MAX => Err(Refusal::TooManyInvited),
        State::Convened => Ok(()),
    }
}

/// Whether one more suggestion can be recorded, and who speaks, if it is somebody invited.
pub fn speaker(meeting: &Meeting, invitation: Option<Uuid>) -> Result<Option<Uuid>, Refusal> {
    match meeting.state {
        State::Convened => Err(Refusal::NotHeld),
        State::Held if meeting.suggestions >= SUGGESTIONS_MAX => Err(Refusal::TooManySuggestions),
        State::Held => match invitation {
            None => Ok(None),
            Some(id) => meeting.invitation(id).map(|found| Some(found.party_ref)).ok_or(Refusal::InvitationUnknown(None)),
        },
    }
}

/// What happens if `command` is carried out, or why it is refused.
pub fn decide(meeting: &Meeting, command: Command) -> Result<Event, Refusal> {
    match (meeting.state, command) {
        (State::Convened, Command::Invite(invitation)) => may_invite(meeting).map(|()| Event::Invited(invitation)),
        (State::Convened, Command::Answer { invitation, answer }) => match meeting.invitation(invitation) {
            Some(_) => Ok(Event::Answered { invitation, answer }),
            None => Err(Refusal::InvitationUnknown(None)),
        },
        (State::Convened, Command::Hold { attended }) => check_attendance(meeting, &attended).map(|()| Event::Held { attended }),
        (State::Held, Command::Invite(_) | Command::Answer { .. } | Command::Hold { .. }) => Err(Refusal::AlreadyHeld),
    }
}

fn check_attendance(meeting: &Meeting, attended: &[Uuid]) -> Result<(), Refusal> {
    if attended.is_empty() {
        return Err(Refusal::NobodyCame);
    }
    for (index, id) in attended.iter().enumerate() {
        if meeting.invitation(*id).is_none() {
            return Err(Refusal::InvitationUnknown(Some(index)));
        }
        if attended[..index].contains(id) {
            return Err(Refusal::CameTwice(index));
        }
    }
    Ok(())
}

/// Lets `event` have happened.
pub fn apply(meeting: &mut Meeting, event: &Event) {
    meeting.revision += 1;
    match event {
        Event::Convened => {}
        Event::Invited(invitation) => meeting.invitations.push(invitation.clone()),
        Event::Answered { invitation, answer } => {
            for invited in meeting.invitations.iter_mut().filter(|invited| invited.id == *invitation) {
                invited.answer = *answer;
            }
        }
        Event::Held { attended } => {
            meeting.state = State::Held;
            for invited in &mut meeting.invitations {
                invited.attended = attended.contains(&invited.id);
            }
        }
    }
}

impl State {
    /// As the contract names it.
    pub fn named(self) -> MeetingState {
        match self {
            State::Convened => MeetingState::Convened,
            State::Held => MeetingState::Held,
        }
    }
}

#[cfg(test)]
mod tests;
