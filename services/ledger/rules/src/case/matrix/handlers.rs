//! Who is ill or has left keeps nobody waiting.

use super::*;

const WITH_HANDLER: [CaseState; 5] =
    [CaseState::Undertaken, CaseState::Reported, CaseState::Approved, CaseState::Replied, CaseState::Settled];

fn replaced(case: &Case, to: &str) -> Case {
    let mut after = case.clone();
    for event in decide(case, replace(to), &office(), NOW).expect("the office may") {
        apply(&mut after, &event);
    }
    after
}

#[test]
fn what_was_reported_and_reviewed_stays() {
    for state in WITH_HANDLER {
        let case = case_in(state);
        let after = replaced(&case, "p-next");
        assert_eq!((after.state.named(), after.state.handler()), (state, Some("p-next")));
        let reviews = |case: &Case| case.state.report().map(|report| report.reviews.clone());
        assert_eq!(reviews(&after), reviews(&case), "{state:?}");
        assert_eq!(after.earlier_handlers, ["p-handler"], "{state:?}");
        let back = replaced(&replaced(&after, "p-third"), "p-handler");
        assert_eq!(back.earlier_handlers, ["p-handler", "p-next", "p-third"], "{state:?}: each once");
    }
}

/// Rule 2: whoever handled it signs nothing in it, looks at nothing they did, and reports no more.
#[test]
fn whoever_handled_it_before_is_out_of_it() {
    let earlier = |role, signs| by("p-handler", role, signs);
    let check = |case: &Case, command: Command, by: &By, expected: Refusal| {
        assert_eq!(decide(&replaced(case, "p-next"), command, by, LATER), Err(expected));
    };
    let undertaken = case_in(CaseState::Undertaken);
    check(&undertaken, Command::Coordinate, &earlier(Role::Chief, true), Refusal::SignerIsHandler);
    let report = Command::ReportBack { outcome: Outcome::Explained, opinion: true };
    check(&undertaken, report, &earlier(Role::Handler, false), Refusal::NotTheHandler);
    let settled = case_in(CaseState::Settled);
    check(&settled, Command::StrikeOff, &earlier(Role::Chief, true), Refusal::SignerIsHandler);
    let examine = Command::ExamineAccountability { persons: Vec::new() };
    check(&settled, examine, &earlier(Role::Office, false), Refusal::ExaminerIsHandler);
}

/// Of which unit the new handler is shows only when they act.
#[test]
fn whoever_belongs_to_the_accused_does_not_act_as_handler() {
    let case = replaced(&case_in(CaseState::Undertaken), "p-station");
    let by = By { units: vec!["lianhu-beiyuanmen".into(), "lianhu".into()], ..by("p-station", Role::Handler, false) };
    let report = Command::ReportBack { outcome: Outcome::Explained, opinion: true };
    assert_eq!(decide(&case, report, &by, NOW), Err(Refusal::HandlerIsAccused));
}

#[test]
fn refusals() {
    let check = |case: &Case, command: Command, by: &By, expected: Refusal| {
        assert_eq!(decide(case, command, by, NOW), Err(expected));
    };
    let undertaken = case_in(CaseState::Undertaken);
    check(&undertaken, replace("p-handler"), &office(), Refusal::Unchanged { field: "handler_id" });
    check(&undertaken, replace("p-accused"), &office(), Refusal::HandlerIsAccused);
    check(&undertaken, replace("p-office"), &office(), Refusal::SignerIsHandler);
    check(&undertaken, replace("p-chief"), &office(), Refusal::SignerIsHandler);
    let elsewhere = By { units: vec!["beilin".into(), "city".into()], ..office() };
    check(&undertaken, replace("p-next"), &elsewhere, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    check(&undertaken, replace("p-next"), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    let accused = By { units: vec!["lianhu".into(), "lianhu-beiyuanmen".into()], ..office() };
    check(&undertaken, replace("p-next"), &accused, Refusal::SignerIsAccused);
    let blank = Command::ReplaceHandler { handler: "p-next".into(), reason: " \n".into() };
    check(&undertaken, blank, &office(), Refusal::ReasonMissing);
    let approved = case_in(CaseState::Approved);
    let second = approved.state.report().expect("a report").reviews[1].person.clone();
    let by_leader = By { own: Some(Signature { tenure: "t-lianhu-chief".into(), deputy: false }), ..leader() };
    check(&approved, replace(&second), &By { person: "p-deputy".into(), ..by_leader }, Refusal::ReviewerTwice);
    for state in [CaseState::Proposed, CaseState::Declined, CaseState::Registered, CaseState::Assigned, CaseState::StruckOff] {
        check(&case_in(state), replace("p-next"), &office(), Refusal::WrongState { state, verb: CaseVerb::ReplaceHandler });
    }
}
