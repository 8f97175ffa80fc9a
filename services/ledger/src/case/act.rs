//! What all verbs do alike: load, decide, save, append.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use sanben_access::{Matter, Post, Role};
use sanben_bus::{Actor, record};
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, check_etag, parse_date, parse_id, permissions_by};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{AppealStep, CaseVerb, DocumentKind, PresetKind};
use uuid::Uuid;

use sanben_ledger_rules::case::{
    Above, By, Case, Chain, Command, Signature, Superior, Until, appeal, clock, decide, is_open, open_to,
};

use crate::case::{
    approval_chain,
    ledger::Ledger,
    reproject::{self, lapse},
    store::{self, Document},
};
use crate::error;

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
    ledger: &Ledger,
    call: &Call,
    target: &Target<'_>,
    role: Role,
    command: Command,
) -> Result<Case, Error> {
    carry_out_with(tx, ledger, call, target, |_| role, async |_: &mut Tx, _: &Case| Ok(command)).await
}

/// As [`carry_out`], where role and command depend on the case.
pub async fn carry_out_with(
    tx: &mut Tx,
    ledger: &Ledger,
    call: &Call,
    target: &Target<'_>,
    role: impl FnOnce(&Case) -> Role,
    command: impl AsyncFnOnce(&mut Tx, &Case) -> Result<Command, Error>,
) -> Result<Case, Error> {
    let id = parse_id("case_id", target.case_id)?;
    store::take_turn(tx, id).await?;
    let case = visible(tx, ledger, call, id).await?;
    check_etag(target.etag, case.revision)?;
    give(tx, ledger, call, case, role, command).await
}

/// Gives a verb to a case that was read in its turn and that the caller may act on.
pub async fn give(
    tx: &mut Tx,
    ledger: &Ledger,
    call: &Call,
    before: Case,
    role: impl FnOnce(&Case) -> Role,
    command: impl AsyncFnOnce(&mut Tx, &Case) -> Result<Command, Error>,
) -> Result<Case, Error> {
    let mut case = before.clone();
    let by = by(ledger, call, &case);
    let role = role(&case);
    let command = command(tx, &case).await?;
    let actor = actor(call, role, &case, &by, command.verb());
    reproject::catch_up(tx, ledger, &mut case, call.now).await?;
    let events = decide(&case, command, &by, call.now).map_err(error::case)?;
    record(tx, &ledger.clock, call.now, &actor, &mut case, &events).await?;
    lapse(tx, ledger, &mut case, call.now).await?;
    ledger.keep(tx, &before, &case).await?;
    Ok(case)
}

/// The verbs that the caller may give the case now, as far as that depends on who they are and where the case is.
pub fn open(app: &App, call: &Call, case: &Case) -> Vec<CaseVerb> {
    let matter = matter(app, case);
    let permitted = |verb: &CaseVerb| app.access.may_touch(&app.org, &call.caller, permission(*verb), &matter);
    open_to(case, &by(app, call, case), until(app, case, call.now), call.now).into_iter().filter(permitted).collect()
}

/// Whether `verb` is one of [`open`].
pub fn is_open_now(app: &App, call: &Call, case: &Case, verb: CaseVerb) -> bool {
    app.access.may_touch(&app.org, &call.caller, permission(verb), &matter(app, case))
        && is_open(case, verb, &by(app, call, case), until(app, case, call.now), call.now)
}

/// The last instant at which the lead unit may object to its assignment.
pub fn object_until(app: &App, case: &Case) -> Ts {
    let registered = case.registered.as_ref().map(|registered| registered.at);
    let assigned = case.assigned.or(registered).unwrap_or(case.opening.proposed);
    clock::until(clock::presets(case), PresetKind::Objection, &app.calendar(), assigned).due
}

/// By when a case should be finished, to the end of that day.
pub fn finish_until(app: &App, case: &Case, now: Ts) -> Ts {
    let calendar = app.calendar();
    clock::finish(case, &calendar).project(clock::presets(case), &calendar, now).due
}

fn until(app: &App, case: &Case, now: Ts) -> Until {
    Until { object: object_until(app, case), finish: finish_until(app, case, now) }
}

/// As [`object_until`], as long as somebody of the lead unit may.
pub fn objection_open_until(app: &App, call: &Call, case: &Case) -> Option<Ts> {
    let until = until(app, case, call.now);
    let over_lead = Superior { units: approval_chain::over_lead(app, case, call.now), signature: None };
    let by = By { units: chain_of(app, &case.lead_unit), over_lead, ..By::default() };
    is_open(case, CaseVerb::Object, &by, until, call.now).then_some(until.object)
}

/// What each verb asks for: the permission of its method in the contract, by the number of the verb.
static PERMISSIONS: LazyLock<HashMap<i32, String>> = LazyLock::new(|| permissions_by("sanben.ledger.v1.case_verb"));

/// What the method of a verb asks for. A verb that the contract does not name is given to nobody.
fn permission(verb: CaseVerb) -> &'static str {
    PERMISSIONS.get(&(verb as i32)).map_or("", String::as_str)
}

/// Adds a text to the file of a case.
pub async fn add_document(tx: &mut Tx, app: &App, call: &Call, case: &Case, kind: DocumentKind, text: &str) -> Result<(), Error> {
    store::insert_document(tx, case.id, &paper(app, call, case, kind, text)).await.map_err(Error::from)
}

/// A paper in the name of the caller's unit.
pub fn paper(app: &App, call: &Call, case: &Case, kind: DocumentKind, text: &str) -> Document {
    // The reply stands after the report that it comes with.
    let created = if kind == DocumentKind::Reply { call.now.plus(Duration::from_micros(1)) } else { call.now };
    let (id, text, unit) = (app.clock.id(), text.to_owned(), call.caller.unit.clone());
    Document { id, kind, round: case.round, text, created, unit, authority: String::new() }
}

