//! The state × command matrix, printed so that an officer can read and correct it, and the refusals one by one.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Outcome, Track, Verdict};
use sanben_proto::ledger::{CaseState, Door, ReviewStep};
use uuid::Uuid;

use super::{Above, By, Case, Command, Event, Opening, Refusal, Signature, Verb, apply, decide};

const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);
const LATER: Ts = Ts::from_micros(1_800_000_000_000_000);
const SUBMISSION: Uuid = Uuid::nil();

fn opening() -> Opening {
    Opening {
        submissions: vec![SUBMISSION, Uuid::max()],
        book: Book::Complaint,
        track: Track::Accusation,
        origin: Channel::Online,
        title: "窗口服务态度".into(),
        summary: "群众反映窗口服务态度差".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: vec!["lianhu-beiyuanmen".into()],
        accused_persons: vec!["p-accused".into()],
        sealed: true,
        received: NOW,
        proposed: NOW,
    }
}

fn by(person: &str, role: Role, signs: bool) -> By {
    By {
        person: person.into(),
        units: vec!["lianhu".into(), "city".into()],
        roles: vec![role],
        signature: signs.then(|| Signature { tenure: "t-lianhu-chief".into(), deputy: false }),
        above: Above { unit: "city".into(), superior_needed: false, signature: None },
    }
}

/// One level up.
fn city_chief() -> By {
    let signature = Some(Signature { tenure: "t-city-chief".into(), deputy: false });
    By { above: Above { unit: "city".into(), superior_needed: false, signature }, ..by("p-city-chief", Role::Chief, false) }
}

fn chief() -> By {
    by("p-chief", Role::Chief, true)
}

fn handler() -> By {
    by("p-handler", Role::Handler, false)
}

fn office() -> By {
    by("p-office", Role::Office, false)
}

fn leader() -> By {
    by("p-leader", Role::LeaderInCharge, false)
}

fn review_ok() -> Command {
    Command::Review { approve: true, criteria_met: true, reason: String::new() }
}

fn verdict(verdict: Verdict) -> Command {
    Command::RecordVerdict { submission: SUBMISSION, round: 1, verdict }
}

fn exception() -> Command {
    Command::StrikeOffByException { reason: "已穷尽办理措施，群众仍不确认".into(), superior: false }
}

fn assign() -> Command {
    Command::Assign { lead: vec!["lianhu".into(), "city".into()], assisting: vec![vec!["jiaojing".into(), "city".into()]] }
}

/// The rightful way of giving each verb, to a case of the first round.
fn rightful(verb: Verb) -> (Command, By) {
    match verb {
        Verb::Register => (Command::Register { number: "投〔2023〕7F3K2Q".into() }, chief()),
        Verb::Decline => (Command::Decline { reason: "不属于公安机关职责".into() }, chief()),
        Verb::Assign => (assign(), chief()),
        Verb::Undertake => (Command::Undertake, handler()),
        Verb::ReportBack => (Command::ReportBack { outcome: Outcome::Supported }, handler()),
        Verb::Review => (review_ok(), handler()),
        Verb::Reply => (Command::Reply { verdict_deadline: LATER }, handler()),
        Verb::RecordVerdict => (verdict(Verdict::Satisfied), by("service:sanben", Role::Service, false)),
        Verb::RecordPublication => (Command::RecordPublication { published: true }, office()),
        Verb::Examine => (Command::Examine, office()),
        Verb::StrikeOff => (Command::StrikeOff, chief()),
        Verb::StrikeOffByException => (exception(), city_chief()),
        Verb::Archive => (Command::Archive, office()),
        Verb::Reopen => (Command::Reopen { submission: SUBMISSION, round: 1 }, by("anonymous", Role::Citizen, false)),
    }
}

fn step(case: &mut Case, command: Command, by: &By) {
    let events = decide(case, command, by, NOW).unwrap_or_else(|refusal| panic!("{refusal:?} in {:?}", case.state));
    events.iter().for_each(|event| apply(case, event));
}

/// A case on the straight road, as far as `state`.
fn case_in(state: CaseState) -> Case {
    let mut case = Case::open(Uuid::nil(), opening());
    apply(&mut case, &Event::Proposed(Box::new(opening())));
    let road: Vec<(Command, By)> = vec![
        rightful(Verb::Register),
        rightful(Verb::Assign),
        rightful(Verb::Undertake),
        rightful(Verb::ReportBack),
        rightful(Verb::Review),
        (review_ok(), office()),
        (review_ok(), leader()),
        rightful(Verb::Reply),
        rightful(Verb::RecordPublication),
        rightful(Verb::Examine),
        rightful(Verb::RecordVerdict),
        rightful(Verb::StrikeOff),
        rightful(Verb::Archive),
    ];
    if state == CaseState::Declined {
        let (command, by) = rightful(Verb::Decline);
        step(&mut case, command, &by);
        return case;
    }
    for (command, by) in road {
        if case.state.named() == state && (state != CaseState::Replied || case.examined) {
            break;
        }
        step(&mut case, command, &by);
    }
    assert_eq!(case.state.named(), state);
    case
}

