use sanben_clock::Ts;
use sanben_proto::kinds::{Outcome, Verdict};

use super::{By, Case, Command, Verb, decide};

/// The verbs that `by` may give now: those that no rule refuses, whatever their fields then say.
pub fn open_to(case: &Case, by: &By, now: Ts) -> Vec<Verb> {
    Verb::ALL.into_iter().filter(|verb| decide(case, sample(case, *verb, now), by, now).is_ok()).collect()
}

/// A verb with fields that no rule can mind, so that what is refused is the verb itself.
fn sample(case: &Case, verb: Verb, now: Ts) -> Command {
    let something = || "-".to_owned();
    let first_submission = || case.opening.submissions.first().copied().unwrap_or_default();
    match verb {
        Verb::Register => Command::Register { number: something() },
        Verb::Decline => Command::Decline { reason: something() },
        Verb::Assign => Command::Assign { lead: case.opening.gate_chain.clone(), assisting: Vec::new() },
        Verb::Undertake => Command::Undertake,
        Verb::ReportBack => Command::ReportBack { outcome: Outcome::Explained },
        Verb::Review => Command::Review { approve: false, criteria_met: false, reason: something() },
        Verb::Reply => Command::Reply { verdict_deadline: now },
        Verb::RecordVerdict => {
            Command::RecordVerdict { submission: first_submission(), round: case.round, verdict: Verdict::DeclinedToSay }
        }
        Verb::RecordPublication => Command::RecordPublication { published: true },
        Verb::Examine => Command::Examine,
        Verb::StrikeOff => Command::StrikeOff,
        Verb::StrikeOffByException => Command::StrikeOffByException { reason: something(), superior: true },
        Verb::Archive => Command::Archive,
        Verb::Reopen => Command::Reopen { submission: first_submission(), round: case.round },
    }
}
