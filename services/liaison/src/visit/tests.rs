use sanben_proto::liaison::ContactKind;
use time::macros::date;

use super::*;
use crate::voice::{Accused, Fate};

const OFFICER: &str = "p-officer";
const COLLEAGUE: &str = "p-colleague";
const TODAY: Date = date!(2023 - 01 - 19);

fn now() -> Ts {
    Ts::start_of(TODAY)
}

fn pair() -> Pair {
    Pair {
        id: Uuid::nil(),
        revision: 1,
        officer: OFFICER.into(),
        unit: "lianhu".into(),
        kind: ContactKind::Person,
        party_ref: Uuid::nil(),
        interval_days: 30,
        created: now(),
        last_made: None,
    }
}

fn planned() -> Visit {
    let (mut visit, event) = plan(&pair(), OFFICER, None, TODAY, Uuid::nil(), now()).expect("it can be planned");
    apply(&mut visit, &event);
    visit
}

fn solved() -> Voice {
    Voice { id: Uuid::nil(), told: Told::Solved { note: String::new() } }
}

/// A visit that was made, with so many voices.
fn made(voices: usize) -> Visit {
    let voices = vec![solved(); voices];
    Visit { revision: 2, state: State::Made { mode: VisitMode::Home, at: now(), voices }, ..planned() }
}

fn make() -> Command {
    Command::Make { mode: VisitMode::Home, at: now(), next_visit: pair().due_after(now()) }
}

#[test]
fn who_may_plan_and_when() {
    let open = Uuid::from_u128(7);
    let rows = [
        (OFFICER, None, date!(2023 - 01 - 19), Ok(())),
        (OFFICER, None, date!(2024 - 01 - 19), Ok(())),
        (OFFICER, None, date!(2023 - 01 - 18), Err(Refusal::PlanInThePast { today: TODAY })),
        (OFFICER, Some(open), date!(2023 - 01 - 19), Err(Refusal::VisitOpen(open))),
        (COLLEAGUE, None, date!(2023 - 01 - 19), Err(Refusal::NotTheOfficer)),
    ];
    for (by, open, day, expected) in rows {
        assert_eq!(plan(&pair(), by, open, day, Uuid::nil(), now()).map(|_| ()), expected, "{by} {open:?} {day}");
    }
}

/// Across: planned, made, made with as many voices as it holds; down: what the officer and a colleague ask for.
#[test]
fn which_verb_applies_where() {
    use Refusal::{NotTheOfficer, TooManyVoices, VisitAlreadyMade, VisitNotMade};
    let hear = || Command::Hear(solved());
    let states = [planned(), made(0), made(VOICES_MAX)];
    let rows = [
        ("make", OFFICER, make(), [Ok(()), Err(VisitAlreadyMade), Err(VisitAlreadyMade)]),
        ("hear", OFFICER, hear(), [Err(VisitNotMade), Ok(()), Err(TooManyVoices)]),
        ("make", COLLEAGUE, make(), [Err(NotTheOfficer); 3]),
        ("hear", COLLEAGUE, hear(), [Err(NotTheOfficer); 3]),
    ];
    for (name, by, command, expected) in rows {
        let found = states.each_ref().map(|visit| decide(visit, by, command.clone()).map(|_| ()));
        assert_eq!(found, expected, "{name} by {by}");
    }
}

#[test]
fn what_is_planned_is_handed_over_and_what_was_made_is_not() {
    let mut visit = planned();
    let event = hand_over(&visit, COLLEAGUE).expect("it is planned");
    apply(&mut visit, &event);
    assert_eq!((visit.officer.as_str(), visit.revision), (COLLEAGUE, 2));
    assert_eq!(decide(&visit, OFFICER, make()), Err(Refusal::NotTheOfficer));
    assert!(decide(&visit, COLLEAGUE, make()).is_ok());
    assert_eq!(hand_over(&made(1), COLLEAGUE), None);
}

#[test]
fn what_the_officer_is_told_before_intake_is_asked_is_what_is_decided_after() {
    for visit in [planned(), made(0), made(VOICES_MAX - 1), made(VOICES_MAX)] {
        for by in [OFFICER, COLLEAGUE] {
            assert_eq!(may_hear(&visit, by), decide(&visit, by, Command::Hear(solved())).map(|_| ()));
        }
    }
}

#[test]
fn news_change_the_voice_they_are_about_and_each_change_is_an_event() {
    let submission = Uuid::from_u128(9);
    let carried = Voice { id: Uuid::from_u128(1), told: Told::Carried(Carried::new(submission, false)) };
    let mut visit = made(1);
    apply(&mut visit, &Event::Heard(carried));
    let news = News::Registered { case_id: Uuid::from_u128(5) };
    let officer = Reader { person: OFFICER.to_owned(), units: vec!["lianhu".to_owned()] };
    assert_eq!(follow(&visit, Uuid::from_u128(8), &news, &officer), None);
    let event = follow(&visit, submission, &news, &officer).expect("it changes");
    apply(&mut visit, &event);
    assert_eq!(visit.revision, 4);
    let fates: Vec<Option<Fate>> = visit
        .voices()
        .iter()
        .map(|voice| match &voice.told {
            Told::Solved { .. } => None,
            Told::Carried(carried) => Some(carried.fate),
        })
        .collect();
    assert_eq!(fates, [None, Some(Fate::Registered { case_id: Uuid::from_u128(5) })]);
    assert_eq!(follow(&visit, submission, &news, &officer), None, "the same news change nothing");
}

#[test]
fn the_officer_is_told_unless_complained_about() {
    let submission = Uuid::from_u128(9);
    let officer = Reader { person: OFFICER.to_owned(), units: vec!["lianhu".to_owned(), "city".to_owned()] };
    for (units, persons, expected) in
        [(&[][..], &[][..], true), (&[], &[OFFICER], false), (&["lianhu"], &[], false), (&["beilin"], &[COLLEAGUE], true)]
    {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let accused = Accused { units: owned(units), persons: owned(persons) };
        let mut visit = made(0);
        let carried = Voice { id: Uuid::from_u128(1), told: Told::Carried(Carried::new(submission, false)) };
        apply(&mut visit, &Event::Heard(carried));
        let case_id = Uuid::from_u128(5);
        for news in [News::Proposed { case_id, at: now(), accused }, News::Registered { case_id }] {
            let event = follow(&visit, submission, &news, &officer).expect("it changes");
            assert!(matches!(&event, Event::FateChanged { told, .. } if *told == expected), "{units:?} {persons:?}: {event:?}");
            apply(&mut visit, &event);
        }
    }
}
