use sanben_clock::Ts;
use sanben_proto::ledger::ProblemState;

use super::{CASES_MAX, Effect, Ending, Event, MEASURES_MAX, Measure, Opening, Problem, Refusal, Verb, days};
use crate::case::Case;
use crate::case::co_handling::stays_inside;

/// A measure works from so many days ago at the earliest.
const DAYS_BACK: i64 = 30;
/// And so many days ahead at the latest.
const DAYS_AHEAD: i64 = 365;

/// A case that somebody wants to link, and whether a problem that is not closed has it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub case: Case,
    pub taken: bool,
}

/// Puts cases together. `related`: the unit is the own one, above it or below it.
///
/// # Errors
/// When the unit is none of these, or a case may not be linked.
pub fn open(opening: &Opening, related: bool, cases: &[Candidate]) -> Result<Event, Refusal> {
    if !related {
        return Err(Refusal::OutsideReach);
    }
    linkable(cases)?;
    let cases = cases.iter().map(|one| one.case.id).collect();
    Ok(Event::Opened { opening: Box::new(opening.clone()), cases })
}

/// Links further cases to those that are linked `already`.
///
/// # Errors
/// When the problem is closed or full, or a case may not be linked.
pub fn link(problem: &Problem, cases: &[Candidate], already: usize) -> Result<Event, Refusal> {
    match problem.state() {
        state @ (ProblemState::Closed | ProblemState::Ended | ProblemState::Unspecified) => {
            return Err(Refusal::WrongState { state, verb: Verb::Link });
        }
        ProblemState::Open | ProblemState::Measured => {}
    }
    linkable(cases)?;
    if already.saturating_add(cases.len()) > CASES_MAX {
        return Err(Refusal::TooLarge { most: CASES_MAX });
    }
    Ok(Event::Linked { cases: cases.iter().map(|one| one.case.id).collect() })
}

/// Adopts a measure. `within`: the responsible unit is the problem's or below it.
///
/// # Errors
/// When none is waited for, the signature is missing, or unit or day are out of bounds.
pub fn adopt(problem: &Problem, measure: Measure, within: bool, now: Ts) -> Result<Event, Refusal> {
    match problem.state() {
        state @ (ProblemState::Measured | ProblemState::Closed | ProblemState::Ended | ProblemState::Unspecified) => {
            return Err(Refusal::WrongState { state, verb: Verb::Adopt });
        }
        ProblemState::Open => {}
    }
    let unit = || problem.opening.unit.clone();
    if measure.signed.tenure.is_none() {
        return Err(Refusal::NotTheChief { unit: unit() });
    }
    if problem.measures.len() >= MEASURES_MAX {
        return Err(Refusal::TooManyMeasures { most: MEASURES_MAX });
    }
    if !within {
        return Err(Refusal::OutsideUnit { unit: unit() });
    }
    let today = Ts::start_of(now.date());
    let (first, last) = (days(today, -DAYS_BACK), days(today, DAYS_AHEAD));
    if measure.from < first || measure.from > last {
        return Err(Refusal::Date { first, last });
    }
    Ok(Event::Adopted(Box::new(measure)))
}

/// Judges the present measure. `over`: the judge is of the problem's unit or of one above it.
///
/// # Errors
/// When there is none to judge, or not by this person, or not yet.
pub fn judge(problem: &Problem, effect: Effect, over: bool, now: Ts) -> Result<Event, Refusal> {
    let measure = match (problem.state(), problem.measures.last()) {
        (ProblemState::Measured, Some(measure)) => measure,
        (
            state @ (ProblemState::Open
            | ProblemState::Measured
            | ProblemState::Closed
            | ProblemState::Ended
            | ProblemState::Unspecified),
            _,
        ) => {
            return Err(Refusal::WrongState { state, verb: Verb::Judge });
        }
    };
    if !over {
        return Err(Refusal::NotTheOffice { unit: problem.opening.unit.clone() });
    }
    if problem.is_signed_by(&effect.signed.person) {
        return Err(Refusal::BySigner);
    }
    if now < measure.judge_from() {
        return Err(Refusal::TooEarly { first: measure.judge_from() });
    }
    Ok(Event::Judged(Box::new(effect)))
}

/// Gives a problem up.
///
/// # Errors
/// When it is over already, or the signature is missing.
pub fn end(problem: &Problem, ending: Ending) -> Result<Event, Refusal> {
    match problem.state() {
        state @ (ProblemState::Closed | ProblemState::Ended | ProblemState::Unspecified) => {
            return Err(Refusal::WrongState { state, verb: Verb::End });
        }
        ProblemState::Open | ProblemState::Measured => {}
    }
    if ending.signed.tenure.is_none() {
        return Err(Refusal::NotTheChief { unit: problem.opening.unit.clone() });
    }
    Ok(Event::Ended(Box::new(ending)))
}

/// Whatever somebody is kept from stays out: a number that others see would tell of it.
fn linkable(cases: &[Candidate]) -> Result<(), Refusal> {
    for (index, Candidate { case, taken }) in cases.iter().enumerate() {
        if case.number.is_none() {
            return Err(Refusal::NotRegistered { index });
        }
        if stays_inside(case) {
            return Err(Refusal::Sealed { index });
        }
        if *taken {
            return Err(Refusal::Taken { index });
        }
    }
    Ok(())
}
