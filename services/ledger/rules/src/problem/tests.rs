use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::EffectJudgement as Judgement;

use super::*;
use crate::case::{self, Case};

/// 10:13 in Asia/Shanghai.
const NOW: Ts = Ts::from_micros(1_700_014_380_000_000);

fn signed(person: &str, tenure: Option<&str>) -> Signed {
    let (person, tenure) = (person.into(), tenure.map(str::to_owned));
    Signed { person, unit: "lianhu".into(), role: "chief".into(), tenure, deputy: false, at: NOW }
}

fn opening() -> Opening {
    let signed = signed("p-lianhu-office", None);
    Opening { title: "路灯".into(), description: "路灯多处不亮".into(), unit: "lianhu".into(), signed }
}

fn today() -> Ts {
    Ts::start_of(NOW.date())
}

/// Works from thirty days ago, and is observed for thirty days: to be judged from today on.
fn measure() -> Measure {
    Measure {
        text: "统一检修".into(),
        responsible_unit: "lianhu".into(),
        from: days(today(), -30),
        observe_days: 30,
        signed: signed("p-lianhu-chief", Some("t-lianhu-chief")),
        effect: None,
    }
}

fn effect(judgement: Judgement) -> Effect {
    Effect { judgement, text: "来件减少".into(), before: 3, after: 1, signed: signed("p-lianhu-office", None) }
}

fn ending() -> Ending {
    Ending { reason: "并入全市整治".into(), signed: signed("p-lianhu-chief", Some("t-lianhu-chief")) }
}

fn problem(effects: &[Option<Judgement>]) -> Problem {
    let measures = effects.iter().map(|one| Measure { effect: one.map(effect), ..measure() }).collect();
    Problem { revision: 1, measures, ..Problem::new(Uuid::nil(), opening()) }
}

fn case(number: Option<&str>) -> Case {
    let opening = case::Opening {
        submissions: vec![Uuid::nil()],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路灯".into(),
        summary: "路灯不亮".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: NOW,
        proposed: NOW,
        presets: case::presets::Chosen::Shipped,
    };
    Case { number: number.map(str::to_owned), ..Case::open(Uuid::nil(), opening) }
}

fn good() -> Candidate {
    Candidate { case: case(Some("诉〔2023〕7F3K2Q")), taken: false }
}

fn name_of(state: ProblemState) -> &'static str {
    match state {
        ProblemState::Unspecified => "?",
        ProblemState::Open => "待定措施",
        ProblemState::Measured => "措施实施中",
        ProblemState::Closed => "已见效",
        ProblemState::Ended => "已终止",
    }
}

#[test]
fn state_by_command() {
    type Run = fn(&Problem) -> Result<Event, Refusal>;
    let states = [
        ("待定措施", problem(&[])),
        ("措施实施中", problem(&[None])),
        ("部分有效之后", problem(&[Some(Judgement::Partly)])),
        ("无效之后", problem(&[Some(Judgement::NotEffective)])),
        ("再次实施中", problem(&[Some(Judgement::NotEffective), None])),
        ("已见效", problem(&[Some(Judgement::Effective)])),
        ("已终止", Problem { ended: Some(ending()), ..problem(&[None]) }),
    ];
    let verbs: [(&str, Run); 6] = [
        ("终止", |of| end(of, ending())),
        ("关联事项", |of| link(of, &[good()], 2)),
        ("确定措施", |of| adopt(of, measure(), true, NOW)),
        ("评估：有效", |of| judge(of, effect(Judgement::Effective), true, NOW)),
        ("评估：部分有效", |of| judge(of, effect(Judgement::Partly), true, NOW)),
        ("评估：无效", |of| judge(of, effect(Judgement::NotEffective), true, NOW)),
    ];
    let mut table = String::from("| 共性问题状态 |");
    verbs.iter().for_each(|(name, _)| table.push_str(&format!(" {name} |")));
    table.push_str(&format!("\n|{}", " --- |".repeat(verbs.len() + 1)));
    for (name, before) in &states {
        table.push_str(&format!("\n| {name} |"));
        for (_, run) in &verbs {
            let cell = match run(before) {
                Err(Refusal::WrongState { state, .. }) if state == before.state() => "—".to_owned(),
                Err(refused) => format!("{refused:?}"),
                Ok(event) => {
                    let mut after = before.clone();
                    apply(&mut after, &event);
                    if after.state() == before.state() { "可".to_owned() } else { format!("→{}", name_of(after.state())) }
                }
            };
            table.push_str(&format!(" {cell} |"));
        }
    }
    insta::assert_snapshot!("problem", table);
}

#[test]
fn only_what_nobody_is_kept_from_is_linked() {
    let changed = |change: fn(&mut Case)| {
        let mut one = good();
        change(&mut one.case);
        open(&opening(), true, &[good(), one]).err()
    };
    assert_eq!(open(&opening(), true, &[good(), good()]).err(), None);
    assert_eq!(changed(|case| case.number = None), Some(Refusal::NotRegistered { index: 1 }));
    assert_eq!(changed(|case| case.opening.sealed = true), Some(Refusal::Sealed { index: 1 }));
    assert_eq!(changed(|case| case.opening.book = Book::Complaint), Some(Refusal::Sealed { index: 1 }));
    assert_eq!(changed(|case| case.opening.accused_units.push("yanta".into())), Some(Refusal::Sealed { index: 1 }));
    assert_eq!(changed(|case| case.opening.accused_persons.push("p-x".into())), Some(Refusal::Sealed { index: 1 }));
    let taken = Candidate { taken: true, ..good() };
    assert_eq!(link(&problem(&[]), &[taken], 0), Err(Refusal::Taken { index: 0 }));
    assert_eq!(open(&opening(), false, &[good(), good()]), Err(Refusal::OutsideReach));
}

