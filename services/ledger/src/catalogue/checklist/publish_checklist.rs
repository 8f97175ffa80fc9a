use sanben_access::Role;
use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{self as pb, PublishChecklistRequest, PublishChecklistResponse};

use sanben_ledger_rules::case::checklist::{Checklist, Fault, Item};

use crate::catalogue::{
    checklist::{self, Event, NAMES_MAX, Published, store},
    error,
};

/// Publishes the next version of a checklist.
pub async fn run(app: &App, call: &Call, input: PublishChecklistRequest) -> Result<PublishChecklistResponse, Error> {
    let checklist = checklist(&input);
    refuse(ErrorReason::InvalidFields, &checklist.faults())?;
    refuse(pb::ErrorReason::EvidenceTooLate, &checklist.too_late())?;
    refuse(pb::ErrorReason::ThreeOnesWeakened, &checklist.weakened())?;
    app.write(call, async |tx: &mut Tx| {
        store::take_turn(tx).await?;
        let newest = checklist::newest(tx).await?;
        let present = newest.iter().find(|one| one.checklist.name == checklist.name).map_or(0, |one| one.checklist.version);
        if present != input.expected_version {
            return Err(error::checklist_changed(present).into());
        }
        if present == 0 && newest.len() >= NAMES_MAX {
            return Err(Refusal::rule(pb::ErrorReason::TooManyChecklists).into());
        }
        let mut published = Published { id: app.clock.id(), revision: 0, checklist: checklist.clone(), at: call.now };
        let event = Event::Published(checklist.clone());
        record(tx, &app.clock, call.now, &call.actor(&[Role::Administrator]), &mut published, &[event]).await?;
        store::insert(tx, &published).await?;
        Ok(PublishChecklistResponse { checklist: Some(checklist::version(&published)) })
    })
    .await
}

/// The version after the one that it is to follow.
fn checklist(input: &PublishChecklistRequest) -> Checklist {
    let item = |one: &pb::ChecklistItem| Item { key: one.key.clone(), title: one.title.clone(), evidence: one.evidence() };
    Checklist {
        name: input.name.clone(),
        version: input.expected_version.saturating_add(1),
        title: input.title.clone(),
        origins: input.origins().collect(),
        required: input.required,
        items: input.items.iter().map(item).collect(),
    }
}

/// Names every field that is in the way.
fn refuse(reason: impl sanben_host::Reason, faults: &[Fault]) -> Result<(), Error> {
    let mut fields = faults.iter().map(|fault| field(*fault));
    let Some((first, problem)) = fields.next() else { return Ok(()) };
    let refusal = Refusal::field(reason, first, problem);
    Err(fields.fold(refusal, |refusal, (field, problem)| refusal.and_field(field, problem)).into())
}

fn field(fault: Fault) -> (String, Problem) {
    let shape = || Problem::new("problem-checklist-key");
    match fault {
        Fault::Name => ("name".to_owned(), shape()),
        Fault::Title => ("title".to_owned(), Problem::blank()),
        Fault::OriginTwice(at) => (format!("origins[{at}]"), Problem::twice()),
        Fault::Key(at) => (format!("items[{at}].key"), shape()),
        Fault::KeyTwice(at) => (format!("items[{at}].key"), Problem::twice()),
        Fault::ItemTitle(at) => (format!("items[{at}].title"), Problem::blank()),
        Fault::ItemTitleTwice(at) => (format!("items[{at}].title"), Problem::twice()),
        Fault::Optional => ("required".to_owned(), Problem::new("problem-three-ones-optional")),
        Fault::Narrowed => ("origins".to_owned(), Problem::new("problem-three-ones-narrowed")),
        Fault::Lacking => ("items".to_owned(), Problem::new("problem-three-ones-lacking")),
        Fault::TooLate(at) => (format!("items[{at}].evidence"), Problem::new("problem-evidence-too-late")),
    }
}
