use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::intake::{Part, SplitSubmissionRequest, SplitSubmissionResponse};
use sanben_proto::kinds::{ErrorReason, PublicStep};

use crate::store::Step;
use crate::submission::{Accused, Command, Event, PartOf, State, Submission};
use crate::vault::Item;
use crate::{convert, error, receipt, store, triage, vault};

/// Splits a submission that mixes several matters. Each part is a submission of its own, of the same person and from the same instant;
/// the whole keeps all the words, and its receipt code opens them all.
pub async fn run(app: &App, call: &Call, input: SplitSubmissionRequest) -> Result<SplitSubmissionResponse, Error> {
    check(app, &input.parts)?;
    let id = parse_id("submission_id", &input.submission_id)?;
    app.write(call, async |tx: &mut Tx| {
        let before = triage::visible(tx, app, call, id).await?;
        let parts = parts_of(app, &before, &input.parts);
        let root = &app.org.root().id;
        let mut accused = Accused::default();
        parts.iter().for_each(|part| accused.add(&part.accused(root)));
        let command = Command::Split { parts: parts.iter().map(|part| part.id).collect(), accused };
        let whole = triage::carry_out(tx, app, call, &input.submission_id, &input.etag, command).await?;
        let mut shown = Vec::with_capacity(parts.len());
        for (mut part, asked) in parts.into_iter().zip(&input.parts) {
            receive(tx, app, call, &mut part, &asked.text).await?;
            shown.push(convert::submission(call, &part));
        }
        Ok(SplitSubmissionResponse { submission: Some(convert::submission(call, &whole)), parts: shown })
    })
    .await
}

fn check(app: &App, parts: &[Part]) -> Result<(), Error> {
    for (index, part) in parts.iter().enumerate() {
        for (field, text) in [("title", &part.title), ("text", &part.text)] {
            if text.trim().is_empty() {
                let field = format!("parts[{index}].{field}");
                return Err(Refusal::field(ErrorReason::InvalidFields, &field, Problem::blank()).into());
            }
        }
        if !part.unit_id.is_empty() && app.org.unit(&part.unit_id).is_none() {
            return Err(error::unit_unknown(&format!("parts[{index}].unit_id"), &part.unit_id).into());
        }
    }
    Ok(())
}

fn parts_of(app: &App, whole: &Submission, asked: &[Part]) -> Vec<Submission> {
    let part = |(number, part): (i32, &Part)| Submission {
        id: app.clock.id(),
        revision: 0,
        state: State::Received,
        kind: part.kind(),
        unit: part.unit_id.clone(),
        proposal: None,
        proposals: 0,
        lead_unit: None,
        reopenings: 0,
        reopened_round: 0,
        part_of: Some(PartOf { whole: whole.id, number, title: part.title.clone() }),
        ..whole.clone()
    };
    (1..).zip(asked).map(part).collect()
}

/// A part has no code of its own: what is kept in its place is the hash of one that nobody was given.
async fn receive(tx: &mut Tx, app: &App, call: &Call, part: &mut Submission, text: &str) -> Result<(), Error> {
    vault::put(tx, app, part.party_ref, part.id, Item::Words, text).await?;
    record(tx, &app.clock, call.now, &call.actor(triage::DESK), part, &[Event::Received]).await?;
    let unused = receipt::hash(&receipt::new_code(&app.clock));
    store::insert(tx, part, &unused, &app.org.root().id, &triage::reach(app, part)).await?;
    store::add_step(tx, app.clock.id(), part.id, Step { step: PublicStep::Received, time: part.received }).await?;
    Ok(())
}
