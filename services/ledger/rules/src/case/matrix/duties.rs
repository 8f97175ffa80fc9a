//! Who has to do what in which state, printed so that an officer can read and correct it.

use sanben_access::Role;
use sanben_clock::Calendar;
use sanben_proto::ledger::{ClockKind, DutyKind};

use super::*;
use crate::case::Paused;
use crate::case::duty::{Duty, Superiors, Whom, due_of, duties, running, verb};

fn superiors() -> Superiors {
    let city = || "city".to_owned();
    Superiors { over_lead: city(), exception: city(), appeal: city() }
}

fn kind_name(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::SignAfterwards => "补签",
        DutyKind::TellPath => "告知途径",
        DutyKind::ReviewHandler => "一审",
        DutyKind::ReviewOffice => "二审",
        DutyKind::ReviewLeader => "三审",
        kind => verb(kind).map_or("？", verb_name),
    }
}

fn clock_name(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Finish => "办结",
        ClockKind::PathNotice => "告知",
        ClockKind::FirstContact => "首次联系",
        ClockKind::Signature => "补签",
        ClockKind::Assistance => "协办",
        ClockKind::External => "外部",
        ClockKind::UrgingAnswer => "督促",
        ClockKind::AppealDecision => "复查复核",
        ClockKind::Verdict => "评价",
        ClockKind::Objection | ClockKind::Unspecified => "？",
    }
}

fn unit_name(unit: &str) -> &'static str {
    match unit {
        "lianhu" => "分局",
        "city" => "市局",
        "jiaojing" => "协办单位",
        _ => "？",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Chief => "主官",
        Role::DutyOfficer => "值班",
        Role::DeskOfficer => "受理",
        Role::Handler => "办理员",
        Role::Office => "联群办",
        Role::LeaderInCharge => "分管",
        Role::Supervisor => "督察",
        Role::LiaisonOfficer => "联络",
        _ => "？",
    }
}

/// As `建账←分局主官〔办结〕`; what is possible only later in brackets.
fn print(duty: &Duty) -> String {
    let whom = match &duty.whom {
        Whom::Person(person) => if person == "p-handler" { "承办人本人" } else { "？" }.to_owned(),
        Whom::Role(role, unit) => format!("{}{}", unit_name(unit), role_name(*role)),
    };
    let clocks: Vec<&str> = duty.clocks.iter().map(|(kind, _)| clock_name(*kind)).collect();
    let clocks = if clocks.is_empty() { String::new() } else { format!("〔{}〕", clocks.join("、")) };
    let text = format!("{}←{whom}{clocks}", kind_name(duty.kind));
    if duty.from.is_some_and(|from| from > NOW) { format!("（到期后：{text}）") } else { text }
}

fn line(name: &str, case: &Case) -> String {
    let all: Vec<String> = duties(case, &superiors()).iter().map(print).collect();
    format!("{name}：{}\n", if all.is_empty() { "—".to_owned() } else { all.join("；") })
}

fn urged(mut case: Case) -> Case {
    case.urgings.push(Urging { unit: "jiaojing".into(), due: "2023-11-20".into(), answered: false, lapsed: false, at: Some(NOW) });
    case
}

/// Nothing of the three ones is there.
fn without_the_ones(state: CaseState) -> Case {
    Case { published: false, examined: false, ..case_in(state) }
}

#[test]
fn matrix() {
    let mut printed = String::from("一、一般事项\n");
    for (state, name) in STATES {
        printed += &line(name, &case_in(state));
    }
    printed += "\n二、信访事项\n";
    for (state, name) in STATES {
        let mut case = case_in(state);
        as_petition(&mut case);
        printed += &line(name, &case);
    }
    printed += "\n三、先行交办、待补签\n";
    for (state, name) in &STATES[..9] {
        if ![CaseState::Declined, CaseState::Registered, CaseState::Objected].contains(state) {
            printed += &line(name, &urgent_in(*state));
        }
    }
    printed += "\n四、其他情形\n";
    let mut paused = case_in(CaseState::Undertaken);
    paused.pauses.push(clocks::paused());
    printed += &line("承办中、暂停计时", &paused);
    let mut paused = case_in(CaseState::Registered);
    paused.pauses.push(clocks::paused());
    printed += &line("已建账、暂停计时", &paused);
    printed += &line("承办中、被督促", &urged(case_in(CaseState::Undertaken)));
    let referred = |state| Case { referral: Some(Referral::Open), ..case_in(state) };
    printed += &line("有异议、已移交", &referred(CaseState::Objected));
    printed += &line("已销号、已移交", &referred(CaseState::StruckOff));
    let mut reviewed = case_in(CaseState::Reported);
    for by in [handler(), office()] {
        step(&mut reviewed, review_ok(), &by);
        printed += &line("审核中、再一审通过", &reviewed);
    }
    printed += &line("已回复、未公开未问责", &without_the_ones(CaseState::Replied));
    let mut unhappy = case_in(CaseState::Replied);
    step(&mut unhappy, verdict(Verdict::Dissatisfied), &By::default());
    printed += &line("已回复、不满意", &unhappy);
    let mut appealed = case_in(CaseState::Settled);
    as_petition(&mut appealed);
    step(&mut appealed, ask(), &By::default());
    printed += &line("已办结、申请复查", &appealed);
    step(&mut unhappy, Command::Reopen { submission: SUBMISSION, round: 1 }, &By::default());
    printed += &line("第二轮承办中", &unhappy);
    insta::assert_snapshot!(printed);
}

