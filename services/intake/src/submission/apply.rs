use super::{Event, State, Submission};

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
        Event::Joined(joined) => {
            submission.state = State::Joined;
            submission.case_id = Some(joined.case_id);
            submission.joined = Some(joined.clone());
        }
        Event::Detached { by_person, .. } => {
            submission.stays_alone |= by_person;
            back_to_triage(submission);
        }
        Event::PartProposed { accused } => submission.accused_in_parts.add(accused),
        Event::Appealed(appealed) => {
            submission.appeals += 1;
            submission.appealed = Some(*appealed);
        }
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
        Event::Returned => back_to_triage(submission),
        Event::LeadChanged { unit } => submission.lead_unit = Some(unit.clone()),
    }
}

fn back_to_triage(submission: &mut Submission) {
    submission.state = State::Received;
    submission.case_id = None;
    submission.reopened_round = 0;
    submission.appealed = None;
    if let Some(joined) = submission.joined.take() {
        submission.lead_unit = None;
        // Kept from the same people until triage says otherwise, like what a chief declined.
        submission.proposal = Some(joined.proposal);
    }
}
