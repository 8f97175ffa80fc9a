//! What makes a clock stand still, or stops it, refusal by refusal; and what comes of it.

use sanben_clock::Calendar;
use sanben_proto::ledger::{AppealStep, ClockKind, ClockState, Colour, PauseGround, PresetKind};

use super::*;
use crate::case::clock::{Limit, clocks, colour, finish, presets, until};
use crate::case::{Appeal, External, PAUSES_MAX, Paused, Projected, Reply, verdict};

const DAY: i64 = 86_400_000_000;

pub fn pause(due: Ts) -> Command {
    let (authority, reason) = ("鉴定委托书〔2023〕1".to_owned(), "等待鉴定".to_owned());
    Command::Pause { ground: PauseGround::Expertise, authority, reason, due }
}

pub fn paused() -> Paused {
    let (person, tenure) = ("p-chief".to_owned(), "t-lianhu-chief".to_owned());
    let authority = "鉴定委托书〔2023〕1".to_owned();
    Paused { from: NOW, until: None, ground: PauseGround::Expertise, authority, person, tenure }
}

fn days(number: i64) -> Ts {
    Ts::from_micros(NOW.micros() + number * DAY)
}

fn due(case: &Case, now: Ts) -> String {
    let calendar = Calendar::shipped();
    finish(case, &calendar).project(presets(case), &calendar, now).due.date().to_string()
}

/// What runs, by kind and subject.
fn open(case: &Case) -> Vec<(ClockKind, String)> {
    let running = clocks(case, &Calendar::shipped()).into_iter().filter(|clock| clock.state() != ClockState::Stopped);
    running.map(|clock| (clock.kind, clock.subject)).collect()
}

#[test]
fn a_pause_is_signed_in_time_with_its_reason() {
    refused(CaseState::Undertaken, pause(LATER), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Undertaken, pause(LATER), &by("p-handler", Role::Chief, true), Refusal::SignerIsHandler);
    refused(CaseState::Undertaken, pause(Ts::from_micros(0)), &chief(), Refusal::PauseTooLate { due: Ts::from_micros(0) });
    let (ground, authority) = (PauseGround::Person, "信访事项材料补充通知".to_owned());
    let blank = Command::Pause { ground, authority, reason: " ".to_owned(), due: LATER };
    refused(CaseState::Undertaken, blank, &chief(), Refusal::ReasonMissing);
    let check = |case: &Case, expected| assert_eq!(decide(case, pause(LATER), &chief(), NOW), Err(expected));
    let mut case = case_in(CaseState::Undertaken);
    case.moved = Some(Moved { book: Book::Demand, track: Track::Urgent });
    check(&case, Refusal::UrgentGoesOn);
    check(&urgent_in(CaseState::Undertaken), Refusal::NotSigned);
    let mut case = case_in(CaseState::Undertaken);
    step(&mut case, pause(LATER), &chief());
    check(&case, Refusal::ClockPaused);
    let urgent = Command::Reclassify { book: Book::Demand, track: Track::Urgent, reason: "危及生命".into() };
    assert_eq!(decide(&case, urgent, &chief(), NOW), Err(Refusal::ClockPaused), "what is urgent does not stand still");
    case.pauses = vec![Paused { until: Some(NOW), ..paused() }; PAUSES_MAX];
    check(&case, Refusal::TooManyPauses);
}

#[test]
fn what_stands_still_is_not_reported_back_on_and_runs_again_by_chief_or_handler() {
    let mut case = case_in(CaseState::Undertaken);
    assert_eq!(decide(&case, Command::Resume, &chief(), NOW), Err(Refusal::ClockNotPaused));
    step(&mut case, pause(LATER), &chief());
    let report = Command::ReportBack { outcome: Outcome::Explained, opinion: true };
    assert_eq!(decide(&case, report, &handler(), NOW), Err(Refusal::ClockPaused));
    assert_eq!(decide(&case, Command::Resume, &office(), NOW), Err(Refusal::NotTheHandler));
    assert_eq!(decide(&case, Command::Resume, &by("p-accused", Role::Chief, true), NOW), Err(Refusal::SignerIsAccused));
    for by in [chief(), handler()] {
        let mut case = case.clone();
        step(&mut case, Command::Resume, &by);
        assert!(!case.is_paused());
    }
}

