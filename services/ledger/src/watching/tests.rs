use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Track};
use uuid::Uuid;

use super::*;
use sanben_ledger_rules::case::{Opening, presets::Chosen};

fn change(position: i64) -> Change {
    change_of(1, position, 1)
}

/// A change of a case, to that revision.
fn change_of(id: u128, position: i64, revision: i64) -> Change {
    let opening = Opening {
        submissions: Vec::new(),
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: String::new(),
        summary: String::new(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: Vec::new(),
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(0),
        proposed: Ts::from_micros(0),
        presets: Chosen::Shipped,
    };
    let case = Arc::new(Case { revision, ..Case::open(Uuid::from_u128(id), opening) });
    let now = Now { face: Face::of(&case, Vec::new()), matter: Matter::nothing(), marks: Marks::NEVER, case };
    Change { position, revision, now: Arc::new(now), before: None }
}

/// What `position` comes to: the position of a change, or up to where there is nothing, or up to where the store must be read.
fn after(ring: &Ring, position: i64) -> (&'static str, i64) {
    match ring.after(position) {
        Next::Change(change) => ("change", change.position),
        Next::Nothing(to) => ("nothing", to),
        Next::Passed(until) => ("passed", until),
    }
}

#[test]
fn a_ring_knows_what_it_holds_and_what_it_has_let_go() {
    let mut ring = Ring::at(10, 3);
    assert_eq!([after(&ring, 9), after(&ring, 10), after(&ring, 12)], [("passed", 10), ("nothing", 10), ("nothing", 10)]);
    ring.extend(&[change(12), change(15)], 17);
    let rows = [(9, ("passed", 17)), (10, ("change", 12)), (11, ("change", 12)), (12, ("change", 15)), (15, ("nothing", 17))];
    for (position, expected) in rows {
        assert_eq!(after(&ring, position), expected, "{position}");
    }
    ring.extend(&[change(18), change(20)], 20);
    let rows = [(11, ("passed", 20)), (12, ("change", 15)), (17, ("change", 18)), (18, ("change", 20)), (20, ("nothing", 20))];
    for (position, expected) in rows {
        assert_eq!(after(&ring, position), expected, "12 was let go: {position}");
    }
    ring.extend(&[], 25);
    assert_eq!((after(&ring, 12), after(&ring, 20)), (("change", 15), ("nothing", 25)));
}

#[test]
fn whoever_comes_later_is_shown_a_case_as_it_is() {
    let mut ring = Ring::at(0, 4);
    let shown = |ring: &Ring, position: i64| match ring.after(position) {
        Next::Change(change) => (change.position, change.is_last(), change.now.case.revision),
        other => panic!("{other:?}"),
    };
    ring.extend(&[change_of(1, 1, 1), change_of(2, 2, 1)], 2);
    assert_eq!([shown(&ring, 0), shown(&ring, 1)], [(1, true, 1), (2, true, 1)]);
    ring.extend(&[change_of(1, 3, 2)], 3);
    assert_eq!([shown(&ring, 0), shown(&ring, 1), shown(&ring, 2)], [(1, false, 2), (2, true, 1), (3, true, 2)]);
    ring.extend(&[change_of(3, 4, 1), change_of(3, 5, 2), change_of(3, 6, 3)], 6);
    assert_eq!([shown(&ring, 2), shown(&ring, 4), shown(&ring, 5)], [(3, true, 2), (5, false, 3), (6, true, 3)]);
    assert_eq!(ring.cases(), 2, "what was let go is not kept");
}
