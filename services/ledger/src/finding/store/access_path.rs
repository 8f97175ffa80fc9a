//! The ways into the cases of a unit: by which of what is asked for a list is read.

use sanben_db::{Error, Tx, fetch_one};
use sanben_proto::ledger::Colour;

use crate::finding::store::query::Filter;

/// As far as this it is counted how many cases a way leads to.
const COUNT_MAX: i64 = 500;

/// By what a list is read: each has an index in the order in which the list is shown. Of those with as few cases, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Handler,
    Owner,
    Duty,
    Door,
    Waiting,
    BookAndState,
    State,
    Track,
    Origin,
    Book,
}

/// The way with the fewest cases among what is asked for, so that a page does not look for few cases among many; none if nothing is.
pub async fn rarest(tx: &mut Tx, filter: &Filter) -> Result<Option<Way>, Error> {
    let waits = matches!(filter.colour, Some((Colour::Yellow | Colour::Red, _))) || filter.due_by.is_some();
    let (with_book, with_states) = (filter.book.is_some(), !filter.states.is_empty());
    let ways = [
        (Way::Handler, !filter.handler.is_empty()),
        (Way::Owner, !filter.owner.is_empty()),
        (Way::Duty, filter.duty.is_some()),
        (Way::Door, filter.door.is_some()),
        (Way::Waiting, waits),
        (Way::BookAndState, with_book && with_states),
        (Way::State, with_states && !with_book),
        (Way::Track, filter.track.is_some()),
        (Way::Origin, filter.origin.is_some()),
        (Way::Book, with_book && !with_states),
    ];
    let asked: Vec<Way> = ways.into_iter().filter_map(|(way, is_asked)| is_asked.then_some(way)).collect();
    if asked.len() < 2 {
        return Ok(asked.first().copied());
    }
    let counts = counts(tx, filter).await?;
    Ok(counts.into_iter().filter(|(way, _)| asked.contains(way)).min_by_key(|(way, count)| (*count, *way)).map(|(way, _)| way))
}

/// How many cases each way leads to, counted as far as [`COUNT_MAX`].
async fn counts(tx: &mut Tx, filter: &Filter) -> Result<[(Way, i64); 10], Error> {
    // Of several states no one index tells, so they count as many.
    let state = if let [state] = filter.states[..] { i64::from(state as i32) } else { 0 };
    let (handler, owner, duty, door, waiting, book_and_state, of_state, track, origin) = fetch_one!(
        tx,
        (i64, i64, i64, i64, i64, i64, i64, i64, i64),
        "SELECT
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND handler <> '' AND handler = $2 LIMIT $10) AS a),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND owner <> '' AND owner = $3 LIMIT $10) AS b),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND duty <> 0 AND duty = $4 LIMIT $10) AS c),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND door <> 0 AND door = $5 LIMIT $10) AS d),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND due < 9223372036854775807 LIMIT $10) AS e),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND state = $7 AND book = $6 LIMIT $10) AS f),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND state = $7 LIMIT $10) AS g),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND track = $8 LIMIT $10) AS h),
           (SELECT COUNT(*) FROM (SELECT 1 FROM case_reach WHERE unit_id = $1 AND origin = $9 LIMIT $10) AS i)",
        filter.unit_read(),
        filter.handler.as_str(),
        filter.owner.as_str(),
        filter.duty.map_or(0, |duty| i64::from(duty as i32)),
        filter.door.map_or(0, |door| i64::from(door as i32)),
        filter.book.map_or(0, |book| i64::from(book as i32)),
        state,
        filter.track.map_or(0, |track| i64::from(track as i32)),
        filter.origin.map_or(0, |origin| i64::from(origin as i32)),
        COUNT_MAX,
    )?;
    let many = |count: i64| if state == 0 { COUNT_MAX } else { count };
    // A book alone is a good part of all.
    Ok([
        (Way::Handler, handler),
        (Way::Owner, owner),
        (Way::Duty, duty),
        (Way::Door, door),
        (Way::Waiting, waiting),
        (Way::BookAndState, many(book_and_state)),
        (Way::State, many(of_state)),
        (Way::Track, track),
        (Way::Origin, origin),
        (Way::Book, COUNT_MAX),
    ])
}