const STATES: [(CaseState, &str); 11] = [
    (CaseState::Proposed, "待建账"),
    (CaseState::Declined, "未予建账"),
    (CaseState::Registered, "已建账"),
    (CaseState::Assigned, "已交办"),
    (CaseState::Undertaken, "承办中"),
    (CaseState::Reported, "审核中"),
    (CaseState::Approved, "待回复"),
    (CaseState::Replied, "已回复"),
    (CaseState::Settled, "已办结"),
    (CaseState::StruckOff, "已销号"),
    (CaseState::Archived, "已归档"),
];

fn name_of(state: CaseState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("？", |(_, name)| name)
}

fn cell(state: CaseState, verb: Verb) -> String {
    let mut case = case_in(state);
    // In 已办结 the first submission has its verdict; the second may still speak.
    let (mut command, by) = rightful(verb);
    if state == CaseState::Settled && verb == Verb::RecordVerdict {
        command = Command::RecordVerdict { submission: Uuid::max(), round: 1, verdict: Verdict::Satisfied };
    }
    // Door B is for those who were heard and are not content.
    if verb == Verb::StrikeOffByException && [CaseState::Replied, CaseState::Settled].contains(&state) {
        let submission = if state == CaseState::Replied { SUBMISSION } else { Uuid::max() };
        let dissatisfied = Command::RecordVerdict { submission, round: 1, verdict: Verdict::Dissatisfied };
        step(&mut case, dissatisfied, &by);
        case.published = true;
        case.examined = true;
    }
    match decide(&case, command, &by, NOW) {
        Err(Refusal::WrongState { .. }) => "—".to_owned(),
        Err(refusal) => format!("{refusal:?}"),
        Ok(events) => {
            events.iter().for_each(|event| apply(&mut case, event));
            let after = case.state.named();
            if after == state { "可".to_owned() } else { format!("→{}", name_of(after)) }
        }
    }
}

#[test]
fn state_by_command() {
    let mut table = String::from("| 事项状态 |");
    for verb in Verb::ALL {
        table.push_str(&format!(" {} |", verb.name()));
    }
    table.push_str(&format!("\n|{}", " --- |".repeat(Verb::ALL.len() + 1)));
    for (state, name) in STATES {
        table.push_str(&format!("\n| {name} |"));
        for verb in Verb::ALL {
            table.push_str(&format!(" {} |", cell(state, verb)));
        }
    }
    insta::assert_snapshot!("matrix", table);
}

fn refused(state: CaseState, command: Command, by: &By, expected: Refusal) {
    assert_eq!(decide(&case_in(state), command, by, NOW), Err(expected));
}

#[test]
fn the_gate() {
    let register = || rightful(Verb::Register).0;
    refused(CaseState::Proposed, register(), &by("p-x", Role::Chief, false), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Proposed, register(), &by("p-accused", Role::Chief, true), Refusal::SignerIsAccused);
    let station = By { units: vec!["lianhu-beiyuanmen".into(), "lianhu".into(), "city".into()], ..chief() };
    refused(CaseState::Proposed, register(), &station, Refusal::SignerIsAccused);
    refused(CaseState::Proposed, Command::Decline { reason: " ".into() }, &chief(), Refusal::ReasonMissing);
}