/// As whom somebody acts who has it.
fn whoever(duty: &Duty) -> By {
    match &duty.whom {
        Whom::Person(person) => by(person, Role::Handler, false),
        Whom::Role(Role::Chief, unit) if unit == "city" => city_chief(),
        Whom::Role(Role::Chief, _) => chief(),
        Whom::Role(role, unit) => {
            let units = if unit == "city" { vec![unit.clone()] } else { vec![unit.clone(), "city".to_owned()] };
            By { units, ..by(&format!("p-{}", role.name()), *role, false) }
        }
    }
}

/// What a list shows can be done, as soon as it shows it; what cannot is nobody's duty.
#[test]
fn every_duty_can_be_done_by_somebody_who_has_it() {
    use crate::case::{Until, is_open};
    let until = Until { object: LATER, finish: LATER };
    let mut seen = Vec::new();
    let mut check = |case: &Case| {
        for duty in duties(case, &superiors()) {
            let verb = verb(duty.kind).expect("of a case");
            let now = duty.from.unwrap_or(NOW).max(NOW);
            assert!(is_open(case, verb, &whoever(&duty), until, now), "{duty:?} in {:?}", case.state);
            if duty.from.is_some_and(|from| from > NOW) {
                assert!(!is_open(case, verb, &whoever(&duty), until, NOW), "too early: {duty:?}");
            }
            seen.push(duty.kind);
        }
    };
    for (state, _) in STATES {
        let mut petition = case_in(state);
        as_petition(&mut petition);
        let paused = Case { pauses: vec![Paused { ..clocks::paused() }], ..petition.clone() };
        let is_paused = petition.state.report().is_none() && ![CaseState::Proposed, CaseState::Declined].contains(&state);
        let urged = urged(petition.clone());
        let referred = Case { referral: Some(Referral::Open), ..petition.clone() };
        for case in [case_in(state), petition, without_the_ones(state)] {
            check(&case);
        }
        // Sealed only when it was answered.
        if referred.assigned.is_some() && state != CaseState::Archived {
            check(&referred);
        }
        if is_paused {
            check(&paused);
        }
        if urged.assigned.is_some() {
            check(&urged);
        }
        if ![
            CaseState::Declined,
            CaseState::Registered,
            CaseState::Objected,
            CaseState::StruckOff,
            CaseState::Archived,
            CaseState::Settled,
        ]
        .contains(&state)
        {
            check(&urgent_in(state));
        }
    }
    let mut unhappy = case_in(CaseState::Replied);
    step(&mut unhappy, verdict(Verdict::Dissatisfied), &By::default());
    check(&unhappy);
    let mut appealed = case_in(CaseState::Settled);
    as_petition(&mut appealed);
    step(&mut appealed, ask(), &By::default());
    check(&appealed);
    let every = (1..=25).map(|kind| DutyKind::try_from(kind).expect("a kind"));
    // Two reviews and a record are looked at elsewhere.
    let elsewhere = [DutyKind::ReviewOffice, DutyKind::ReviewLeader, DutyKind::AddRecord];
    let missing: Vec<DutyKind> = every.filter(|kind| !seen.contains(kind) && !elsewhere.contains(kind)).collect();
    assert_eq!(missing, []);
}

#[test]
fn what_comes_first_counts_and_what_stands_still_does_not() {
    let calendar = Calendar::shipped();
    let due = |case: &Case| {
        let running = running(case, &calendar, NOW);
        let all = duties(case, &superiors());
        let report = all.iter().find(|duty| duty.kind == DutyKind::ReportBack);
        report.map(|duty| due_of(duty, &running).map(|(clock, projected)| (clock.kind, projected.due.date().to_string())))
    };
    let mut case = case_in(CaseState::Undertaken);
    assert_eq!(due(&case), Some(Some((ClockKind::Finish, "2024-01-15".to_owned()))));
    let (authority, number) = ("市政府热线".to_owned(), "12345-1".to_owned());
    case.opening.external = Some(crate::case::External { authority, number, due: "2023-12-01".to_owned() });
    assert_eq!(due(&case), Some(Some((ClockKind::External, "2023-12-01".to_owned()))));
    case.pauses.push(clocks::paused());
    assert_eq!(due(&case), None, "nothing is reported back on meanwhile");
    let resume = duties(&case, &superiors()).into_iter().find(|duty| duty.kind == DutyKind::Resume).expect("a duty");
    assert_eq!((resume.clocks, resume.whom), (Vec::new(), Whom::Person("p-handler".to_owned())));
}
