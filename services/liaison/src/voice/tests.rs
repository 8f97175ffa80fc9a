use super::*;

const OWN: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);
const OUTCOME: Outcome = Outcome::Supported;

fn at(micros: i64) -> Ts {
    Ts::from_micros(micros)
}

fn proposed(case_id: Uuid, micros: i64) -> News {
    News::Proposed { case_id, at: at(micros), accused: Accused::default() }
}

/// A submission in each fate, the last proposal made, and the desk last done with it, at 10.
fn fates() -> [Carried; 6] {
    [
        Fate::Waiting,
        Fate::Proposed { case_id: OWN },
        Fate::Registered { case_id: OWN },
        Fate::Settled { case_id: OWN, outcome: OUTCOME },
        Fate::Archived { case_id: OWN, outcome: OUTCOME },
        Fate::EndedAtDesk,
    ]
    .map(|fate| Carried { fate, proposed: Some(at(10)), ended: Some(at(10)), ..Carried::new(Uuid::nil(), false) })
}

fn letter(fate: Fate) -> char {
    let letter = match fate {
        Fate::Waiting => 'w',
        Fate::Proposed { .. } => 'p',
        Fate::Registered { .. } => 'r',
        Fate::Settled { .. } => 's',
        Fate::Archived { .. } => 'a',
        Fate::EndedAtDesk => 'e',
    };
    if fate.case_id() == Some(OTHER) { letter.to_ascii_uppercase() } else { letter }
}

/// One letter a fate, in the order Waiting, Proposed, Registered, Settled, Archived, EndedAtDesk: what it becomes, a capital if with
/// another case than its own; `-` nothing changes.
#[test]
fn what_news_change_where() {
    let rows = [
        ("a later proposal", proposed(OTHER, 11), "PP---P"),
        ("a proposal that was overtaken", proposed(OTHER, 9), "------"),
        ("its case is declined", News::Declined { case_id: OWN }, "-w----"),
        ("another case is declined", News::Declined { case_id: OTHER }, "------"),
        ("its case is registered", News::Registered { case_id: OWN }, "rr----"),
        ("another case is registered", News::Registered { case_id: OTHER }, "RR----"),
        ("its case is settled", News::Settled { case_id: OWN, outcome: OUTCOME }, "sss---"),
        ("its case is settled otherwise", News::Settled { case_id: OWN, outcome: Outcome::Explained }, "ssss--"),
        ("another case is settled", News::Settled { case_id: OTHER, outcome: OUTCOME }, "SS----"),
        ("its case is archived", News::Archived { case_id: OWN, outcome: OUTCOME }, "aaaa--"),
        ("another case is archived", News::Archived { case_id: OTHER, outcome: OUTCOME }, "AA----"),
        ("its case is taken up again", News::Reopened { case_id: OWN }, "---rr-"),
        ("another case is taken up again", News::Reopened { case_id: OTHER }, "------"),
        ("it ends at the desk", News::EndedAtDesk { at: at(11) }, "ee----"),
        ("it had ended at the desk before it was proposed", News::EndedAtDesk { at: at(9) }, "------"),
        ("the desk looks again", News::BackAtDesk, "-----w"),
    ];
    for (name, news, expected) in rows {
        let found: String = fates().iter().map(|carried| carried.after(&news).map_or('-', |now| letter(now.fate))).collect();
        assert_eq!(found, expected, "{name}");
    }
}

fn check(news: &[&News], expected: Fate) {
    let fold = |carried: Carried, news: &&News| carried.after(news).unwrap_or(carried);
    assert_eq!(news.iter().fold(Carried::new(Uuid::nil(), false), fold).fate, expected, "{news:?}");
}

/// Declined once, proposed again as another case and registered, in every order in which that can arrive.
#[test]
fn the_order_of_arrival_does_not_matter() {
    let first = [proposed(OWN, 1), News::Declined { case_id: OWN }];
    let second = [proposed(OTHER, 2), News::Registered { case_id: OTHER }];
    let registered = Fate::Registered { case_id: OTHER };
    check(&[&first[0], &first[1], &second[0], &second[1]], registered);
    check(&[&first[0], &second[0], &first[1], &second[1]], registered);
    check(&[&first[0], &second[0], &second[1], &first[1]], registered);
    check(&[&second[0], &first[0], &first[1], &second[1]], registered);
    check(&[&second[0], &first[0], &second[1], &first[1]], registered);
    check(&[&second[0], &second[1], &first[0], &first[1]], registered);
    let ended = News::EndedAtDesk { at: at(3) };
    check(&[&first[0], &first[1], &ended], Fate::EndedAtDesk);
    check(&[&first[0], &ended, &first[1]], Fate::EndedAtDesk);
    check(&[&ended, &first[0], &first[1]], Fate::EndedAtDesk);
}

/// Refused by the desk, looked at again and then proposed and registered, in every order in which that can arrive.
#[test]
fn the_order_of_arrival_does_not_matter_when_the_desk_looks_again() {
    let desk = [News::EndedAtDesk { at: at(1) }, News::BackAtDesk];
    let ledger = [proposed(OWN, 2), News::Registered { case_id: OWN }];
    let registered = Fate::Registered { case_id: OWN };
    check(&[&desk[0], &desk[1], &ledger[0], &ledger[1]], registered);
    check(&[&desk[0], &ledger[0], &desk[1], &ledger[1]], registered);
    check(&[&desk[0], &ledger[0], &ledger[1], &desk[1]], registered);
    check(&[&ledger[0], &desk[0], &desk[1], &ledger[1]], registered);
    check(&[&ledger[0], &desk[0], &ledger[1], &desk[1]], registered);
    check(&[&ledger[0], &ledger[1], &desk[0], &desk[1]], registered);
}

#[test]
fn the_last_proposal_says_who_is_complained_about() {
    let naming = |person: &str| Accused { units: Vec::new(), persons: vec![person.to_owned()] };
    let proposed = |case_id, micros, person| News::Proposed { case_id, at: at(micros), accused: naming(person) };
    let first = Carried::new(Uuid::nil(), false).after(&proposed(OWN, 1, "p-one")).expect("it is new");
    assert_eq!(first.accused, naming("p-one"));
    let declined = first.after(&News::Declined { case_id: OWN }).expect("it is new");
    assert_eq!(declined.accused, naming("p-one"), "triage may have another look, but has not yet");
    let second = declined.after(&proposed(OTHER, 2, "p-two")).expect("it is new");
    assert_eq!((second.accused, second.proposed), (naming("p-two"), Some(at(2))));
}
