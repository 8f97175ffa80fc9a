use sanben_clock::Ts;
use sanben_proto::intake::SubmissionKind;
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::AppealStep;
use uuid::Uuid;

use super::*;

const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);

fn submission(state: State, kind: SubmissionKind) -> Submission {
    let new = Submission::new(Uuid::nil(), Uuid::nil(), kind, Channel::Online, "lianhu-beiyuanmen", Ts::from_micros(0));
    let joined = (state == State::Joined).then(|| Box::new(Joined { to: Uuid::max(), case_id: Uuid::max(), proposal: proposal() }));
    Submission { revision: 1, state, joined, ..new }
}

/// One that a case was opened for.
fn opened() -> Submission {
    let proposal = Some(proposal());
    Submission { case_id: Some(Uuid::max()), proposal, ..submission(State::Proposed, SubmissionKind::Consultation) }
}

fn proposal() -> Proposal {
    Proposal {
        book: Book::Complaint,
        track: Track::Accusation,
        title: String::new(),
        summary: String::new(),
        lead_unit: "lianhu".into(),
        accused_units: vec!["lianhu-beiyuanmen".into()],
        accused_persons: Vec::new(),
    }
}

fn right(step: AppealStep, round: i32) -> Appealable {
    Appealable { appeal: Appealed { step, round }, deadline: NOW }
}

fn commands() -> Vec<(&'static str, Command)> {
    vec![
        ("answer", Command::Answer),
        ("pass", Command::Pass { authority: "12345".into(), number: String::new() }),
        ("refuse", Command::Refuse),
        ("propose", Command::Propose(Box::new(proposal()))),
        ("acknowledge", Command::Acknowledge(Praise { unit: "lianhu".into(), summary: String::new() })),
        ("split", Command::Split { parts: vec![Uuid::nil()], accused: Accused::default() }),
        ("join", Command::Join { to: Box::new(opened()), joinable: true, addressed: None }),
        ("detach", Command::Detach { by_person: true, replied: true, reason: String::new() }),
        ("withdraw", Command::Withdraw),
        ("reopen", Command::Reopen { reply: Some(Reply { round: 0, deadline: NOW }), is_final: false, now: NOW }),
        ("seal", Command::SealReceipt { reason: String::new() }),
        ("read", Command::ReadWords { purpose: String::new() }),
    ]
}

const STATES: [State; 9] = [
    State::Received,
    State::Answered,
    State::Passed,
    State::Refused,
    State::Proposed,
    State::Withdrawn,
    State::Acknowledged,
    State::Split,
    State::Joined,
];

/// One letter a state, in the order of [`STATES`]: `y` it happens, `-` it is refused.
#[test]
fn which_verb_applies_where() {
    let expected = [
        ("answer", "y--------"),
        ("pass", "y--------"),
        ("refuse", "y--------"),
        ("propose", "y--------"),
        ("acknowledge", "y--------"),
        ("split", "y--------"),
        ("join", "y--------"),
        ("detach", "--------y"),
        ("withdraw", "y--------"),
        ("reopen", "-y-yy---y"),
        ("seal", "yyyyyyyyy"),
        ("read", "yyyyyyyyy"),
    ];
    for ((name, command), (expected_name, row)) in commands().into_iter().zip(expected) {
        assert_eq!(name, expected_name);
        let kind = if name == "acknowledge" { SubmissionKind::Praise } else { SubmissionKind::Consultation };
        let found: String =
            STATES.into_iter().map(|state| decide(&submission(state, kind), command.clone()).map_or('-', |_| 'y')).collect();
        assert_eq!(found, row, "{name}");
    }
}