#[test]
fn nothing_that_was_used_is_forgotten() {
    let mut case = case_in(CaseState::Undertaken);
    assert_eq!(due(&case, NOW), "2024-01-15", "sixty days, from 2023-11-15, and a Sunday");
    case.pauses = vec![Paused { from: days(10), until: Some(days(20)), ..paused() }];
    assert_eq!(due(&case, NOW), "2024-01-24", "ten days later");
    case.pauses.push(Paused { from: days(30), until: None, ..paused() });
    assert_eq!(due(&case, days(35)), "2024-01-29", "if it ran again after five");
    let calendar = Calendar::shipped();
    assert_eq!(colour(&case, &calendar, days(300)), Colour::Red, "nobody has spoken to the person");
    step(&mut case, Command::RecordContact, &by("p-desk", Role::DeskOfficer, false));
    step(&mut case, Command::Contribute, &assistant());
    assert_eq!(colour(&case, &calendar, days(300)), Colour::Green, "what stands still is never late");
    step(&mut case, Command::Resume, &chief());
    assert_eq!(case.pauses[1].until, Some(NOW));
}

#[test]
fn the_person_is_spoken_to_once_before_the_reply() {
    let desk = by("p-desk", Role::DeskOfficer, false);
    let mut case = case_in(CaseState::Proposed);
    assert!(open(&case).contains(&(ClockKind::FirstContact, String::new())));
    assert_eq!(
        decide(&case, Command::RecordContact, &by("p-accused", Role::DeskOfficer, false), NOW),
        Err(Refusal::SignerIsAccused)
    );
    step(&mut case, Command::RecordContact, &desk);
    assert!(!open(&case).contains(&(ClockKind::FirstContact, String::new())));
    assert_eq!(decide(&case, Command::RecordContact, &desk, NOW), Err(Refusal::ContactedAlready));
}

#[test]
fn telling_late_gains_no_time() {
    let mut case = case_in(CaseState::Registered);
    as_petition(&mut case);
    assert!(open(&case).contains(&(ClockKind::PathNotice, String::new())));
    case.told = Some(days(10));
    assert_eq!(due(&case, NOW), "2024-01-24", "from the day on which the person was told");
    assert!(!open(&case).contains(&(ClockKind::PathNotice, String::new())));
    case.told = Some(days(40));
    assert_eq!(due(&case, NOW), "2024-01-29", "sixty days from the fifteenth, 2023-11-30");
}

#[test]
fn each_waits_for_its_own() {
    let kinds = |case: &Case| open(case).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    let mut case = case_in(CaseState::Assigned);
    let mut expected = vec![ClockKind::Finish, ClockKind::FirstContact, ClockKind::Objection, ClockKind::Assistance];
    assert_eq!(kinds(&case), expected);
    step(&mut case, Command::Contribute, &assistant());
    expected.pop();
    assert_eq!(kinds(&case), expected, "the assisting unit has brought what is its own");
    let urged = Command::Urge { unit: "jiaojing".into(), due: "2023-11-20".into(), paper: None };
    step(&mut case, urged, &chief());
    assert!(open(&case).contains(&(ClockKind::UrgingAnswer, "1".to_owned())));
    assert!(kinds(&urgent_in(CaseState::Assigned)).contains(&ClockKind::Signature));
    assert_eq!(kinds(&case_in(CaseState::Replied)), [ClockKind::Verdict]);
    assert!(kinds(&case_in(CaseState::Declined)).is_empty());
}

#[test]
fn a_matter_that_is_taken_up_again_has_its_time_again() {
    let mut case = case_in(CaseState::Replied);
    case.pauses = vec![Paused { until: Some(NOW), ..paused() }];
    let (reopen, by) = rightful(CaseVerb::Reopen);
    let events = decide(&case, reopen, &by, days(5)).expect("in time");
    events.iter().for_each(|event| apply(&mut case, event));
    assert_eq!(case.reopened, Some(days(5)));
    assert_eq!(due(&case, NOW), "2024-01-19");
    assert_eq!(finish(&case, &Calendar::shipped()).turn, 2, "another clock");
}

#[test]
fn an_event_from_before_there_were_presets_is_measured_by_the_first() {
    let mut case = case_in(CaseState::Assigned);
    case.opening.presets = Chosen::BeforePresets;
    assert!(open(&case).iter().all(|(kind, _)| *kind != ClockKind::FirstContact), "it was not measured then");
    assert_eq!(due(&case, NOW), "2024-01-15");
}

