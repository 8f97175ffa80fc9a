//! What all verbs of triage do alike.

use sanben_access::{Matter, Role};
use sanben_bus::{Actor, record};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::kinds::PublicStep;
use uuid::Uuid;

use crate::store;
use crate::store::Step;
use crate::submission::{Accused, Command, Event, Submission, decide};

/// Who acts at the desk.
pub const DESK: &[Role] = &[
    Role::DeskOfficer,
    Role::MeetingSecretary,
    Role::IdentityCustodian,
    Role::Handler,
    Role::Office,
    Role::LeaderInCharge,
    Role::Chief,
];

/// The units of a submission, with all above them.
pub fn reach(app: &App, submission: &Submission) -> Vec<String> {
    Matter::of(&app.org, submission.units(&app.org.root().id)).reach
}

/// What a decision about a submission needs to know.
pub fn matter(app: &App, submission: &Submission) -> Matter {
    let root = &app.org.root().id;
    let Accused { units, persons } = submission.accused(root);
    Matter { accused_units: units, accused_persons: persons, ..Matter::of(&app.org, submission.units(root)) }
}

/// The submission, if the caller may see it.
pub async fn visible(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Submission, Error> {
    let found = store::find(tx, id).await?;
    app.permit(call, found, |submission| matter(app, submission))
}

/// Carries a verb out on a submission that the caller may see.
pub async fn carry_out(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    submission_id: &str,
    etag: &str,
    command: Command,
) -> Result<Submission, Error> {
    let id = parse_id("submission_id", submission_id)?;
    store::take_turn(tx, id).await?;
    let mut submission = visible(tx, app, call, id).await?;
    check_etag(etag, submission.revision)?;
    let event = decide(&submission, command).map_err(sanben_host::Refusal::from)?;
    happen(tx, app, call.now, &call.actor(DESK), &mut submission, event).await?;
    Ok(submission)
}

/// Lets an event have happened: history, state, and the step that the person sees.
pub async fn happen(
    tx: &mut Tx,
    app: &App,
    now: Ts,
    actor: &Actor,
    submission: &mut Submission,
    event: Event,
) -> Result<(), Error> {
    let revision = submission.revision;
    let step = public_step(&event);
    record(tx, &app.clock, now, actor, submission, &[event]).await?;
    let reach = reach(app, submission);
    store::update(tx, submission, revision, &app.org.root().id, &reach).await?;
    if let Some(step) = step {
        store::add_step(tx, app.clock.id(), submission.id, Step { step, time: now }).await?;
    }
    Ok(())
}

fn public_step(event: &Event) -> Option<PublicStep> {
    match event {
        Event::Received => Some(PublicStep::Received),
        Event::Answered => Some(PublicStep::Answered),
        Event::Passed { .. } => Some(PublicStep::Passed),
        Event::Refused => Some(PublicStep::Refused),
        Event::Proposed(_) => Some(PublicStep::Proposed),
        Event::Returned => Some(PublicStep::BackToTriage),
        Event::Acknowledged(_) => Some(PublicStep::Acknowledged),
        Event::Split { .. } => Some(PublicStep::Split),
        Event::Joined(_) => Some(PublicStep::Joined),
        Event::Detached { .. } => Some(PublicStep::Detached),
        Event::Appealed(_) => Some(PublicStep::Appealed),
        Event::Reopened { .. } => Some(PublicStep::Reopened),
        Event::Withdrawn
        | Event::ReceiptSealed { .. }
        | Event::WordsRead { .. }
        | Event::PartProposed { .. }
        | Event::Linked { .. }
        | Event::LeadChanged { .. } => None,
    }
}