#[test]
fn linked_to_a_case_that_is_kept_from_the_same_people() {
    let complaint = Submission { kind: SubmissionKind::Complaint, ..opened() };
    let join =
        |one: &Submission, to: Submission, joinable| decide(one, Command::Join { to: Box::new(to), joinable, addressed: None });
    let own = submission(State::Received, SubmissionKind::Complaint);
    assert!(join(&own, complaint.clone(), true).is_ok());
    let differ = |unit: Option<&str>| Err(Refusal::AccusedDiffer { unit: unit.map(str::to_owned) });
    let to = Box::new(complaint.clone());
    let addressed = Command::Join { to, joinable: true, addressed: Some("lianhu-zaoyuan".into()) };
    assert_eq!(decide(&own, addressed), differ(Some("lianhu-zaoyuan")));
    let proposed = |proposal| Submission { proposal: Some(proposal), ..own.clone() };
    let unit = Proposal { accused_units: vec!["jiaojing".into()], ..proposal() };
    assert_eq!(join(&proposed(unit), complaint.clone(), true), differ(Some("jiaojing")));
    let person = Proposal { accused_persons: vec!["p-a".into()], ..proposal() };
    assert_eq!(join(&proposed(person), complaint.clone(), true), differ(None));
    let open = Proposal { book: Book::Demand, accused_units: Vec::new(), ..proposal() };
    assert_eq!(join(&own, Submission { proposal: Some(open), ..opened() }, true), Err(Refusal::SealedDiffers));
    assert!(join(&own, opened(), true).is_ok(), "triage found that it is a complaint");
    assert_eq!(join(&own, complaint.clone(), false), Err(Refusal::CaseClosedToJoining));
    assert_eq!(join(&own, Submission { case_id: None, ..complaint.clone() }, true), Err(Refusal::NotACase(State::Proposed)));
    let chain = Submission { state: State::Joined, ..complaint };
    assert_eq!(join(&own, chain, true), Err(Refusal::NotACase(State::Joined)), "neither chains nor circles");
    assert_eq!(join(&own, own.clone(), true), Err(Refusal::NotACase(State::Received)), "nor to itself");
}

#[test]
fn what_is_detached_stays_kept_from_the_same_people() {
    let before = submission(State::Received, SubmissionKind::Consultation);
    let mut joined = before.clone();
    let event = decide(&before, Command::Join { to: Box::new(opened()), joinable: true, addressed: None }).expect("a case");
    apply(&mut joined, &event);
    assert_eq!((joined.state, joined.case_id), (State::Joined, Some(Uuid::max())));
    assert_eq!(joined.accused("city").units, ["lianhu-beiyuanmen"], "kept from whoever the case is kept from");
    let by_desk = |replied| Command::Detach { by_person: false, replied, reason: "误并".into() };
    assert_eq!(decide(&joined, by_desk(true)), Err(Refusal::PersonDetaches));
    let event = decide(&joined, by_desk(false)).expect("nothing was replied yet");
    apply(&mut joined, &event);
    let kept = Submission { revision: joined.revision, proposal: Some(proposal()), ..before };
    assert_eq!(joined, kept, "as before, and still kept from whoever the case is about");
}

#[test]
fn only_praise_is_recorded_as_praise() {
    let question = submission(State::Received, SubmissionKind::Consultation);
    let praise = Command::Acknowledge(Praise { unit: "lianhu".into(), summary: String::new() });
    assert_eq!(decide(&question, praise), Err(Refusal::NotPraise(SubmissionKind::Consultation)));
}

#[test]
fn a_part_is_not_split_again_and_has_no_code_to_seal() {
    let part_of = Some(PartOf { whole: Uuid::nil(), number: 1, title: String::new() });
    let part = Submission { part_of, ..submission(State::Received, SubmissionKind::Demand) };
    let split = Command::Split { parts: vec![Uuid::nil()], accused: Accused::default() };
    assert_eq!(decide(&part, split), Err(Refusal::IsAPart));
    assert_eq!(decide(&part, Command::SealReceipt { reason: String::new() }), Err(Refusal::IsAPart));
}

#[test]
fn taken_up_again_within_the_window_once_a_round() {
    let ask = |submission: &Submission, round: i32, now: Ts| {
        decide(submission, Command::Reopen { reply: Some(Reply { round, deadline: NOW }), is_final: false, now })
    };
    let late = Ts::from_micros(NOW.micros() + 1);
    let mut refused = submission(State::Refused, SubmissionKind::Demand);
    assert_eq!(ask(&refused, 0, late), Err(Refusal::TooLateToReopen(NOW)));
    let happened = ask(&refused, 0, NOW).expect("in time");
    apply(&mut refused, &happened);
    assert_eq!(refused.state, State::Received, "the desk looks again");
    let again = decide(&refused, Command::Reopen { reply: None, is_final: false, now: NOW });
    assert_eq!(again, Err(Refusal::AlreadyReopened));

    let mut case = submission(State::Proposed, SubmissionKind::Demand);
    assert_eq!(decide(&case, Command::Reopen { reply: None, is_final: false, now: NOW }), Err(Refusal::NothingToReopen));
    let happened = ask(&case, 1, NOW).expect("in time");
    apply(&mut case, &happened);
    assert_eq!(case.state, State::Proposed, "the ledger goes on");
    assert_eq!(ask(&case, 1, NOW), Err(Refusal::AlreadyReopened));
    assert_eq!(ask(&case, 2, NOW), Ok(Event::Reopened { round: 2 }));
}