#[test]
fn two_thousand_are_linked_at_most() {
    assert!(link(&problem(&[]), &[good(), good()], 1998).is_ok());
    assert_eq!(link(&problem(&[]), &[good(), good()], 1999), Err(Refusal::TooLarge { most: 2000 }));
}

#[test]
fn a_measure_is_signed_near_in_time_and_of_the_unit() {
    let run = |measure: Measure, within| adopt(&problem(&[]), measure, within, NOW).err();
    let from = |day: i64| Measure { from: days(today(), day), ..measure() };
    let unsigned = Measure { signed: signed("p-lianhu-chief", None), ..measure() };
    let unit = || "lianhu".to_owned();
    assert_eq!(run(unsigned, true), Some(Refusal::NotTheChief { unit: unit() }));
    assert_eq!(run(measure(), false), Some(Refusal::OutsideUnit { unit: unit() }));
    let out = Some(Refusal::Date { first: days(today(), -30), last: days(today(), 365) });
    for (day, expected) in [(-31, out.clone()), (-30, None), (0, None), (365, None), (366, out)] {
        assert_eq!(run(from(day), true), expected, "{day}");
    }
    let full = problem(&[Some(Judgement::Partly); MEASURES_MAX]);
    assert_eq!(adopt(&full, measure(), true, NOW), Err(Refusal::TooManyMeasures { most: MEASURES_MAX }));
}

#[test]
fn an_effect_is_judged_in_time_by_the_office_and_not_by_the_signer() {
    let of = problem(&[None]);
    let run = |effect: Effect, over, now| judge(&of, effect, over, now).err();
    let good = || effect(Judgement::Partly);
    assert_eq!(run(good(), false, NOW), Some(Refusal::NotTheOffice { unit: "lianhu".into() }));
    let signer = Effect { signed: signed("p-lianhu-chief", None), ..good() };
    assert_eq!(run(signer, true, NOW), Some(Refusal::BySigner));
    let last = Ts::from_micros(today().micros() - 1);
    assert_eq!(run(good(), true, last), Some(Refusal::TooEarly { first: today() }));
    assert_eq!(run(good(), true, today()), None);
}

#[test]
fn as_many_days_are_counted_before_as_after() {
    let of = Measure { from: today(), observe_days: 7, ..measure() };
    let instant = |day: i64, more: i64| Ts::from_micros(days(today(), day).micros() + more);
    let rows = [
        (instant(-7, -1), (0, 0)),
        (instant(-7, 0), (1, 0)),
        (instant(0, -1), (1, 0)),
        (instant(0, 0), (0, 1)),
        (instant(7, -1), (0, 1)),
        (instant(7, 0), (0, 0)),
    ];
    for (at, expected) in rows {
        assert_eq!(of.count([at]), expected, "{at}");
    }
    assert_eq!(of.count(rows.map(|(at, _)| at)), (2, 2));
}

/// What waits is what the rules let somebody do.
#[test]
fn a_problem_waits_as_long_as_the_rules_take_a_measure_or_a_judgement() {
    let full = problem(&[Some(Judgement::Partly); MEASURES_MAX]);
    let rows = [
        (problem(&[]), Some(NOW)),
        (problem(&[None]), Some(today())),
        (problem(&[Some(Judgement::Partly)]), Some(days(NOW, 1))),
        (problem(&[Some(Judgement::NotEffective), None]), Some(today())),
        (problem(&[Some(Judgement::Effective)]), None),
        (Problem { ended: Some(ending()), ..problem(&[None]) }, None),
        (full, None),
    ];
    for (mut of, expected) in rows {
        if let Some(effect) = of.measures.last_mut().and_then(|measure| measure.effect.as_mut()) {
            effect.signed.at = days(NOW, 1);
        }
        assert_eq!(of.waits_from(), expected, "{of:?}");
        let taken = [adopt(&of, measure(), true, NOW), judge(&of, effect(Judgement::Partly), true, NOW)];
        assert_eq!(taken.iter().any(Result::is_ok), expected.is_some(), "{of:?}");
    }
    assert!(problem(&[None]).is_signed_by("p-lianhu-chief") && !problem(&[None]).is_signed_by("p-lianhu-office"));
    assert!(!problem(&[]).is_signed_by("p-lianhu-chief"));
}

#[test]
fn folding_what_happened_gives_the_problem_again() {
    let mut it = problem(&[]);
    let events = [
        Event::Linked { cases: vec![Uuid::nil()] },
        Event::Adopted(Box::new(measure())),
        Event::Judged(Box::new(effect(Judgement::Partly))),
        Event::Adopted(Box::new(measure())),
    ];
    events.iter().for_each(|event| apply(&mut it, event));
    assert_eq!(it, Problem { revision: 5, ..problem(&[Some(Judgement::Partly), None]) });
}
