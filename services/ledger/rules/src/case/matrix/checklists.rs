//! What must be complete before a case is struck off.

use sanben_proto::ledger::Evidence;

use super::*;
use crate::case::checklist::{Checklist, Fault, Item, has, missing, of, shipped};

fn item(key: &str, title: &str, evidence: Evidence) -> Item {
    Item { key: key.into(), title: title.into(), evidence }
}

fn list(required: bool, items: Vec<Item>) -> Checklist {
    Checklist { name: "own".into(), version: 1, title: "自定清单".into(), origins: Vec::new(), required, items }
}

/// A case on the straight road that is judged by `lists`.
fn judged_by(lists: Vec<Checklist>, state: CaseState) -> Case {
    let register = Command::Register { number: "投〔2023〕7F3K2Q".into(), checklists: lists };
    case_on(state, opening(), vec![(register, chief()), rightful(CaseVerb::Assign)])
}

fn record(kind: RecordKind) -> Command {
    Command::AddRecord { kind }
}

#[test]
fn the_lists_that_come_with_the_suite_are_sound() {
    let names: Vec<_> = shipped().iter().map(|list| (list.name.as_str(), list.version, list.required, list.items.len())).collect();
    assert_eq!(names, [("three-ones", 1, true, 3), ("five-ones", 1, false, 5)]);
    for list in shipped() {
        assert_eq!((list.faults(), list.too_late()), (Vec::new(), Vec::new()), "{}", list.name);
    }
    let three = [Evidence::Feedback, Evidence::Publication, Evidence::Accountability];
    assert_eq!(shipped()[0].items.iter().map(|item| item.evidence).collect::<Vec<_>>(), three);
    assert!(shipped()[0].is_for(Channel::Letter) && shipped()[1].is_for(Channel::Meeting) && !shipped()[1].is_for(Channel::Online));
}

#[test]
fn what_is_wrong_with_a_list_is_named() {
    let check = |list: Checklist, expected: &[Fault]| assert_eq!(list.faults(), expected, "{list:?}");
    let good = || list(true, vec![item("a-1", "一", Evidence::Measure), item("b", "二", Evidence::Measure)]);
    check(good(), &[]);
    for name in ["", "Own", "own list", "清单", "own_1"] {
        check(Checklist { name: name.into(), ..good() }, &[Fault::Name]);
    }
    check(Checklist { title: " \u{3000}".into(), ..good() }, &[Fault::Title]);
    check(Checklist { origins: vec![Channel::Online, Channel::Hall, Channel::Online], ..good() }, &[Fault::OriginTwice(2)]);
    let twice = vec![item("a", "一", Evidence::Measure), item("a", "一 ", Evidence::Mediation), item("A", " ", Evidence::Measure)];
    check(list(true, twice), &[Fault::KeyTwice(1), Fault::ItemTitleTwice(1), Fault::Key(2), Fault::ItemTitle(2)]);
    let late = vec![
        item("a", "一", Evidence::Mediation),
        item("b", "二", Evidence::Urging),
        item("c", "三", Evidence::Coordination),
        item("d", "四", Evidence::ReturnVisit),
    ];
    assert_eq!(list(true, late.clone()).too_late(), [Fault::TooLate(1), Fault::TooLate(2), Fault::TooLate(3)]);
    assert_eq!(list(false, late).too_late(), []);
}

#[test]
fn a_case_is_judged_by_what_it_was_registered_under() {
    let consulted = list(true, vec![item("consultation", "一事一会诊", Evidence::Consultation)]);
    let mut of_old = case_in(CaseState::Settled);
    let mut of_new = judged_by(vec![shipped()[0].clone(), consulted], CaseState::Registered);
    for (verb, by) in [(CaseVerb::Assign, chief()), (CaseVerb::Undertake, handler()), (CaseVerb::ReportBack, handler())] {
        step(&mut of_new, rightful(verb).0, &by);
    }
    for (command, by) in [(review_ok(), handler()), (review_ok(), office()), (review_ok(), leader()), rightful(CaseVerb::Reply)] {
        step(&mut of_new, command, &by);
    }
    for verb in [CaseVerb::RecordPublication, CaseVerb::ExamineAccountability, CaseVerb::RecordVerdict] {
        let (command, by) = rightful(verb);
        step(&mut of_new, command, &by);
    }
    step(&mut of_old, Command::StrikeOff, &chief());
    let refused =
        |missing: &[&str]| Err(Refusal::ThreeOnesIncomplete { missing: missing.iter().map(|one| (*one).to_owned()).collect() });
    assert_eq!(decide(&of_new, Command::StrikeOff, &chief(), NOW), refused(&["一事一会诊"]));
    assert_eq!(decide(&of_new, record(RecordKind::JointConsultation), &office(), NOW), Err(Refusal::NotTheHandler));
    step(&mut of_new, record(RecordKind::SiteSurvey), &handler());
    assert_eq!(decide(&of_new, Command::StrikeOff, &chief(), NOW), refused(&["一事一会诊"]), "another record");
    step(&mut of_new, record(RecordKind::JointConsultation), &handler());
    let mut again = of_new.clone();
    step(&mut of_new, Command::StrikeOff, &chief());

    step(&mut again, Command::Reopen { submission: SUBMISSION, round: 1 }, &By::default());
    assert_eq!(again.checklists.as_ref().map(Vec::len), Some(2), "in later rounds, too");
    assert_eq!(missing(&again), ["一事一反馈", "一事一公开", "一事一问责", "一事一会诊"], "and each round has its own");
}