#[test]
fn the_window_for_a_verdict_moves_later_and_never_earlier() {
    let told = |until: &str| {
        let mut case = case_in(CaseState::Settled);
        let State::Settled(reply) = &mut case.state else { panic!("it was answered") };
        reply.delivered = Ts::parse("2023-01-09T02:00:00Z").expect("an instant");
        reply.verdict_deadline = Ts::parse(until).expect("an instant");
        case
    };
    let until = |case: &Case| case.state.reply().expect("a reply").verdict_deadline.date().to_string();
    // Told without the notice: 15 days, on a Tuesday.
    let mut case = told("2023-01-24T15:59:59.999999Z");
    let (calendar, delivered) = (Calendar::shipped(), Ts::parse("2023-01-09T02:00:00Z").expect("an instant"));
    let moved = |case: &Case, now| verdict::moved(case, &calendar, now).map(|window| window.due.date().to_string());
    assert_eq!(moved(&case, delivered).as_deref(), Some("2023-01-28"), "that was Spring Festival");
    assert_eq!(moved(&case, Ts::parse("2023-01-28T15:59:59.999999Z").expect("an instant")).as_deref(), Some("2023-01-28"));
    assert_eq!(moved(&case, Ts::parse("2023-01-28T16:00:00Z").expect("an instant")), None, "over either way");
    assert_eq!(moved(&told("2023-01-28T15:59:59.999999Z"), delivered), None);
    assert_eq!(moved(&told("2023-02-03T15:59:59.999999Z"), delivered), None, "they were told so");
    assert_eq!(moved(&case_in(CaseState::Approved), delivered), None);
    let projected = |kind, after: &str| {
        let (before, after) = (String::new(), after.to_owned());
        Event::Projected { edition: 2, days: vec![Projected { kind, subject: String::new(), before, after, provisional: false }] }
    };
    apply(&mut case, &projected(ClockKind::Verdict, "2023-01-28"));
    assert_eq!((until(&case).as_str(), case.projected), ("2023-01-28", Some(2)));
    apply(&mut case, &projected(ClockKind::Finish, "2023-03-28"));
    apply(&mut case, &projected(ClockKind::Verdict, "2023-01-24"));
    assert_eq!(until(&case), "2023-01-28");
}

/// Replied to, and taken up again after forty days.
fn taken_up_again(case: Case) -> Case {
    let mut case = Case { state: case_in(CaseState::Replied).state, ..case };
    apply(&mut case, &Event::Reopened { submission: SUBMISSION, at: Some(days(40)) });
    case
}

#[test]
fn more_time_is_of_the_round_in_which_it_was_given() {
    let extend = |due| Command::Extend { days: 30, reason: "情况复杂".into(), number: "延期〔2023〕1".into(), due };
    let mut case = case_in(CaseState::Undertaken);
    as_petition(&mut case);
    case.told = Some(case.opening.received);
    let again = |case: &Case| taken_up_again(case.clone());
    let (plain, plain_again) = (due(&case, NOW), due(&again(&case), NOW));
    let mut later = again(&case);
    step(&mut later, extend(LATER), &chief());
    assert!(due(&later, NOW) > plain_again, "in the second round, too: {plain_again}");
    step(&mut case, extend(LATER), &chief());
    assert!(due(&case, NOW) > plain);
    assert_eq!(due(&again(&case), NOW), plain_again, "what was given before is used up");
    assert_eq!(decide(&again(&case), extend(LATER), &chief(), NOW), Err(Refusal::ExtendedAlready), "once in its life");
}

#[test]
fn a_pause_that_was_over_before_is_of_another_round() {
    let mut case = case_in(CaseState::Undertaken);
    case.pauses = vec![Paused { until: Some(days(2)), ..paused() }];
    let mut case = taken_up_again(case);
    case.pauses.push(Paused { from: days(41), until: Some(days(43)), ..paused() });
    let clock = finish(&case, &Calendar::shipped());
    assert_eq!(clock.pauses.iter().map(|pause| pause.from).collect::<Vec<_>>(), [days(41)]);
}