/// A unit that a request names, with those above it.
///
/// # Errors
/// `UNIT_UNKNOWN` naming the field.
pub fn chain(app: &App, field: &str, unit: &str) -> Result<Chain, Error> {
    let chain = chain_of(app, unit);
    if chain.is_empty() { Err(error::unit_unknown(field, unit).into()) } else { Ok(chain) }
}

pub fn chain_of(app: &App, unit: &str) -> Chain {
    app.org.chain(unit).into_iter().map(|unit| unit.id.clone()).collect()
}

/// Several of them.
///
/// # Errors
/// As [`chain`].
pub fn chains(app: &App, field: &str, units: &[String]) -> Result<Vec<Chain>, Error> {
    (0..).zip(units).map(|(index, unit): (usize, _)| chain(app, &format!("{field}[{index}]"), unit)).collect()
}

/// The lead unit that a request names, if it names one.
///
/// # Errors
/// As [`chain`].
pub fn lead(app: &App, unit: &str) -> Result<Option<Chain>, Error> {
    if unit.is_empty() { Ok(None) } else { chain(app, "lead_unit_id", unit).map(Some) }
}

/// Nothing is due later than that: so many days from today.
const COMING_DAYS_MAX: i64 = 100 * 366;

/// A day that a request names, from today on.
///
/// # Errors
/// `INVALID_FIELDS` naming the field.
pub fn coming_day(call: &Call, field: &str, text: &str) -> Result<String, Error> {
    let days = (parse_date(field, text)? - call.now.date()).whole_days();
    let problem = match days {
        ..0 => Problem::past(),
        0..=COMING_DAYS_MAX => return Ok(text.to_owned()),
        _ => Problem::too_far(COMING_DAYS_MAX / 366),
    };
    Err(sanben_host::Refusal::field(ErrorReason::InvalidFields, field, problem).into())
}

/// The units that have to do with a case, with all above them.
pub fn reach(app: &App, case: &Case) -> Vec<String> {
    let assisting = case.assisting_units.iter().map(String::as_str);
    // A bulletin about a unit that leads no more waits for the chief above that one.
    let signers = case.drafts.iter().filter(|draft| draft.is_open()).map(|draft| draft.signer.as_str());
    Matter::of(&app.org, [case.lead_unit.as_str(), case.gate_unit()].into_iter().chain(assisting).chain(signers)).reach
}

/// What is asked before a case is shown.
pub fn matter(app: &App, case: &Case) -> Matter {
    Matter {
        reach: reach(app, case),
        accused_units: case.opening.accused_units.clone(),
        accused_persons: case.opening.accused_persons.clone(),
    }
}

/// The tenure by which the caller signs for a unit, in force now.
pub fn signature(app: &App, call: &Call, unit: &str) -> Option<Signature> {
    let tenure = app.org.tenure(&call.caller.person, unit, call.now).filter(|_| call.caller.is(Role::Chief));
    tenure.map(|tenure| Signature { tenure: tenure.id.clone(), deputy: tenure.post == Post::Deputy })
}

/// Who acts: a signature is the tenure at the unit that signs.
fn by(app: &App, call: &Call, case: &Case) -> By {
    let signature = |unit: &str| signature(app, call, unit);
    let above = |step| {
        let (unit, superior_needed) = approval_chain::appeal(app, case, step, call.now);
        Above { signature: signature(&unit), unit, superior_needed }
    };
    let superiors = approval_chain::over_lead(app, case, call.now);
    let superior = superiors.iter().find(|unit| signature(unit).is_some()).or(superiors.first()).cloned().unwrap_or_default();
    By {
        person: call.caller.person.clone(),
        units: chain_of(app, &call.caller.unit),
        roles: call.caller.roles.clone(),
        signature: signature(case.gate_unit()),
        above: above(AppealStep::Review),
        above_twice: above(AppealStep::Rereview),
        over_lead: Superior { signature: signature(&superior), units: chain_of(app, &superior) },
        own: signature(&call.caller.unit),
    }
}

/// An act of a chief names the tenure and says if a deputy signed.
fn actor(call: &Call, role: Role, case: &Case, by: &By, verb: CaseVerb) -> Actor {
    let actor = call.actor(&[role]);
    let signature = match verb {
        CaseVerb::StrikeOffByException => &by.above.signature,
        CaseVerb::DecideAppeal => match appeal::open(case) {
            Some(open) if open.step == AppealStep::Rereview => &by.above_twice.signature,
            _ => &by.above.signature,
        },
        CaseVerb::DecideObjection => &by.over_lead.signature,
        CaseVerb::Object | CaseVerb::SignDraft | CaseVerb::DropDraft => &by.own,
        CaseVerb::TakeOwnership => {
            if by.signature.is_some() {
                &by.signature
            } else {
                &by.above.signature
            }
        }
        _ if by.signature.is_some() => &by.signature,
        _ => &by.own,
    };
    match signature {
        Some(signature) if role == Role::Chief => {
            Actor { tenure: Some(signature.tenure.clone()), deputy: signature.deputy, ..actor }
        }
        _ => actor,
    }
}

/// No annotation can say that blanks are nothing.
///
/// # Errors
/// `INVALID_FIELDS` naming the first that says nothing.
pub fn say_something(texts: &[(&str, &str)]) -> Result<(), Error> {
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((field, _)) => Err(sanben_host::Refusal::field(ErrorReason::InvalidFields, *field, Problem::blank()).into()),
        None => Ok(()),
    }
}
