use super::{Case, Event, Given, Passed, REVIEWS, Registration, Reply, Report, Round, State};

/// Lets `event` have happened. Events were decided before they are applied, so one that does not fit the state changes only the count.
pub fn apply(case: &mut Case, event: &Event) {
    case.revision += 1;
    match event {
        Event::Proposed(_) => {}
        Event::Registered { number, by, at } => {
            case.number = Some(number.clone());
            case.registered = Some(Registration { by: by.clone(), at: *at });
            case.state = State::Registered;
        }
        Event::Declined { .. } => case.state = State::Declined,
        Event::Assigned { lead, assisting, by } => {
            case.assigned_by = Some(by.clone());
            case.lead_unit.clone_from(lead);
            case.assisting_units.clone_from(assisting);
            case.state = State::Assigned;
        }
        Event::Undertaken { handler } => case.state = State::Undertaken { handler: handler.clone() },
        Event::ReportedBack { outcome } => {
            if let Some(handler) = case.state.handler() {
                case.state = State::Reported(Report { handler: handler.to_owned(), outcome: *outcome, reviews: Vec::new() });
            }
        }
        Event::Reviewed { step, person, unit, at } => {
            review(case, Passed { step: *step, person: person.clone(), unit: unit.clone(), at: *at });
        }
        Event::SentBack { .. } => {
            if let Some(handler) = case.state.handler() {
                case.state = State::Undertaken { handler: handler.to_owned() };
            }
        }
        Event::Replied { at, verdict_deadline } => {
            if let Some(report) = case.state.report() {
                case.state = State::Replied(Reply { report: report.clone(), delivered: *at, verdict_deadline: *verdict_deadline });
            }
        }
        Event::VerdictRecorded { submission, verdict } => {
            case.verdicts.push(Given { submission: *submission, round: case.round, verdict: *verdict });
        }
        Event::Settled => with_reply(case, State::Settled),
        Event::PublicationRecorded { .. } => case.published = true,
        Event::Examined => case.examined = true,
        Event::StruckOff { door, .. } => with_reply(case, |reply| State::StruckOff { reply, door: *door }),
        Event::Archived => {
            if let Some(door) = case.state.door() {
                with_reply(case, |reply| State::Archived { reply, door });
            }
        }
        Event::Reopened { .. } => reopen(case),
    }
}

/// The round is kept whole, and what is counted per round begins anew.
fn reopen(case: &mut Case) {
    let Some(reply) = case.state.reply().cloned() else { return };
    let handler = reply.report.handler.clone();
    let door = case.state.door();
    case.earlier.push(Round { number: case.round, reply, door, published: case.published, examined: case.examined });
    case.round += 1;
    (case.published, case.examined) = (false, false);
    case.state = State::Undertaken { handler };
}

fn review(case: &mut Case, passed: Passed) {
    let Some(mut report) = case.state.report().cloned() else { return };
    report.reviews.push(passed);
    case.state = if report.reviews.len() < REVIEWS.len() { State::Reported(report) } else { State::Approved(report) };
}

fn with_reply(case: &mut Case, next: impl FnOnce(Reply) -> State) {
    if let Some(reply) = case.state.reply().cloned() {
        case.state = next(reply);
    }
}