/// The thirty days of a review, without the days on which it was heard.
#[test]
fn days_of_hearings_do_not_count() {
    let calendar = Calendar::shipped();
    let asked = Ts::parse("2023-03-01T10:00:00+08:00").expect("an instant");
    let until = |hearings: &[(&str, &str)]| {
        let mut case = case_in(CaseState::Settled);
        apply(&mut case, &Event::Appealed { step: AppealStep::Review, submission: SUBMISSION, at: asked });
        for (first, last) in hearings {
            let Command::RecordHearing { hearing } = hear(first, last) else { panic!("a hearing") };
            apply(&mut case, &Event::Heard { days: 1, hearing: Some(hearing) });
        }
        let clock = super::super::clock::appeal_decision(&case, case.appeals.last().expect("an appeal"));
        clock.project(presets(&case), &calendar, asked).due.date().to_string()
    };
    assert_eq!(until(&[]), "2023-03-31");
    assert_eq!(until(&[("2023-03-01", "2023-03-01")]), "2023-03-31", "the first day is not counted anyhow");
    assert_eq!(until(&[("2023-03-07", "2023-03-09")]), "2023-04-03");
    assert_eq!(until(&[("2023-03-07", "2023-03-09"), ("2023-03-07", "2023-03-09"), ("2023-03-08", "2023-03-10")]), "2023-04-04");
    // Of old ones is known only how many days they were.
    let mut old = case_in(CaseState::Settled);
    apply(&mut old, &Event::Appealed { step: AppealStep::Review, submission: SUBMISSION, at: asked });
    for days in [2, 3] {
        let heard: Event = serde_json::from_str(&format!(r#"{{"Heard":{{"days":{days}}}}}"#)).expect("an event of before");
        apply(&mut old, &heard);
    }
    let kept = serde_json::to_string(&old.appeals[0]).expect("JSON").replace(r#""hearings":[],"#, "");
    let kept: Appeal = serde_json::from_str(&kept).expect("as it was kept before");
    assert_eq!((&kept, kept.heard_days()), (&old.appeals[0], 5));
    let clock = super::super::clock::appeal_decision(&old, &kept);
    assert_eq!(clock.project(presets(&old), &calendar, asked).due.date().to_string(), "2023-04-06", "after the 5th, a holiday");
}

#[test]
fn a_day_that_was_set_is_certain() {
    let mut case = case_in(CaseState::Undertaken);
    case.urgings = vec![Urging { unit: "lianhu".into(), due: "2099-03-02".into(), answered: false, lapsed: false, at: Some(NOW) }];
    let calendar = Calendar::shipped();
    let all = clocks(&case, &calendar);
    let urging = all.iter().find(|clock| clock.kind == ClockKind::UrgingAnswer).expect("an urging");
    let projected = urging.project(presets(&case), &calendar, NOW);
    assert_eq!((projected.due.date().to_string().as_str(), projected.provisional), ("2099-03-02", false));
}

/// By the rule, as long as that is the day that the person was told.
#[test]
fn the_window_for_a_verdict_explains_itself() {
    let calendar = Calendar::shipped();
    let case = case_in(CaseState::Replied);
    let reply = case.state.reply().expect("a reply").clone();
    let by_rule = until(presets(&case), PresetKind::Verdict, &calendar, reply.delivered).due;
    let limit = |verdict_deadline| {
        let case = Case { state: State::Replied(Reply { verdict_deadline, ..reply.clone() }), ..case.clone() };
        clocks(&case, &calendar).into_iter().find(|clock| clock.kind == ClockKind::Verdict).expect("a right").limit
    };
    assert_eq!(limit(by_rule), Limit::Rule(presets(&case).rule(PresetKind::Verdict).clone()));
    let told = Ts::from_micros(by_rule.micros() + DAY);
    assert_eq!(limit(told), Limit::Day(told.date()));
}

/// What was joined keeps the day that its authority set.
#[test]
fn each_authority_has_its_own_clock() {
    let external =
        |authority: &str, number: &str, due: &str| External { authority: authority.into(), number: number.into(), due: due.into() };
    let mut case = case_in(CaseState::Undertaken);
    case.opening.external = Some(external("市信访局", "1号", "2023-12-01"));
    let joined = |one: u128, external| Joined { submission: Uuid::from_u128(one), external, ..joined() };
    case.joined = vec![
        joined(11, Some(external("市信访局", "2号", "2023-11-28"))),
        joined(12, None),
        joined(13, Some(external("省厅", "3号", "2023-12-05"))),
        joined(14, Some(external("省厅", "4号", ""))),
    ];
    let due = |case: &Case| {
        let all = clocks(case, &Calendar::shipped()).into_iter().filter(|clock| clock.kind == ClockKind::External);
        let project =
            |clock: crate::case::clock::Clock| clock.project(presets(case), &Calendar::shipped(), NOW).due.date().to_string();
        all.map(|clock| (clock.subject.clone(), project(clock))).collect::<Vec<_>>()
    };
    let named = |name: &str, day: &str| (name.to_owned(), day.to_owned());
    let expected = [named("市信访局", "2023-12-01"), named("市信访局 2号", "2023-11-28"), named("省厅 3号", "2023-12-05")];
    assert_eq!(due(&case), expected);
    // Parts of one letter have the same number.
    case.joined.push(joined(15, Some(external("市信访局", "1号", "2023-12-01"))));
    case.joined.push(joined(16, Some(external("市信访局", "2号", "2023-11-28"))));
    assert_eq!(due(&case), expected, "each once");
    apply(&mut case, &Event::Detached { submission: Uuid::from_u128(11) });
    assert_eq!(due(&case), [expected[0].clone(), expected[2].clone(), expected[1].clone()], "another part of it stays");
    apply(&mut case, &Event::Detached { submission: Uuid::from_u128(16) });
    assert_eq!(due(&case), [expected[0].clone(), expected[2].clone()], "it takes its day along");
}
