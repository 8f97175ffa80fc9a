//! Finds cases by text, in the order in which they are shown: those with the most of the terms first, of these the newest
//! first.
//!
//! Those that have all terms are read from the list of the rarest one, as far as a page needs. Only when they have run out are
//! those looked at that have some: of each term the newest few, since a common one is in very many cases. Where these end is
//! kept with the page, so that what comes in later pushes none of them out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sanben_clock::Ts;
use sanben_db::{Error, Tx};
use sanben_host::Key;
use uuid::Uuid;

use sanben_ledger_rules::case::Case;

use crate::finding::store::query::{self, Filter, Hit};

/// Of the cases that have some terms, but not all, so many of each term are looked at: the newest.
pub const PARTLY_MAX: usize = 200;
/// And so many on later pages, when others have come in above them.
const LATER_MAX: i64 = 10_000;
/// As far as this it is counted in how many cases a term is.
const COUNT_MAX: i64 = 1000;

/// Where a page ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// How many terms its last case has.
    pub matched: i64,
    pub key: Key,
    /// For each term, the instant after which its cases are looked at; none as long as there were enough with all terms.
    pub floors: Vec<Ts>,
}

/// A case and where a page that ends with it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub case: Case,
    pub place: Place,
}

/// Cases with at least one of `terms` that pass the filter, after `after`; at most `filter.limit`.
pub async fn by_terms(tx: &mut Tx, filter: &Filter, terms: &[String], after: Option<&Place>) -> Result<Vec<Found>, Error> {
    let limit = usize::try_from(filter.limit).unwrap_or_default();
    let all = count(terms.len());
    let mut counts = Vec::new();
    for term in terms {
        counts.push((query::count_term(tx, term, COUNT_MAX).await?, term));
    }
    counts.sort();
    let mut floors = after.map(|place| place.floors.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let is_among_all = after.is_none_or(|place| place.matched == all);
    // Also if a term is in no case at all: a term that only hidden cases have must not be told from it by what is asked of the store.
    if let (true, Some((_, rarest)), Some((_, next))) = (is_among_all, counts.first(), counts.get(1).or(counts.first())) {
        let filter = Filter { before: after.map(|place| place.key), ..filter.clone() };
        for case in query::with_all_terms(tx, &filter, terms, [rarest, next]).await? {
            let place = Place { matched: all, key: key(&case), floors: floors.clone() };
            found.push(Found { case, place });
        }
    }
    if found.len() >= limit || all < 2 {
        return Ok(found);
    }
    let hits = partly(tx, filter, terms, &mut floors).await?;
    let place = after.filter(|_| !is_among_all);
    let rest = hits.into_iter().filter(|hit| place.is_none_or(|place| (hit.matched, hit.key) < (place.matched, place.key)));
    let rest: Vec<Hit> = rest.take(limit - found.len()).collect();
    let ids: Vec<Uuid> = rest.iter().map(|hit| hit.key.1).collect();
    for (case, hit) in query::several(tx, &ids).await?.into_iter().zip(rest) {
        found.push(Found { case, place: Place { matched: hit.matched, key: hit.key, floors: floors.clone() } });
    }
    Ok(found)
}

/// Those that have some terms but not all, in order.
async fn partly(tx: &mut Tx, filter: &Filter, terms: &[String], floors: &mut Vec<Ts>) -> Result<Vec<Hit>, Error> {
    let first = Ts::from_micros(i64::MIN);
    let fresh = floors.len() != terms.len();
    if fresh {
        *floors = vec![first; terms.len()];
    }
    let mut hits: BTreeMap<Uuid, Hit> = BTreeMap::new();
    for (term, floor) in terms.iter().zip(floors) {
        let most = if fresh { count(PARTLY_MAX) + 1 } else { LATER_MAX };
        let rows = query::with_term(tx, filter, terms, term, *floor, most).await?;
        if let Some(last) = rows.get(PARTLY_MAX).filter(|_| fresh) {
            *floor = Ts::from_micros(last.key.0);
        }
        let rows = rows.into_iter().filter(|hit| hit.key.0 > floor.micros() && hit.matched < count(terms.len()));
        hits.extend(rows.map(|hit| (hit.key.1, hit)));
    }
    let mut hits: Vec<Hit> = hits.into_values().collect();
    hits.sort_by_key(|hit| Reverse((hit.matched, hit.key)));
    Ok(hits)
}

fn key(case: &Case) -> Key {
    (case.opening.proposed.micros(), case.id)
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
