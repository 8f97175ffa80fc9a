use sanben_access::Role;
use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_date, parse_id, timestamp};
use sanben_proto::intake::{CreateSubmissionRequest, CreateSubmissionResponse, Party};
use sanben_proto::kinds::{Channel, ErrorReason, External, PublicStep};
use uuid::Uuid;

use crate::store::Step;
use crate::submission::{Event, REPRESENTATIVES_MAX, Submission};
use crate::vault::Item;
use crate::{convert, error, receipt, store, triage, vault};

/// No authority has set a day that is further away.
const DUE_DAYS_MAX: u64 = 100 * 366;

/// Takes in one submission: its facts into the store, words and identity into the vault, and a receipt code for the person.
pub async fn run(app: &App, call: &Call, input: CreateSubmissionRequest) -> Result<CreateSubmissionResponse, Error> {
    check(app, call, &input)?;
    app.write(call, async |tx: &mut Tx| {
        let party_ref = party_of(tx, app, &input).await?;
        let mut submission = new_submission(app, call, &input, party_ref);
        if let Some(external) = &submission.external {
            if store::find_external(tx, external).await?.is_some() {
                return Err(error::external_known(external).into());
            }
            store::insert_external(tx, external, submission.id).await?;
        }
        for representative in &input.representatives {
            submission.representatives.push(enter(tx, app, Some(representative)).await?);
        }
        vault::put(tx, app, party_ref, submission.id, Item::Words, &input.text).await?;
        vault::put(tx, app, party_ref, submission.id, Item::Place, &input.place).await?;
        vault::put(tx, app, party_ref, submission.id, Item::HappenDate, &input.happen_date).await?;
        let code = receipt::new_code(&app.clock);
        record(tx, &app.clock, call.now, &call.actor(Role::ALL), &mut submission, &[Event::Received]).await?;
        let reach = triage::reach(app, &submission);
        store::insert(tx, &submission, &receipt::hash(&code), &app.org.root().id, &reach).await?;
        store::add_step(tx, app.clock.id(), submission.id, Step { step: PublicStep::Received, time: call.now }).await?;
        Ok(CreateSubmissionResponse {
            submission_id: submission.id.to_string(),
            receipt_code: code,
            receive_time: Some(timestamp(submission.received)),
            party_ref: party_ref.to_string(),
        })
    })
    .await
}

/// What no annotation can say.
fn check(app: &App, call: &Call, input: &CreateSubmissionRequest) -> Result<(), Error> {
    let wrong = |field: &str, problem: Problem| Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    if input.text.trim().is_empty() {
        return wrong("text", Problem::blank());
    }
    let staff = call.caller.roles.iter().any(|role| *role != Role::Citizen);
    if !staff && input.channel() != Channel::Online {
        return wrong("channel", Problem::new("problem-channel-of-staff"));
    }
    if !staff && !input.party_ref.is_empty() {
        return wrong("party_ref", Problem::new("problem-party-of-staff"));
    }
    if let Some(external) = &input.external {
        check_external(external, staff, call.now)?;
    }
    if input.party.is_some() && !input.party_ref.is_empty() {
        return Err(error::party_twice().into());
    }
    if !input.unit_id.is_empty() && app.org.unit(&input.unit_id).is_none() {
        return Err(error::unit_unknown("unit_id", &input.unit_id).into());
    }
    check_representatives(input)?;
    if !input.happen_date.is_empty() && Ts::start_of(parse_date("happen_date", &input.happen_date)?) > call.now {
        return wrong("happen_date", Problem::future());
    }
    Ok(())
}

/// Another authority hands over through its system or through staff.
fn check_external(external: &External, staff: bool, now: Ts) -> Result<(), Error> {
    let wrong = |field: &str, problem: Problem| Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    if !staff {
        return wrong("external", Problem::new("problem-external-of-staff"));
    }
    for (field, text) in [("external.authority", &external.authority), ("external.number", &external.number)] {
        if text.trim().is_empty() {
            return wrong(field, Problem::blank());
        }
    }
    if external.due_date.is_empty() {
        return Ok(());
    }
    let days = (parse_date("external.due_date", &external.due_date)? - now.date()).whole_days().unsigned_abs();
    if days > DUE_DAYS_MAX {
        return wrong("external.due_date", Problem::too_far(DUE_DAYS_MAX / 366));
    }
    Ok(())
}

/// People who speak together choose who represents them.
fn check_representatives(input: &CreateSubmissionRequest) -> Result<(), Error> {
    let count = input.representatives.len();
    if count > REPRESENTATIVES_MAX {
        return Err(error::too_many_representatives(count).into());
    }
    if count > usize::try_from(input.party_count.max(1)).unwrap_or_default() {
        let problem = Problem::new("problem-representatives").with("parties", input.party_count.max(1));
        return Err(Refusal::field(ErrorReason::InvalidFields, "representatives", problem).into());
    }
    if let Some(index) = input.representatives.iter().position(|one| one.name.trim().is_empty()) {
        let field = format!("representatives[{index}].name");
        return Err(Refusal::field(ErrorReason::InvalidFields, &field, Problem::blank()).into());
    }
    Ok(())
}

async fn party_of(tx: &mut Tx, app: &App, input: &CreateSubmissionRequest) -> Result<Uuid, Error> {
    if !input.party_ref.is_empty() {
        let party_ref = parse_id("party_ref", &input.party_ref)?;
        let unknown = || Refusal::field(ErrorReason::InvalidFields, "party_ref", Problem::unknown()).into();
        return if vault::knows(tx, party_ref).await? { Ok(party_ref) } else { Err(unknown()) };
    }
    enter(tx, app, input.party.as_ref()).await
}

/// Enters somebody with what they said of themselves, which may be nothing.
pub async fn enter(tx: &mut Tx, app: &App, party: Option<&Party>) -> Result<Uuid, Error> {
    let party_ref = vault::enter(tx, app).await?;
    if let Some(party) = party {
        vault::put(tx, app, party_ref, party_ref, Item::Name, &party.name).await?;
        vault::put(tx, app, party_ref, party_ref, Item::Contact, &party.contact).await?;
        vault::put(tx, app, party_ref, party_ref, Item::Email, &party.email).await?;
    }
    Ok(party_ref)
}

fn new_submission(app: &App, call: &Call, input: &CreateSubmissionRequest, party_ref: Uuid) -> Submission {
    let mut new = Submission::new(app.clock.id(), party_ref, input.kind(), input.channel(), &input.unit_id, call.now);
    let unnamed = input.party.as_ref().is_none_or(|party| party.name.is_empty()) && input.representatives.is_empty();
    new.anonymous = input.party_ref.is_empty() && unnamed;
    new.external = input.external.as_ref().map(convert::external_from);
    new.parties = input.party_count.max(1);
    if !input.language.is_empty() {
        new.language.clone_from(&input.language);
    }
    new
}