#[test]
fn assignment_and_handling() {
    let to = |lead: &[&str], assisting: &[&[&str]]| Command::Assign {
        lead: lead.iter().map(|unit| (*unit).to_owned()).collect(),
        assisting: assisting.iter().map(|chain| chain.iter().map(|unit| (*unit).to_owned()).collect()).collect(),
    };
    refused(CaseState::Registered, to(&["lianhu-beiyuanmen", "lianhu", "city"], &[]), &chief(), Refusal::HandlerIsAccused);
    let twice = to(&["lianhu", "city"], &[&["lianhu", "city"]]);
    refused(CaseState::Registered, twice, &chief(), Refusal::AssistingIsLead { unit: "lianhu".into() });
    let elsewhere = By { units: vec!["beilin".into(), "city".into()], ..handler() };
    refused(CaseState::Assigned, Command::Undertake, &elsewhere, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    let below = By { units: vec!["lianhu-qingnianlu".into(), "lianhu".into(), "city".into()], ..handler() };
    refused(CaseState::Assigned, Command::Undertake, &below, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    refused(CaseState::Registered, to(&["beilin", "city"], &[]), &chief(), Refusal::LeadOutsideGate { unit: "lianhu".into() });
    let mut handed_out = case_in(CaseState::Assigned);
    handed_out.assigned_by = Some("p-other-chief".into());
    let other_chief = by("p-other-chief", Role::Handler, false);
    assert_eq!(decide(&handed_out, Command::Undertake, &other_chief, NOW), Err(Refusal::SignerIsHandler));
    refused(CaseState::Assigned, Command::Undertake, &by("p-chief", Role::Handler, false), Refusal::SignerIsHandler);
    refused(CaseState::Assigned, Command::Undertake, &by("p-accused", Role::Handler, false), Refusal::HandlerIsAccused);
    let report = Command::ReportBack { outcome: Outcome::Explained };
    refused(CaseState::Undertaken, report, &by("p-other", Role::Handler, false), Refusal::NotTheHandler);
}

#[test]
fn the_three_reviews() {
    refused(CaseState::Reported, review_ok(), &office(), Refusal::WrongReviewRole { step: ReviewStep::Handler });
    let unmet = Command::Review { approve: true, criteria_met: false, reason: String::new() };
    refused(CaseState::Reported, unmet, &handler(), Refusal::CriteriaNotMet);
    let silent = Command::Review { approve: false, criteria_met: false, reason: String::new() };
    refused(CaseState::Reported, silent, &handler(), Refusal::ReasonMissing);

    let mut case = case_in(CaseState::Reported);
    step(&mut case, review_ok(), &by("p-second", Role::Handler, false));
    let same_person = by("p-second", Role::Office, false);
    assert_eq!(decide(&case, review_ok(), &same_person, NOW), Err(Refusal::ReviewerTwice));
    let the_handler = by("p-handler", Role::Office, false);
    assert_eq!(decide(&case, review_ok(), &the_handler, NOW), Err(Refusal::ReviewerTwice));
    let back = Command::Review { approve: false, criteria_met: false, reason: "整改未到位".into() };
    step(&mut case, back, &office());
    assert_eq!(case.state.named(), CaseState::Undertaken);
    let (again, who) = rightful(Verb::ReportBack);
    step(&mut case, again, &who);
    assert!(case.state.report().expect("a report").reviews.is_empty(), "it starts again at the first review");
}

#[test]
fn verdicts() {
    let check = |command, now, expected| assert_eq!(decide(&case_in(CaseState::Replied), command, &handler(), now), Err(expected));
    check(
        Command::RecordVerdict { submission: SUBMISSION, round: 2, verdict: Verdict::Satisfied },
        NOW,
        Refusal::WrongRound { round: 1 },
    );
    check(
        Command::RecordVerdict { submission: Uuid::from_u128(7), round: 1, verdict: Verdict::Satisfied },
        NOW,
        Refusal::NotOfThisCase,
    );
    let late = Ts::from_micros(LATER.micros() + 1);
    check(verdict(Verdict::Satisfied), late, Refusal::VerdictTooLate { deadline: LATER });
    assert!(decide(&case_in(CaseState::Replied), verdict(Verdict::Satisfied), &handler(), LATER).is_ok());
    let mut case = case_in(CaseState::Replied);
    step(&mut case, verdict(Verdict::Dissatisfied), &handler());
    assert_eq!(case.state.named(), CaseState::Replied, "a dissatisfied verdict settles nothing");
    assert_eq!(decide(&case, verdict(Verdict::Satisfied), &handler(), NOW), Err(Refusal::VerdictTwice));
}

#[test]
fn strike_off_needs_everything() {
    refused(CaseState::Settled, Command::StrikeOff, &by("p-handler", Role::Chief, true), Refusal::SignerIsHandler);
    refused(CaseState::Settled, Command::StrikeOff, &office(), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Settled, Command::Examine, &handler(), Refusal::ExaminerIsHandler);

    let mut incomplete = case_in(CaseState::Settled);
    incomplete.published = false;
    incomplete.examined = false;
    let missing = vec!["一事一公开", "一事一问责"];
    assert_eq!(decide(&incomplete, Command::StrikeOff, &chief(), NOW), Err(Refusal::ThreeOnesIncomplete { missing }));

    let mut contested = case_in(CaseState::Settled);
    let dissatisfied = Command::RecordVerdict { submission: Uuid::max(), round: 1, verdict: Verdict::Dissatisfied };
    step(&mut contested, dissatisfied, &handler());
    assert_eq!(decide(&contested, Command::StrikeOff, &chief(), NOW), Err(Refusal::NotConfirmed), "one dissatisfied shuts door A");
}

/// A case that was replied to, with its three ones, of which its person says `said`.
fn unconfirmed(said: Option<Verdict>) -> Case {
    let mut case = case_in(CaseState::Replied);
    (case.published, case.examined) = (true, true);
    if let Some(said) = said {
        step(&mut case, verdict(said), &handler());
    }
    case
}

#[test]
fn the_second_door() {
    let check = |case: &Case, command: Command, by: &By, now, expected| assert_eq!(decide(case, command, by, now), Err(expected));
    let late = Ts::from_micros(LATER.micros() + 1);
    let dissatisfied = unconfirmed(Some(Verdict::Dissatisfied));
    check(&dissatisfied, exception(), &chief(), NOW, Refusal::NotOneLevelUp { unit: "city".into() });
    check(&dissatisfied, exception(), &By { person: "p-accused".into(), ..city_chief() }, NOW, Refusal::SignerIsAccused);
    check(&dissatisfied, exception(), &By { person: "p-handler".into(), ..city_chief() }, NOW, Refusal::SignerIsHandler);
    check(&unconfirmed(Some(Verdict::Satisfied)), exception(), &city_chief(), NOW, Refusal::Confirmed);
    check(&unconfirmed(None), exception(), &city_chief(), LATER, Refusal::PersonNotHeard { deadline: LATER });
    assert!(decide(&unconfirmed(None), exception(), &city_chief(), late).is_ok(), "the time for it is over");
    let silent = Command::StrikeOffByException { reason: " ".into(), superior: false };
    check(&dissatisfied, silent, &city_chief(), NOW, Refusal::ReasonMissing);
    let mut incomplete = dissatisfied.clone();
    incomplete.published = false;
    check(&incomplete, exception(), &city_chief(), NOW, Refusal::ThreeOnesIncomplete { missing: vec!["一事一公开"] });

    let mut at_the_top = city_chief();
    at_the_top.above.superior_needed = true;
    check(&dissatisfied, exception(), &at_the_top, NOW, Refusal::SuperiorMissing);
    let decided_outside = Command::StrikeOffByException { reason: "省厅复核".into(), superior: true };
    let mut case = dissatisfied;
    step(&mut case, decided_outside, &at_the_top);
    assert_eq!((case.state.named(), case.state.door()), (CaseState::StruckOff, Some(Door::Exception)));
    step(&mut case, Command::Archive, &office());
    assert_eq!(case.state.door(), Some(Door::Exception), "it stays counted apart");
}

#[test]
fn taken_up_again() {
    let reopen = |round| Command::Reopen { submission: SUBMISSION, round };
    let late = Ts::from_micros(LATER.micros() + 1);
    for state in [CaseState::Replied, CaseState::Settled, CaseState::StruckOff, CaseState::Archived] {
        let citizen = rightful(Verb::Reopen).1;
        let mut case = case_in(state);
        let before = case.clone();
        assert_eq!(decide(&case, reopen(2), &citizen, NOW), Err(Refusal::WrongRound { round: 1 }));
        assert_eq!(decide(&case, reopen(1), &citizen, late), Err(Refusal::VerdictTooLate { deadline: LATER }));
        let other = Command::Reopen { submission: Uuid::from_u128(7), round: 1 };
        assert_eq!(decide(&case, other, &citizen, NOW), Err(Refusal::NotOfThisCase));
        step(&mut case, reopen(1), &citizen);
        assert_eq!((case.state.named(), case.round), (CaseState::Undertaken, 2));
        assert_eq!(case.state.handler(), before.state.handler(), "who knows the matter goes on with it");
        assert_eq!((&case.number, &case.opening), (&before.number, &before.opening), "in the same book");
        assert_eq!(case.missing_ones().len(), 3, "a round has its own three ones");
        let kept = &case.earlier[0];
        assert_eq!((Some(&kept.reply), kept.door), (before.state.reply(), before.state.door()), "nothing is erased");
        assert_eq!(case.verdicts, before.verdicts);
        assert_eq!(
            decide(&case, reopen(1), &citizen, NOW),
            Err(Refusal::WrongState { state: CaseState::Undertaken, verb: Verb::Reopen })
        );
    }
}
