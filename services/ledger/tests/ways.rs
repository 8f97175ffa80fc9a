//! By what a list is read, on both engines: which of what is asked for is the rarest.

use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Tx, execute};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::reader::Reader;
use sanben_ledger::finding::store::{
    access_path::{self, Way},
    query::Filter,
};
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::{CaseState, Colour, Door, PersonalDuty};
use uuid::Uuid;

/// So many are rows of the city; nothing is counted beyond 500 of them.
const CASES: u128 = 520;

/// Everything in one book, on one road, from one place, and waiting; of all else as few as each number says.
async fn fill(tx: &mut Tx) -> Result<(), sanben_db::Error> {
    for number in 0..CASES {
        let few = |many: u128| i64::from(number < many);
        let (handler, owner) = (["", "p-handler"][usize::from(number < 4)], ["", "p-owner"][usize::from(number < 3)]);
        let state = if number < 6 { CaseState::Assigned } else { CaseState::Undertaken };
        let due = if number < 8 { 1 } else { i64::MAX };
        execute!(
            tx,
            "INSERT INTO case_reach (case_id, unit_id, book, state, door, origin, track, duty, owner, handler, due)
             VALUES ($1, 'city', $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            Uuid::from_u128(number),
            i64::from(Book::Complaint as i32),
            i64::from(state as i32),
            few(5) * i64::from(Door::Exception as i32),
            i64::from(Channel::Online as i32),
            if number < 7 { i64::from(Track::Urgent as i32) } else { i64::from(Track::Accusation as i32) },
            few(2) * i64::from(PersonalDuty::Safety as i32),
            owner,
            handler,
            due,
        )?;
    }
    Ok(())
}

#[tokio::test]
async fn rarest() {
    let reader = Reader { units: vec!["city".to_owned()], person: "p-somebody".to_owned() };
    let none = Filter { reader, limit: 20, ..Filter::default() };
    let handler = |filter: Filter| Filter { handler: "p-handler".to_owned(), ..filter };
    let owner = |filter: Filter| Filter { owner: "p-owner".to_owned(), ..filter };
    let duty = |filter: Filter| Filter { duty: Some(PersonalDuty::Safety), ..filter };
    let door = |filter: Filter| Filter { door: Some(Door::Exception), ..filter };
    let book = |filter: Filter| Filter { book: Some(Book::Complaint), ..filter };
    let assigned = |filter: Filter| Filter { states: vec![CaseState::Assigned], ..filter };
    let undertaken = |filter: Filter| Filter { states: vec![CaseState::Undertaken], ..filter };
    let both = |filter: Filter| Filter { states: vec![CaseState::Assigned, CaseState::Undertaken], ..filter };
    let urgent = |filter: Filter| Filter { track: Some(Track::Urgent), ..filter };
    let accusation = |filter: Filter| Filter { track: Some(Track::Accusation), ..filter };
    let consultation = |filter: Filter| Filter { track: Some(Track::Consultation), ..filter };
    let online = |filter: Filter| Filter { origin: Some(Channel::Online), ..filter };
    let telephone = |filter: Filter| Filter { origin: Some(Channel::Phone), ..filter };
    let red = |filter: Filter| Filter { colour: Some((Colour::Red, Ts::from_micros(9))), ..filter };
    let green = |filter: Filter| Filter { colour: Some((Colour::Green, Ts::from_micros(9))), ..filter };
    let table: Vec<(Filter, Option<Way>)> = vec![
        (none.clone(), None),
        (green(none.clone()), None),
        (handler(none.clone()), Some(Way::Handler)),
        (owner(handler(none.clone())), Some(Way::Owner)),
        (duty(owner(handler(none.clone()))), Some(Way::Duty)),
        (door(handler(none.clone())), Some(Way::Handler)),
        (door(assigned(none.clone())), Some(Way::Door)),
        (red(assigned(none.clone())), Some(Way::State)),
        (red(book(assigned(none.clone()))), Some(Way::BookAndState)),
        (red(urgent(none.clone())), Some(Way::Track)),
        (red(accusation(none.clone())), Some(Way::Waiting)),
        (urgent(online(none.clone())), Some(Way::Track)),
        (urgent(telephone(none.clone())), Some(Way::Origin)),
        (handler(consultation(none.clone())), Some(Way::Track)),
        // From five hundred on they are alike, and the first is taken.
        (accusation(online(none.clone())), Some(Way::Track)),
        (book(undertaken(accusation(none.clone()))), Some(Way::BookAndState)),
        (book(accusation(none.clone())), Some(Way::Track)),
        (book(both(urgent(none.clone()))), Some(Way::Track)),
        (both(accusation(none.clone())), Some(Way::State)),
    ];
    on_both("ledger", &MIGRATIONS, async |db| {
        db.write(async |tx: &mut Tx| fill(tx).await).await.expect("filled");
        for (filter, expected) in &table {
            let way = db.read(async |tx: &mut Tx| access_path::rarest(tx, filter).await).await.expect("counted");
            assert_eq!(way, *expected, "{filter:?}");
        }
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    assert_held_against_both("access_path", include_str!("../src/finding/store/access_path.rs"), include_str!("ways.rs"));
}
