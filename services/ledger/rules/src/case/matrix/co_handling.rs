//! An authority outside the bureau takes part.

use super::*;
use crate::case::CoHandling;
use crate::case::co_handling::CO_HANDLINGS_MAX;

pub const SYSTEM: &str = "system-chengguan";

pub fn ask_authority() -> Command {
    Command::AskAuthority { authority: "市城管局".into(), system: SYSTEM.into(), due: "2023-11-20".into() }
}

pub fn asked() -> Event {
    Event::AuthorityAsked { authority: "市城管局".into(), system: SYSTEM.into(), due: "2023-11-20".into() }
}

pub fn system(person: &str) -> By {
    By { person: person.into(), roles: vec![Role::DepartmentSystem], ..By::default() }
}

/// What is about nobody may leave the bureau.
pub fn open_to_others(mut case: Case) -> Case {
    let opening = Opening { book: Book::Demand, track: Track::Petition, sealed: false, ..case.opening };
    case.opening = Opening { accused_units: Vec::new(), accused_persons: Vec::new(), ..opening };
    case
}

fn asked_in(state: CaseState) -> Case {
    let mut case = open_to_others(case_in(CaseState::Undertaken));
    step(&mut case, ask_authority(), &chief());
    let road = [
        rightful(CaseVerb::ReportBack),
        rightful(CaseVerb::Review),
        (review_ok(), office()),
        (review_ok(), leader()),
        rightful(CaseVerb::Reply),
    ];
    for (command, by) in road {
        if case.state.named() == state {
            break;
        }
        step(&mut case, command, &by);
    }
    assert_eq!(case.state.named(), state);
    case
}

fn check(case: &Case, command: Command, by: &By, expected: Refusal) {
    assert_eq!(decide(case, command, by, NOW), Err(expected));
}

fn answer(number: usize) -> Command {
    Command::AnswerCoHandling { number }
}

#[test]
fn the_chief_asks() {
    let case = open_to_others(case_in(CaseState::Undertaken));
    check(&case, ask_authority(), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    let unsigned = open_to_others(urgent_in(CaseState::Undertaken));
    check(&unsigned, ask_authority(), &chief(), Refusal::NotSigned);
    let mut full = case;
    for _ in 0..CO_HANDLINGS_MAX {
        step(&mut full, ask_authority(), &chief());
    }
    check(&full, ask_authority(), &chief(), Refusal::TooManyCoHandlings);
}

/// 信访工作条例 30.
#[test]
fn what_is_kept_from_anybody_is_not_passed_on() {
    type Change = fn(&mut Case);
    let open = || open_to_others(case_in(CaseState::Assigned));
    assert!(decide(&open(), ask_authority(), &chief(), NOW).is_ok());
    let changes: [Change; 6] = [
        |case| case.opening.sealed = true,
        |case| case.opening.book = Book::Complaint,
        |case| case.opening.track = Track::Accusation,
        |case| case.moved = Some(Moved { book: Book::Demand, track: Track::Accusation }),
        |case| case.opening.accused_units.push("beilin".into()),
        |case| case.opening.accused_persons.push("p-accused".into()),
    ];
    for change in changes {
        let mut case = open();
        change(&mut case);
        check(&case, ask_authority(), &chief(), Refusal::CoHandlingSealed);
    }
}

#[test]
fn the_system_that_was_asked_answers_once() {
    let mut case = asked_in(CaseState::Reported);
    for (number, person) in [(0, SYSTEM), (2, SYSTEM), (1, "system-other"), (1, "p-handler"), (1, "")] {
        check(&case, answer(number), &system(person), Refusal::NoCoHandling);
    }
    step(&mut case, answer(1), &system(SYSTEM));
    check(&case, answer(1), &system(SYSTEM), Refusal::CoHandlingAnswered);
}

#[test]
fn what_comes_after_the_reply_is_too_late_and_stays_so() {
    let mut case = asked_in(CaseState::Replied);
    check(&case, answer(1), &system(SYSTEM), Refusal::CoHandlingWithdrawn);
    let (reopen, person) = rightful(CaseVerb::Reopen);
    step(&mut case, reopen, &person);
    check(&case, answer(1), &system(SYSTEM), Refusal::CoHandlingWithdrawn);
    step(&mut case, ask_authority(), &chief());
    step(&mut case, answer(2), &system(SYSTEM));
}

#[test]
fn what_becomes_an_accusation_is_withdrawn() {
    let mut case = asked_in(CaseState::Undertaken);
    step(&mut case, ask_authority(), &chief());
    step(&mut case, answer(1), &system(SYSTEM));
    let moved = |track| Command::Reclassify { book: Book::Demand, track, reason: "实为检举".into() };
    step(&mut case, moved(Track::Consultation), &chief());
    assert!(case.co_handlings[1].is_open());
    step(&mut case, moved(Track::Accusation), &chief());
    let states: Vec<_> = case.co_handlings.iter().map(|one: &CoHandling| (one.answered, one.withdrawn)).collect();
    assert_eq!(states, [(true, false), (false, true)]);
}
