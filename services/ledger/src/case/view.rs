//! Proto ⇄ domain.

use sanben_bus::Actor;
use sanben_host::{App, Call, act, count, duration, timestamp};
use sanben_proto::{kinds, ledger as pb};

use sanben_ledger_rules::case::{
    Appeal, Case, CoHandling, External, KEPT, Objection, Passed, Referral, Round, Urging,
    clock::{colour, externals},
};

use crate::case::{
    act, approval_chain, draft_view,
    store::{Document, accountability::Accountability},
};
use crate::catalogue::checklist;
use crate::clock::view as clock_view;

/// So many numbers of other authorities are shown.
const EXTERNALS_MAX: usize = 20;

/// A case, with the deadline that its track, its receipt and the calendar give today.
pub fn case(app: &App, call: &Call, of: &Case) -> pb::Case {
    let report = of.state.report();
    let signed_after = of.assigned.filter(|_| of.number.is_none());
    let (exception_unit_id, superior_needed) = approval_chain::exception(app, of, call.now);
    pb::Case {
        case_id: of.id.to_string(),
        number: of.number.clone().unwrap_or_default(),
        book: of.book() as i32,
        track: of.track() as i32,
        origin: of.opening.origin as i32,
        state: of.state.named() as i32,
        title: of.opening.title.clone(),
        summary: of.opening.summary.clone(),
        lead_unit_id: of.lead_unit.clone(),
        assisting_unit_ids: of.assisting_units.clone(),
        gate_unit_id: of.gate_unit().to_owned(),
        sealed: of.sealed(),
        round: of.round,
        handler_id: of.state.handler().unwrap_or_default().to_owned(),
        earlier_handler_ids: of.earlier_handlers.clone(),
        reviews: report.map(|report| report.reviews.iter().map(review).collect()).unwrap_or_default(),
        outcome: report.map_or(0, |report| report.outcome as i32),
        verdict: of.verdict_by(call.now).map_or(0, |verdict| verdict as i32),
        three_ones: Some(three_ones(of.state.reply().is_some(), of.published, of.examined)),
        door: of.state.door().map_or(0, |door| door as i32),
        party_count: of.parties(),
        external: of.opening.external.as_ref().map(external),
        joined_externals: externals(of)
            .into_iter()
            .map(|(_, _, one)| one)
            .filter(|one| of.opening.external.as_ref() != Some(*one))
            .take(EXTERNALS_MAX)
            .map(external)
            .collect(),
        path: of.path.map_or(0, |path| path as i32),
        extension_days: count(of.extension_days),
        owner_id: of.owner.as_ref().map(|owner| owner.person.clone()).unwrap_or_default(),
        personal_duty: of.owner.as_ref().map_or(0, |owner| owner.duty as i32),
        repeat_of_case_id: of.repeat_of.map(|repeat| repeat.earlier.to_string()).unwrap_or_default(),
        repeat_number: of.repeat_number(),
        appeals: latest(&of.appeals).map(|one| appeal(app, call, of, one)).collect(),
        r#final: of.is_final(),
        submission_ids: of.submissions().map(|id| id.to_string()).collect(),
        receive_time: Some(timestamp(of.received())),
        propose_time: Some(timestamp(of.opening.proposed)),
        register_time: of.registered.as_ref().map(|registered| timestamp(registered.at)),
        due: Some(clock_view::due(app, of, call.now)),
        etag: of.revision.to_string(),
        open_verbs: act::open(app, call, of).into_iter().map(|verb| verb as i32).collect(),
        exception_unit_id,
        superior_needed,
        earlier_rounds: latest(&of.earlier).map(|round| earlier_round(of, round)).collect(),
        contributions: contributions(app, of),
        objection: of.objection.as_ref().map(objection),
        objection_deadline: act::objection_open_until(app, call, of).map(timestamp),
        objection_decider_unit_id: approval_chain::over_lead(app, of, call.now).into_iter().next().unwrap_or_default(),
        urgings: (1..).zip(&of.urgings).map(|(number, of)| urging(number, of)).collect(),
        visit_attempts: count(of.attempts.iter().filter(|attempt| attempt.round == of.round).count()),
        referral: referral(of.referral) as i32,
        gate_wait: of.gate_wait(call.now).map(|wait| duration(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX))),
        checklists: checklist::of_case(of),
        co_handlings: (1..).zip(&of.co_handlings).map(|(number, of)| co_handling(number, of)).collect(),
        sign_due: signed_after.map(|at| clock_view::due_of(app, of, pb::PresetKind::Signature, at)),
        clocks: clock_view::all(app, call, of),
        drafts: draft_view::all(app, call, of),
        colour: colour(of, &app.calendar(), call.now) as i32,
    }
}

