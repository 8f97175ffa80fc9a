use sanben_clock::Ts;
use sanben_proto::intake::SubmissionKind;
use sanben_proto::kinds::Channel;

use super::{Appealable, Command, Event, Joined, Refusal, Reply, State, Submission};

/// What happens if `command` is carried out, or why it is refused.
pub fn decide(submission: &Submission, command: Command) -> Result<Event, Refusal> {
    use State::{Acknowledged, Answered, Joined, Passed, Proposed, Received, Refused, Split, Withdrawn};
    match (submission.state, command) {
        (_, Command::ReadWords { purpose }) => Ok(Event::WordsRead { purpose }),
        (_, Command::SealReceipt { .. }) if submission.part_of.is_some() => Err(Refusal::IsAPart),
        (_, Command::SealReceipt { reason }) => Ok(Event::ReceiptSealed { reason }),
        (_, Command::Reopen { is_final: true, .. } | Command::Appeal { is_final: true, .. }) => Err(Refusal::MatterIsFinal),
        (_, Command::Reopen { reply, now, .. }) => reopen(submission, reply, now),
        (_, Command::Appeal { right, now, .. }) => appeal(submission, right, now),
        (Received, Command::Answer) if submission.kind == SubmissionKind::Consultation => Ok(Event::Answered),
        (Received, Command::Answer) => Err(Refusal::NotAQuestion(submission.kind)),
        (Received, Command::Pass { authority, number }) => Ok(Event::Passed { authority, number }),
        (Received, Command::Refuse) => Ok(Event::Refused),
        (Received, Command::Propose(proposal)) => Ok(Event::Proposed(proposal)),
        (Received, Command::Acknowledge(praise)) if submission.kind == SubmissionKind::Praise => Ok(Event::Acknowledged(praise)),
        (Received, Command::Acknowledge(_)) => Err(Refusal::NotPraise(submission.kind)),
        (Received, Command::Split { .. }) if submission.part_of.is_some() => Err(Refusal::IsAPart),
        (Received, Command::Split { parts, accused }) => Ok(Event::Split { parts, accused }),
        (Received, Command::Join { to, joinable, addressed }) => join(submission, &to, joinable, addressed),
        (_, Command::Detach { by_person, replied, reason }) => match &submission.joined {
            None => Err(Refusal::NotJoined),
            Some(_) if replied && !by_person => Err(Refusal::PersonDetaches),
            Some(joined) => Ok(Event::Detached { case_id: joined.case_id, by_person, reason }),
        },
        (Received, Command::Withdraw) => Ok(Event::Withdrawn),
        (Answered | Passed | Refused | Proposed | Withdrawn | Acknowledged | Split | Joined, Command::Withdraw) => {
            Err(Refusal::TooLateToWithdraw)
        }
        (
            state @ (Answered | Passed | Refused | Proposed | Withdrawn | Acknowledged | Split | Joined),
            Command::Answer
            | Command::Pass { .. }
            | Command::Refuse
            | Command::Propose(_)
            | Command::Acknowledge(_)
            | Command::Join { .. }
            | Command::Split { .. },
        ) => Err(Refusal::NotInTriage(state)),
    }
}

/// Rule 9: linked to the case of another that says the same, which is kept from whoever this one has to be kept from.
fn join(submission: &Submission, to: &Submission, joinable: bool, addressed: Option<String>) -> Result<Event, Refusal> {
    let case = to.case_id.filter(|_| to.state == State::Proposed).zip(to.proposal.as_ref());
    let (case_id, proposal) = case.ok_or(Refusal::NotACase(to.state))?;
    if submission.stays_alone {
        return Err(Refusal::PersonDetached);
    }
    if matches!(submission.channel, Channel::Meeting | Channel::Liaison) {
        return Err(Refusal::FollowedElsewhere);
    }
    if submission.sealed() && !to.is_secret() {
        return Err(Refusal::SealedDiffers);
    }
    // What was proposed for it before, and declined, says more than where it was addressed.
    let own = submission.proposal.as_ref();
    let named = own.and_then(|own| own.accused_units.iter().find(|unit| !proposal.accused_units.contains(unit)).cloned());
    let unit = named.or(addressed.filter(|_| own.is_none()));
    let person = own.is_some_and(|own| own.accused_persons.iter().any(|person| !proposal.accused_persons.contains(person)));
    if unit.is_some() || person {
        return Err(Refusal::AccusedDiffer { unit });
    }
    if !joinable {
        return Err(Refusal::CaseClosedToJoining);
    }
    let joined = Joined { to: to.id, case_id, proposal: proposal.clone() };
    Ok(Event::Joined(Box::new(joined)))
}

/// Within the window of the last reply, once a round.
fn reopen(submission: &Submission, reply: Option<Reply>, now: Ts) -> Result<Event, Refusal> {
    let waits = || if submission.reopenings > 0 { Refusal::AlreadyReopened } else { Refusal::NothingToReopen };
    let open = matches!(submission.state, State::Answered | State::Refused | State::Proposed | State::Joined);
    let reply = reply.filter(|_| open).ok_or_else(waits)?;
    if reply.round > 0 && reply.round <= submission.reopened_round {
        return Err(Refusal::AlreadyReopened);
    }
    if now > reply.deadline {
        return Err(Refusal::TooLateToReopen(reply.deadline));
    }
    Ok(Event::Reopened { round: reply.round })
}

/// Within the window of the reply or of the decision before, once each.
fn appeal(submission: &Submission, right: Option<Appealable>, now: Ts) -> Result<Event, Refusal> {
    let in_a_case = matches!(submission.state, State::Proposed | State::Joined);
    let fresh = |right: &Appealable| submission.appealed != Some(right.appeal);
    let right = right.filter(|_| in_a_case).filter(fresh).ok_or(Refusal::NothingToAppeal)?;
    if now > right.deadline {
        return Err(Refusal::TooLateToAppeal(right.deadline));
    }
    Ok(Event::Appealed(right.appeal))
}
