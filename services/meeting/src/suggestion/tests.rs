use super::*;

const CASE: Uuid = Uuid::from_u128(7);

fn suggestion(state: State, case: Case) -> Suggestion {
    Suggestion {
        id: Uuid::nil(),
        revision: 1,
        meeting_id: Uuid::nil(),
        unit: "beilin-nandajie".into(),
        submission_id: Uuid::nil(),
        title: "油烟".into(),
        made: Ts::from_micros(0),
        state,
        case,
        deliberation: String::new(),
        resolution: String::new(),
        plan: String::new(),
        ones: Vec::new(),
    }
}

fn one(one: MeetingOne) -> One {
    One { one, evidence: "纪要 3".into(), by: By::default(), time: Ts::from_micros(1) }
}

/// All that a suggestion can be, with the state that the contract names it by.
fn everywhere() -> [(State, Case, SuggestionState); 6] {
    let registered = Case::Registered { case_id: CASE };
    let struck_off = Case::StruckOff { case_id: CASE, outcome: Outcome::Supported };
    [
        (State::Made, Case::NotRegistered, SuggestionState::Made),
        (State::Deliberated, Case::NotRegistered, SuggestionState::Deliberated),
        (State::Resolved, Case::NotRegistered, SuggestionState::Resolved),
        (State::Planned, Case::NotRegistered, SuggestionState::Planned),
        (State::Planned, registered, SuggestionState::Registered),
        (State::Planned, struck_off, SuggestionState::Implemented),
    ]
}

fn row(letter: impl Fn(&Suggestion) -> char) -> String {
    everywhere().into_iter().map(|(state, case, _)| letter(&suggestion(state, case))).collect()
}

/// In the order MADE, DELIBERATED, RESOLVED, PLANNED, REGISTERED, IMPLEMENTED: `y` it happens, `-` wrong state, `v` has its verb.
#[test]
fn which_verb_applies_where() {
    let evidence = |one| Command::RecordEvidence { one };
    let table = [
        ("deliberate", Command::Deliberate { deliberation: String::new() }, "y-----"),
        ("resolve", Command::Resolve { resolution: String::new() }, "-y----"),
        ("adopt plan", Command::AdoptPlan { plan: String::new() }, "--y---"),
        ("evidence of deliberation", evidence(MeetingOne::Deliberation), "vvvvvv"),
        ("evidence of plan", evidence(MeetingOne::Plan), "vvvvvv"),
        ("evidence of supervision", evidence(MeetingOne::Supervision), "---yyy"),
        ("evidence of feedback", evidence(MeetingOne::Feedback), "---yyy"),
        ("evidence of publication", evidence(MeetingOne::Publication), "---yyy"),
    ];
    for (name, command, expected) in table {
        let found = row(|it| match decide(it, command.clone(), "x", &By::default(), Ts::from_micros(0)) {
            Ok(_) => 'y',
            Err(Refusal::WrongState { state, .. }) if state == it.named() => '-',
            Err(Refusal::WrongState { .. } | Refusal::OneTwice(_)) => '?',
            Err(Refusal::OneHasItsVerb(_)) => 'v',
        });
        assert_eq!(found, expected, "{name}");
    }
}

/// Same order: the state after the news, by its first letter (`M D R P G I`), or `.` if nothing happens.
#[test]
fn what_the_ledger_changes() {
    let table = [
        ("declined", News::Declined, "...R.."),
        ("registered", News::Registered, "MDRG.."),
        ("struck off", News::StruckOff(Outcome::Mediated), "MDRII."),
        ("taken up again", News::Reopened, ".....G"),
        ("replied", News::Proves(one(MeetingOne::Feedback)), "MDRPGI"),
    ];
    for (name, news, expected) in table {
        let found = row(|it| {
            let events = hear(it, Some(Link { case_id: CASE, declined: false }), CASE, news.clone());
            let mut after = it.clone();
            events.iter().for_each(|event| apply(&mut after, event));
            if events.is_empty() { '.' } else { letter(after.named()) }
        });
        assert_eq!(found, expected, "{name}");
    }
}

fn letter(state: SuggestionState) -> char {
    match state {
        SuggestionState::Unspecified => '?',
        SuggestionState::Made => 'M',
        SuggestionState::Deliberated => 'D',
        SuggestionState::Resolved => 'R',
        SuggestionState::Planned => 'P',
        SuggestionState::Registered => 'G',
        SuggestionState::Implemented => 'I',
    }
}

#[test]
fn states_are_named() {
    for (state, case, named) in everywhere() {
        assert_eq!(suggestion(state, case).named(), named);
    }
}

#[test]
fn a_case_that_ran_ahead_shows_when_the_plan_is_there() {
    let mut it = suggestion(State::Resolved, Case::NotRegistered);
    for event in hear(&it, None, CASE, News::Registered) {
        apply(&mut it, &event);
    }
    assert_eq!((it.named(), it.case_id()), (SuggestionState::Resolved, Some(CASE)));
    for event in
        decide(&it, Command::AdoptPlan { plan: "会诊".into() }, "方案 1", &By::default(), Ts::from_micros(2)).expect("resolved")
    {
        apply(&mut it, &event);
    }
    assert_eq!(it.named(), SuggestionState::Registered);
}

#[test]
fn news_of_an_earlier_case_is_late() {
    let it = suggestion(State::Planned, Case::NotRegistered);
    let link = Some(Link { case_id: Uuid::from_u128(8), declined: false });
    assert_eq!(hear(&it, link, CASE, News::Declined), []);
    assert_eq!(hear(&it, link, CASE, News::Registered), []);
}

#[test]
fn a_declined_plan_makes_room_for_another() {
    let mut it = suggestion(State::Resolved, Case::NotRegistered);
    let adopt =
        |it: &Suggestion| decide(it, Command::AdoptPlan { plan: "会诊".into() }, "方案 1", &By::default(), Ts::from_micros(2));
    for event in adopt(&it).expect("resolved") {
        apply(&mut it, &event);
    }
    assert!(it.has(MeetingOne::Plan));
    apply(&mut it, &Event::Declined { case_id: CASE });
    assert_eq!((it.plan.as_str(), it.has(MeetingOne::Plan)), ("", false));
    assert!(adopt(&it).is_ok());
}

#[test]
fn each_of_the_five_is_there_once_and_in_its_place() {
    let mut it = suggestion(State::Planned, Case::NotRegistered);
    apply(&mut it, &Event::Evidenced(one(MeetingOne::Publication)));
    apply(&mut it, &Event::Evidenced(one(MeetingOne::Feedback)));
    assert_eq!(it.ones.iter().map(|one| one.one).collect::<Vec<_>>(), [MeetingOne::Feedback, MeetingOne::Publication]);
    let again = Command::RecordEvidence { one: MeetingOne::Feedback };
    assert_eq!(decide(&it, again, "x", &By::default(), Ts::from_micros(0)), Err(Refusal::OneTwice(MeetingOne::Feedback)));
    assert_eq!(hear(&it, None, CASE, News::Proves(one(MeetingOne::Feedback))), []);
}
