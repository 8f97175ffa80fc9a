use sanben_access::Role;
use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{self as pb, PublishPresetsRequest, PublishPresetsResponse};

use sanben_ledger_rules::case::presets::{Fault, Presets, Rule};

use crate::catalogue::{
    error,
    preset::{
        self, Event, Published, store,
        view::{hours_from, measure_from, version},
    },
};

/// Publishes the next version of the presets.
pub async fn run(app: &App, call: &Call, input: PublishPresetsRequest) -> Result<PublishPresetsResponse, Error> {
    let presets = read(&input)?;
    refuse(ErrorReason::InvalidFields, &presets.faults())?;
    refuse(pb::ErrorReason::PresetsAgainstLaw, &presets.against_law())?;
    app.write(call, async |tx: &mut Tx| {
        store::take_turn(tx).await?;
        let present = preset::newest(tx).await?.presets.version;
        if present != input.expected_version {
            return Err(error::presets_changed(present).into());
        }
        let mut published = Published { id: app.clock.id(), revision: 0, presets: presets.clone(), at: call.now };
        let event = Event::Published(presets.clone());
        record(tx, &app.clock, call.now, &call.actor(&[Role::Administrator]), &mut published, &[event]).await?;
        store::insert(tx, &published).await?;
        Ok(PublishPresetsResponse { presets: Some(version(&presets, Some(call.now))) })
    })
    .await
}

/// The version after the one that it is to follow.
fn read(input: &PublishPresetsRequest) -> Result<Presets, Error> {
    let wrong = |field: String, problem| Error::from(Refusal::field(ErrorReason::InvalidFields, field, problem));
    let rule = |(at, one): (usize, &pb::PresetRule)| {
        let measure = measure_from(one.measure()).ok_or_else(|| wrong(format!("rules[{at}].measure"), Problem::missing()))?;
        let amount = u32::try_from(one.amount).unwrap_or_default();
        Ok(Rule { of: one.kind(), amount, measure, roll: one.roll, basis: one.basis.clone() })
    };
    Ok(Presets {
        version: input.expected_version.saturating_add(1),
        note: input.note.clone(),
        hours: hours_from(&input.hours)
            .ok_or_else(|| wrong(span_in_the_way(&input.hours), Problem::new("problem-opening-hours")))?,
        rules: input.rules.iter().enumerate().map(rule).collect::<Result<_, Error>>()?,
    })
}

/// The first span that is none, or does not come after the one before.
fn span_in_the_way(of: &[pb::OpeningHours]) -> String {
    let alone = (0..of.len()).find(|at| hours_from(&of[*at..=*at]).is_none() || hours_from(&of[..=*at]).is_none());
    alone.map_or("hours".to_owned(), |at| format!("hours[{at}]"))
}

/// Names every field that is in the way.
fn refuse(reason: impl sanben_host::Reason, faults: &[Fault]) -> Result<(), Error> {
    let mut fields = faults.iter().map(|fault| field(*fault));
    let Some((first, problem)) = fields.next() else { return Ok(()) };
    let refusal = Refusal::field(reason, first, problem);
    Err(fields.fold(refusal, |refusal, (field, problem)| refusal.and_field(field, problem)).into())
}

fn field(fault: Fault) -> (String, Problem) {
    match fault {
        Fault::KindTwice(at) => (format!("rules[{at}].kind"), Problem::twice()),
        Fault::Measure(at) => (format!("rules[{at}].measure"), Problem::new("problem-preset-measure")),
        Fault::Amount { rule, law } => (format!("rules[{rule}].amount"), Problem::new("problem-preset-amount").with("law", law)),
        Fault::Roll(at) => (format!("rules[{at}].roll"), Problem::new("problem-preset-roll")),
        Fault::Basis(at) => (format!("rules[{at}].basis"), Problem::blank()),
        Fault::Note => ("note".to_owned(), Problem::blank()),
    }
}
