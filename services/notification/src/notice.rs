//! A notice, and whom it is for. Pure.

use std::collections::BTreeMap;
use std::fmt;

use sanben_access::{Caller, Role};
use sanben_clock::Ts;
use sanben_proto::notification::NoticeKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The roles that are told of duties. A caller reads what was sent to those of them that they have.
pub const TOLD: [Role; 8] = [
    Role::DeskOfficer,
    Role::DutyOfficer,
    Role::Chief,
    Role::Handler,
    Role::Office,
    Role::LeaderInCharge,
    Role::MeetingSecretary,
    Role::Supervisor,
];

/// The most recipients that one reader stands for: a person, and every role of [`TOLD`] in their unit.
pub const RECIPIENTS_MAX: usize = TOLD.len() + 1;

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Whoever holds the receipt code of this submission.
    Submission(Uuid),
    /// One member of staff.
    Person(String),
    /// Everybody who has this role in exactly this unit.
    Role(Role, String),
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recipient::Submission(id) => write!(f, "submission:{id}"),
            Recipient::Person(person) => write!(f, "person:{person}"),
            Recipient::Role(role, unit) => write!(f, "role:{}@{unit}", role.name()),
        }
    }
}

/// What goes into the text: numbers, dates, ids of units. Never personal data.
pub type Arguments = BTreeMap<String, String>;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub submission: Option<Uuid>,
    pub case: Option<Uuid>,
    /// A visit or a meeting.
    pub subject: Option<Uuid>,
}

/// A notice that should be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub to: Recipient,
    pub kind: NoticeKind,
    pub key: &'static str,
    pub arguments: Arguments,
    pub about: About,
    /// Persons who do not find it, though they have the role it is sent to.
    pub hidden_from: Vec<String>,
    /// What is told only once to the same recipient, whichever of several events leads to it; else it is told once for each event.
    pub once: Option<String>,
}

impl Draft {
    /// A notice to staff.
    pub fn to_staff(to: Recipient, kind: NoticeKind, key: &'static str) -> Draft {
        Draft { to, kind, key, arguments: Arguments::new(), about: About::default(), hidden_from: Vec::new(), once: None }
    }

    /// Adds an argument of the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Draft {
        self.arguments.insert(name.to_owned(), value.into());
        self
    }
}

/// A notice as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: Uuid,
    pub revision: i64,
    pub kind: NoticeKind,
    pub key: String,
    pub arguments: Arguments,
    pub about: About,
    pub issued: Ts,
}

/// The text that says nothing of the matter.
pub const SEALED: &str = "step-sealed";

/// What can happen to a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Issued,
}

/// Lets `event` have happened.
pub fn apply(notice: &mut Notice, event: &Event) {
    notice.revision += 1;
    match event {
        Event::Issued => {}
    }
}

/// Whose notices are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// At most [`RECIPIENTS_MAX`], as texts.
    pub recipients: Vec<String>,
    /// Who reads; empty for citizens.
    pub person: String,
    /// The unit of who reads, and those above it; none for citizens.
    pub units: Vec<String>,
}

impl Reader {
    /// Whoever holds the receipt code of `submission`.
    pub fn citizen(submission: Uuid) -> Reader {
        Reader { recipients: vec![Recipient::Submission(submission).to_string()], ..Reader::default() }
    }

    /// A member of staff: they themselves, and each of their roles in their unit. `units` are their unit and those above it.
    pub fn staff(caller: &Caller, units: Vec<String>) -> Reader {
        let roles = TOLD.into_iter().filter(|role| caller.is(*role)).map(|role| Recipient::Role(role, caller.unit.clone()));
        let recipients = std::iter::once(Recipient::Person(caller.person.clone())).chain(roles);
        Reader { recipients: recipients.map(|recipient| recipient.to_string()).collect(), person: caller.person.clone(), units }
    }

    /// As whom they may be complained about: their unit, the two levels above it, and they themselves. Nobody is complained about as
    /// an empty one.
    pub fn accused(&self) -> [String; 4] {
        let unit = |n: usize| format!("u:{}", self.units.get(n).map_or("", String::as_str));
        [unit(0), unit(1), unit(2), format!("p:{}", self.person)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_read_what_was_sent_to_them_and_to_their_roles_in_their_unit() {
        let caller = Caller { person: "p-li".into(), unit: "lianhu".into(), roles: vec![Role::Auditor, Role::Office, Role::Chief] };
        assert_eq!(Reader::staff(&caller, Vec::new()).recipients, ["person:p-li", "role:chief@lianhu", "role:office@lianhu"]);
        assert_eq!(Reader::staff(&Caller { roles: Role::ALL.to_vec(), ..caller }, Vec::new()).recipients.len(), RECIPIENTS_MAX);
    }

    #[test]
    fn a_citizen_reads_what_was_sent_to_one_submission() {
        assert_eq!(Reader::citizen(Uuid::nil()).recipients, ["submission:00000000-0000-0000-0000-000000000000"]);
    }
}
