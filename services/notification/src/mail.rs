//! A notice on its way by mail: when it is tried again, and when it is given up. Pure.
//!
//! A notice to a citizen is queued for mail in the transaction that issues it, if the process has a mail server (`--mail`). The
//! address stays in intake's vault: it is asked for when the mail is sent, and kept nowhere else. All mail has the same subject and
//! text, that there is something to look up: whoever sees a mailbox learns nothing of the matter, and cannot tell a complaint from
//! anything else.
//!
//! What the server does not take is tried again after 1, 4, 16 … minutes, at most every six hours, ten times in all. What it
//! refuses three times is listed by `sanben mails list` until an operator has it queued again.

use std::fmt;
use std::time::Duration;

use sanben_clock::Ts;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail that was not taken so often is given up, about 30 hours after it was written.
pub const ATTEMPTS_MAX: i64 = 10;
/// A server that refuses everything for a while is set up wrongly, so only the third refusal is for good.
pub const REFUSALS_MAX: i64 = 3;
/// After the first attempt; four times as long after each further one.
const AGAIN_SECS_MIN: u64 = 60;
const AGAIN_SECS_MAX: u64 = 6 * 3600;
/// A replica that has taken a mail and did not come back in this time is gone: another one takes it.
pub const TAKEN_SECS_MAX: u64 = 120;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub id: Uuid,
    pub notice_id: Uuid,
    /// The submission that it is about, whose person gets it.
    pub mailbox_of: Uuid,
    pub revision: i64,
    pub state: State,
    /// How often it was tried since it was queued.
    pub attempts: i64,
    pub due: Ts,
    /// Why it was not taken the last time; empty if nothing was wrong.
    pub why: String,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is tried when it is due.
    Waiting,
    /// The server has it.
    Sent,
    /// The person gave no address.
    Unwanted,
    /// It waits for an operator.
    Undeliverable,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    NoMailbox,
    /// For good; with the server's code if it was asked.
    Refused(Option<u16>),
    /// For now.
    NotTaken(Obstacle),
}

/// What stood in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The mail server does not take this one now, with this code.
    Code(u16),
    /// The mail server is away.
    Server,
    /// Intake, which knows the address, is away.
    Intake,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Code(code) => write!(f, "smtp {code}"),
            Obstacle::Server => f.write_str("no mail server"),
            Obstacle::Intake => f.write_str("no answer of intake"),
        }
    }
}

/// What can happen to a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// First, or again because an operator asked.
    Queued,
    Sent,
    Unwanted,
    Undeliverable {
        why: String,
    },
}

impl Mail {
    /// A mail of a notice that was just issued.
    pub fn new(id: Uuid, notice_id: Uuid, mailbox_of: Uuid, now: Ts) -> Mail {
        Mail { id, notice_id, mailbox_of, revision: 0, state: State::Waiting, attempts: 0, due: now, why: String::new() }
    }

    /// Notes an attempt, and what is to be told of it. Nothing is while it goes on.
    pub fn attempted(&mut self, outcome: Outcome, now: Ts) -> Option<Event> {
        self.attempts += 1;
        let why = match outcome {
            Outcome::Taken => return Some(Event::Sent),
            Outcome::NoMailbox => return Some(Event::Unwanted),
            Outcome::Refused(Some(code)) if self.attempts >= REFUSALS_MAX => {
                return Some(Event::Undeliverable { why: format!("smtp {code}") });
            }
            Outcome::Refused(Some(code)) => format!("smtp {code}"),
            Outcome::Refused(None) => return Some(Event::Undeliverable { why: "no address".to_owned() }),
            Outcome::NotTaken(obstacle) => obstacle.to_string(),
        };
        if self.attempts >= ATTEMPTS_MAX {
            return Some(Event::Undeliverable { why });
        }
        self.why = why;
        self.due = now.plus(again(self.attempts));
        None
    }
}

/// How long to wait after so many attempts.
fn again(attempts: i64) -> Duration {
    let doublings = u32::try_from(2 * (attempts - 1)).unwrap_or(u32::MAX);
    let secs = AGAIN_SECS_MIN.checked_shl(doublings).filter(|_| doublings < 32).unwrap_or(AGAIN_SECS_MAX);
    Duration::from_secs(secs.min(AGAIN_SECS_MAX))
}

/// Lets `event` have happened.
pub fn apply(mail: &mut Mail, event: &Event) {
    mail.revision += 1;
    match event {
        Event::Queued => {
            mail.state = State::Waiting;
            mail.attempts = 0;
            mail.why = String::new();
        }
        Event::Sent => {
            mail.state = State::Sent;
            mail.why = String::new();
        }
        Event::Unwanted => mail.state = State::Unwanted,
        Event::Undeliverable { why } => {
            mail.state = State::Undeliverable;
            mail.why.clone_from(why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWAY: Outcome = Outcome::NotTaken(Obstacle::Server);

    fn mail() -> Mail {
        Mail::new(Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3), Ts::from_micros(0))
    }

    #[test]
    fn an_attempt_ends_it_or_is_made_again_later() {
        let rows = [
            (Outcome::Taken, Some(Event::Sent), State::Sent, ""),
            (Outcome::NoMailbox, Some(Event::Unwanted), State::Unwanted, ""),
            (Outcome::Refused(Some(550)), None, State::Waiting, "smtp 550"),
            (Outcome::Refused(None), Some(Event::Undeliverable { why: "no address".into() }), State::Undeliverable, "no address"),
            (Outcome::NotTaken(Obstacle::Code(450)), None, State::Waiting, "smtp 450"),
            (Outcome::NotTaken(Obstacle::Intake), None, State::Waiting, "no answer of intake"),
            (AWAY, None, State::Waiting, "no mail server"),
        ];
        for (outcome, expected, state, why) in rows {
            let mut mail = mail();
            let event = mail.attempted(outcome, Ts::from_micros(0));
            assert_eq!(event, expected, "{outcome:?}");
            event.iter().for_each(|event| apply(&mut mail, event));
            assert_eq!((mail.state, mail.why.as_str()), (state, why), "{outcome:?}");
        }
    }

    #[test]
    fn what_is_refused_three_times_is_refused_for_good() {
        let (mut mail, refused) = (mail(), Outcome::Refused(Some(550)));
        for _ in 1..REFUSALS_MAX {
            assert_eq!(mail.attempted(refused, mail.due), None);
        }
        assert_eq!(mail.attempted(refused, mail.due), Some(Event::Undeliverable { why: "smtp 550".into() }));
    }

    #[test]
    fn it_is_tried_less_and_less_often_and_given_up_after_a_day() {
        let (mut mail, mut waits) = (mail(), Vec::new());
        while mail.attempted(AWAY, mail.due).is_none() {
            waits.push(mail.due.micros() / 60_000_000);
        }
        let minutes: Vec<i64> = waits.iter().scan(0, |before, due| Some(due - std::mem::replace(before, *due))).collect();
        assert_eq!(minutes, [1, 4, 16, 64, 256, 360, 360, 360, 360]);
        assert_eq!((mail.attempts, waits.last().expect("some") / 60), (ATTEMPTS_MAX, 29));
        apply(&mut mail, &Event::Queued);
        assert_eq!((mail.attempts, mail.state), (0, State::Waiting), "an operator begins anew");
    }
}