#[test]
fn only_required_lists_hold_a_case_up() {
    let mut case = judged_by(shipped().to_vec(), CaseState::Settled);
    let open: Vec<_> = of(&case)[1].items.iter().filter(|item| !has(&case, item.evidence)).map(|item| item.key.as_str()).collect();
    assert_eq!(open, ["consultation", "plan", "urging"]);
    step(&mut case, Command::StrikeOff, &chief());
    let mut free = judged_by(Vec::new(), CaseState::Settled);
    assert!(of(&free).is_empty(), "no list is for it");
    step(&mut free, Command::StrikeOff, &chief());
}

#[test]
fn each_kind_of_evidence_is_noticed() {
    let check = |case: &Case, expected: &[Evidence]| {
        let all = (1..).map_while(|number| Evidence::try_from(number).ok());
        assert_eq!(all.filter(|evidence| has(case, *evidence)).collect::<Vec<_>>(), expected);
    };
    let mut case = case_in(CaseState::Undertaken);
    check(&case, &[]);
    for kind in [RecordKind::Mediation, RecordKind::Measure, RecordKind::Measure] {
        step(&mut case, record(kind), &handler());
    }
    check(&case, &[Evidence::Measure, Evidence::Mediation]);
    assert_eq!(case.evidence.len(), 2, "each once");
    for verb in [CaseVerb::Coordinate, CaseVerb::Urge] {
        let (command, by) = rightful(verb);
        step(&mut case, command, &by);
    }
    check(&case, &[Evidence::Measure, Evidence::Mediation, Evidence::Coordination, Evidence::Urging]);
    for kind in [RecordKind::JointConsultation, RecordKind::SiteSurvey] {
        step(&mut case, record(kind), &handler());
    }
    check(&case, &(4..10).filter_map(|number| Evidence::try_from(number).ok()).collect::<Vec<_>>());

    let three = [Evidence::Feedback, Evidence::Publication, Evidence::Accountability];
    let mut replied = case_in(CaseState::Replied);
    check(&replied, &three);
    let visitor = by("p-visitor", Role::Office, false);
    for attempt in 0..3 {
        check(&replied, &three);
        let at = Ts::from_micros(NOW.micros() + attempt * 24 * 3600 * 1_000_000);
        let events = decide(&replied, visit(Verdict::Unreachable), &visitor, at).expect("an attempt");
        events.iter().for_each(|event| apply(&mut replied, event));
    }
    check(&replied, &[three.as_slice(), &[Evidence::ReturnVisit]].concat());
    let mut reached = case_in(CaseState::Replied);
    step(&mut reached, visit(Verdict::Satisfied), &visitor);
    check(&reached, &[three.as_slice(), &[Evidence::ReturnVisit]].concat());
}

#[test]
fn before_there_were_lists_it_was_the_first_version_of_the_three_ones() {
    let old = r#"{"Registered":{"number":"投〔2023〕7F3K2Q","by":"p-chief","at":1700000000000000}}"#;
    let event: Event = serde_json::from_str(old).expect("an old event");
    let mut case = case_in(CaseState::Proposed);
    assert!(of(&case).is_empty(), "none at the gate");
    apply(&mut case, &event);
    assert_eq!(of(&case), &shipped()[..1]);
    assert_eq!(missing(&case).len(), 3);
    let mut snapshot = serde_json::to_value(case_in(CaseState::Settled)).expect("a snapshot");
    for field in ["checklists", "evidence"] {
        assert!(snapshot.as_object_mut().expect("an object").remove(field).is_some(), "{field}");
    }
    let mut case: Case = serde_json::from_value(snapshot).expect("an old snapshot");
    assert_eq!(of(&case), &shipped()[..1]);
    step(&mut case, Command::StrikeOff, &chief());
}

#[test]
fn an_urgent_case_gets_its_lists_with_the_signature() {
    let mut case = urgent_in(CaseState::Settled);
    assert!(of(&case).is_empty());
    assert_eq!(decide(&case, Command::StrikeOff, &chief(), NOW), Err(Refusal::NotSigned));
    step(&mut case, register(), &chief());
    assert_eq!(of(&case), shipped());
    step(&mut case, Command::StrikeOff, &chief());
}