fn contributions(app: &App, of: &Case) -> Vec<pb::Contribution> {
    let by_default = of.assigned.filter(|_| of.assist_by_default);
    let due_date = by_default.map(|at| clock_view::due_of(app, of, pb::PresetKind::Assistance, at).date);
    let due_date = due_date.unwrap_or_else(|| of.assist_due.clone());
    let made = |unit: &String| of.contributed.contains(unit);
    let one = |unit: &String| pb::Contribution { unit_id: unit.clone(), due_date: due_date.clone(), made: made(unit) };
    of.assisting_units.iter().map(one).collect()
}

fn objection(of: &Objection) -> pb::Objection {
    let Objection { unit, at, upheld } = of;
    pb::Objection {
        unit_id: unit.clone(),
        time: Some(timestamp(*at)),
        decided: upheld.is_some(),
        upheld: upheld.unwrap_or_default(),
    }
}

fn referral(of: Option<Referral>) -> pb::ReferralState {
    match of {
        None => pb::ReferralState::Unspecified,
        Some(Referral::Open) => pb::ReferralState::Open,
        Some(Referral::Answered) => pb::ReferralState::Answered,
    }
}

fn urging(number: i32, of: &Urging) -> pb::Urging {
    pb::Urging { number, unit_id: of.unit.clone(), due_date: of.due.clone(), answered: of.answered, lapsed: of.lapsed }
}

fn co_handling(number: i32, of: &CoHandling) -> pb::CoHandling {
    let CoHandling { authority, system: system_id, due: due_date, answered, withdrawn } = of.clone();
    pb::CoHandling { number, authority, system_id, due_date, answered, withdrawn }
}

/// The last so many, oldest first: those that are shown.
pub fn latest<T>(all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().skip(all.len().saturating_sub(KEPT))
}

fn earlier_round(case: &Case, of: &Round) -> pb::Round {
    pb::Round {
        round: of.number,
        outcome: of.reply.report.outcome as i32,
        deliver_time: Some(timestamp(of.reply.delivered)),
        verdict: case.verdict_in(of.number).map_or(0, |verdict| verdict as i32),
        door: of.door.map_or(0, |door| door as i32),
        three_ones: Some(three_ones(true, of.published, of.examined)),
    }
}

fn three_ones(feedback_delivered: bool, publication_recorded: bool, accountability_examined: bool) -> pb::ThreeOnes {
    pb::ThreeOnes { feedback_delivered, publication_recorded, accountability_examined }
}

fn appeal(app: &App, call: &Call, case: &Case, of: &Appeal) -> pb::Appeal {
    let (unit_id, superior_needed) = approval_chain::appeal(app, case, of.step, call.now);
    pb::Appeal {
        step: of.step as i32,
        round: of.round,
        ask_time: Some(timestamp(of.asked)),
        due: Some(clock_view::due_of_appeal(app, case, of)),
        unit_id,
        superior_needed,
        hearing_days: count(of.heard_days()),
        decided: of.decided.is_some(),
        upheld: of.decided.is_some_and(|decision| decision.upheld),
        decide_time: of.decided.map(|decision| timestamp(decision.at)),
        lapsed: of.decided.is_none() && of.round != case.round,
    }
}

pub fn external_from(of: kinds::External) -> External {
    let kinds::External { authority, number, due_date: due } = of;
    External { authority, number, due }
}

fn external(of: &External) -> kinds::External {
    let External { authority, number, due } = of.clone();
    kinds::External { authority, number, due_date: due }
}

pub fn accountability(of: &Accountability) -> pb::Accountability {
    let person = pb::AccountedPerson { person_id: of.accounted.person.clone(), measure: of.accounted.measure as i32 };
    pb::Accountability {
        case_id: of.case_id.to_string(),
        case_number: of.number.clone(),
        round: of.round,
        person: Some(person),
        time: Some(timestamp(of.at)),
    }
}

fn review(of: &Passed) -> pb::Review {
    let role = match of.step {
        pb::ReviewStep::Handler => "handler",
        pb::ReviewStep::Office => "office",
        pb::ReviewStep::Leader => "leader-in-charge",
        pb::ReviewStep::Unspecified => "",
    };
    let actor = Actor { person: of.person.clone(), unit: of.unit.clone(), role: role.to_owned(), ..Actor::default() };
    pb::Review { step: of.step as i32, act: Some(act(&actor, of.at)) }
}

pub fn document(of: &Document) -> pb::Document {
    pb::Document {
        document_id: of.id.to_string(),
        kind: of.kind as i32,
        round: of.round,
        text: of.text.clone(),
        create_time: Some(timestamp(of.created)),
        unit_id: of.unit.clone(),
        authority: of.authority.clone(),
    }
}
