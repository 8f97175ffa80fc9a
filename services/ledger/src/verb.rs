//! What all verbs do alike: load, decide, save, append.

use std::time::Duration;

use sanben_access::{Matter, Post, Role};
use sanben_bus::{Actor, record};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::ledger::DocumentKind;
use uuid::Uuid;

use crate::case::{Above, By, Case, Command, Signature, Verb, decide, open_to};
use crate::store::Document;
use crate::{ladder, store};

/// What every verb is given.
pub struct Target<'a> {
    pub case_id: &'a str,
    pub etag: &'a str,
}

/// The case, if the caller may see it.
pub async fn visible(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Case, Error> {
    let found = store::find(tx, id).await?;
    app.permit(call, found, |case| matter(app, case))
}

/// Carries a verb out on a case that the caller may see, acting as `role`.
pub async fn carry_out(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    target: &Target<'_>,
    role: Role,
    command: Command,
) -> Result<Case, Error> {
    carry_out_with(tx, app, call, target, |_| role, async |_: &mut Tx, _: &Case| Ok(command)).await
}

/// As [`carry_out`], where role and command depend on the case.
pub async fn carry_out_with(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    target: &Target<'_>,
    role: impl FnOnce(&Case) -> Role,
    command: impl AsyncFnOnce(&mut Tx, &Case) -> Result<Command, Error>,
) -> Result<Case, Error> {
    let id = parse_id("case_id", target.case_id)?;
    store::take_turn(tx, id).await?;
    let mut case = visible(tx, app, call, id).await?;
    check_etag(target.etag, case.revision)?;
    let by = by(app, call, &case);
    let role = role(&case);
    let command = command(tx, &case).await?;
    let actor = actor(call, role, &by, command.verb());
    let events = decide(&case, command, &by, call.now).map_err(sanben_host::Refusal::from)?;
    let revision = case.revision;
    record(tx, &app.clock, call.now, &actor, &mut case, &events).await?;
    store::update(tx, &case, revision, &reach(app, &case)).await?;
    Ok(case)
}

/// The verbs that the caller may give the case now, as far as that depends on who they are and where the case is.
pub fn open(app: &App, call: &Call, case: &Case) -> Vec<Verb> {
    let matter = matter(app, case);
    let permitted = |verb: &Verb| app.access.may_touch(&app.org, &call.caller, permission(*verb), &matter);
    open_to(case, &by(app, call, case), call.now).into_iter().filter(permitted).collect()
}

/// What the method of a verb asks for in the contract.
fn permission(verb: Verb) -> &'static str {
    match verb {
        Verb::Register | Verb::Decline => "ledger.case.register",
        Verb::Assign => "ledger.case.assign",
        Verb::Undertake | Verb::ReportBack | Verb::Reply => "ledger.case.handle",
        Verb::Review => "ledger.case.review",
        Verb::RecordVerdict | Verb::Reopen => "ledger.verdict.record",
        Verb::RecordPublication => "ledger.case.publish",
        Verb::Examine => "ledger.case.account",
        Verb::StrikeOff | Verb::StrikeOffByException => "ledger.case.strike_off",
        Verb::Archive => "ledger.case.archive",
    }
}

/// Adds a paper to a case.
pub async fn add_paper(tx: &mut Tx, app: &App, call: &Call, case: &Case, kind: DocumentKind, text: &str) -> Result<(), Error> {
    // The reply stands after the report that it comes with.
    let created = if kind == DocumentKind::Reply { call.now.plus(Duration::from_micros(1)) } else { call.now };
    let document = Document { id: app.clock.id(), kind, round: case.round, text: text.to_owned(), created };
    store::insert_document(tx, case.id, &document).await.map_err(Error::from)
}

/// The units that have to do with a case, with all above them.
pub fn reach(app: &App, case: &Case) -> Vec<String> {
    let assisting = case.assisting_units.iter().map(String::as_str);
    Matter::of(&app.org, [case.lead_unit.as_str(), case.opening.gate_unit.as_str()].into_iter().chain(assisting)).reach
}

fn matter(app: &App, case: &Case) -> Matter {
    Matter {
        reach: reach(app, case),
        accused_units: case.opening.accused_units.clone(),
        accused_persons: case.opening.accused_persons.clone(),
    }
}

/// Who acts: a signature is the tenure at the unit that signs, in force now.
fn by(app: &App, call: &Call, case: &Case) -> By {
    let signature = |unit: &str| {
        let tenure = app.org.tenure(&call.caller.person, unit, call.now).filter(|_| call.caller.is(Role::Chief));
        tenure.map(|tenure| Signature { tenure: tenure.id.clone(), deputy: tenure.post == Post::Deputy })
    };
    let (unit, superior_needed) = ladder::exception(app, case, call.now);
    By {
        person: call.caller.person.clone(),
        units: app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect(),
        roles: call.caller.roles.clone(),
        signature: signature(&case.opening.gate_unit),
        above: Above { signature: signature(&unit), unit, superior_needed },
    }
}

/// An act of a chief names the tenure and says if a deputy signed.
fn actor(call: &Call, role: Role, by: &By, verb: Verb) -> Actor {
    let actor = call.actor(&[role]);
    let signature = if verb == Verb::StrikeOffByException { &by.above.signature } else { &by.signature };
    match signature {
        Some(signature) if role == Role::Chief => {
            Actor { tenure: Some(signature.tenure.clone()), deputy: signature.deputy, ..actor }
        }
        _ => actor,
    }
}