#[test]
fn who_is_complained_about_in_a_part_does_not_find_the_whole() {
    let mut whole = submission(State::Received, SubmissionKind::Petition);
    let accused = |units: &[&str], persons: &[&str]| {
        let owned = |of: &[&str]| of.iter().map(|one| (*one).to_owned()).collect();
        Accused { units: owned(units), persons: owned(persons) }
    };
    apply(&mut whole, &Event::Split { parts: vec![Uuid::nil()], accused: accused(&["lianhu"], &[]) });
    apply(&mut whole, &Event::PartProposed { accused: accused(&["lianhu", "jiaojing"], &["p-a"]) });
    assert_eq!(whole.accused("city"), accused(&["lianhu", "jiaojing"], &["p-a"]));
}

#[test]
fn only_questions_are_answered_at_the_desk() {
    let complaint = submission(State::Received, SubmissionKind::Complaint);
    assert_eq!(decide(&complaint, Command::Answer), Err(Refusal::NotAQuestion(SubmissionKind::Complaint)));
}

#[test]
fn a_complaint_is_kept_from_the_unit_it_was_addressed_to() {
    let mut complaint = submission(State::Received, SubmissionKind::Complaint);
    assert_eq!(complaint.accused("city").units, ["lianhu-beiyuanmen"]);
    assert!(submission(State::Received, SubmissionKind::Consultation).accused("city").units.is_empty());
    complaint.channel = Channel::Meeting;
    assert!(complaint.accused("city").units.is_empty(), "said to the unit's own face");
    complaint.channel = Channel::Online;
    complaint.unit = "city".into();
    assert!(complaint.accused("city").units.is_empty());
}

#[test]
fn a_superior_is_asked_within_the_window_once_for_each_look() {
    let mut case = submission(State::Proposed, SubmissionKind::Petition);
    let ask = |case: &Submission, right: Option<Appealable>, now| decide(case, Command::Appeal { right, is_final: false, now });
    assert_eq!(ask(&case, None, NOW), Err(Refusal::NothingToAppeal));
    let late = Ts::from_micros(NOW.micros() + 1);
    let first = Some(right(AppealStep::Review, 1));
    assert_eq!(ask(&case, first, late), Err(Refusal::TooLateToAppeal(NOW)));
    let event = ask(&case, first, NOW).expect("in time");
    apply(&mut case, &event);
    assert_eq!(ask(&case, first, NOW), Err(Refusal::NothingToAppeal), "once");
    assert!(ask(&case, Some(right(AppealStep::Rereview, 1)), NOW).is_ok());
    assert!(ask(&case, Some(right(AppealStep::Review, 2)), NOW).is_ok());
    let last = Command::Appeal { right: first, is_final: true, now: NOW };
    assert_eq!(decide(&case, last), Err(Refusal::MatterIsFinal));
    let again = Command::Reopen { reply: Some(Reply { round: 1, deadline: NOW }), is_final: true, now: NOW };
    assert_eq!(decide(&case, again), Err(Refusal::MatterIsFinal));
}

/// What was kept before a field was there still reads.
#[test]
fn old_snapshots_are_read() {
    let now = submission(State::Received, SubmissionKind::Demand);
    let mut snapshot = serde_json::to_value(&now).expect("a snapshot");
    for field in ["joined", "stays_alone", "external", "parties", "representatives", "appeals", "appealed"] {
        assert!(snapshot.as_object_mut().expect("an object").remove(field).is_some(), "{field}");
    }
    assert_eq!(serde_json::from_value::<Submission>(snapshot).expect("an old snapshot"), now);
}
