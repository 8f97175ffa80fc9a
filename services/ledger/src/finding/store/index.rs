//! What a case is found by, beside its snapshot: in which units, by what, and by which words.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all};
use uuid::Uuid;

use sanben_ledger_rules::case::Case;
use sanben_ledger_rules::terms;

/// So many terms are written at once.
const TERMS_AT_ONCE: usize = 16;

/// What a case is found by, beside what it says itself: worked out from it with the unit tree, each time it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The units that may have to do with it, with all above them.
    pub reach: Vec<String>,
    /// Those of them that lead it or are above the unit that does.
    pub led: Vec<String>,
    /// From then on it is yellow; the last instant there is if nothing runs.
    pub warn: Ts,
    /// After that it is red; likewise.
    pub due: Ts,
}

impl Default for Index {
    fn default() -> Index {
        let never = Ts::from_micros(i64::MAX);
        Index { reach: Vec::new(), led: Vec::new(), warn: never, due: never }
    }
}

impl Index {
    /// Found in these units, of which all lead it or are above the one that does; nothing runs.
    pub fn in_reach<S: AsRef<str>>(units: impl IntoIterator<Item = S>) -> Index {
        let reach: Vec<String> = units.into_iter().map(|unit| unit.as_ref().to_owned()).collect();
        Index { led: reach.clone(), reach, ..Index::default() }
    }
}

/// The units that find a case, in any order.
pub async fn reach(tx: &mut Tx, id: Uuid) -> Result<Vec<String>, Error> {
    let rows = fetch_all!(tx, (String,), "SELECT unit_id FROM case_reach WHERE case_id = $1", id)?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

/// Keeps what a case is found by, as far as it changed.
pub async fn set(tx: &mut Tx, id: Uuid, case: &Case, index: &Index) -> Result<(), Error> {
    for unit in reach(tx, id).await?.iter().filter(|unit| !index.reach.contains(*unit)) {
        execute!(tx, "DELETE FROM case_reach WHERE case_id = $1 AND unit_id = $2", id, unit.as_str())?;
    }
    for unit in &index.reach {
        set_unit(tx, id, unit, case, index).await?;
    }
    Ok(())
}

/// A row that says all this already is not written again.
async fn set_unit(tx: &mut Tx, id: Uuid, unit: &str, case: &Case, index: &Index) -> Result<(), Error> {
    let owner = case.owner.as_ref();
    execute!(
        tx,
        "INSERT INTO case_reach AS r (case_id, unit_id, led, propose_time, book, state, door, origin, track, duty, owner, handler,
                                      receive_time, warn, due, indexed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
         ON CONFLICT (case_id, unit_id) DO UPDATE
         SET led = $3, propose_time = $4, book = $5, state = $6, door = $7, origin = $8, track = $9, duty = $10, owner = $11,
             handler = $12, receive_time = $13, warn = $14, due = $15, indexed = 1
         WHERE (r.led, r.propose_time, r.book, r.state, r.door, r.origin, r.track, r.duty, r.owner, r.handler, r.receive_time, r.warn,
                r.due, r.indexed)
               <> ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)",
        id,
        unit,
        i64::from(index.led.iter().any(|one| one == unit)),
        case.opening.proposed.micros(),
        i64::from(case.book() as i32),
        i64::from(case.state.named() as i32),
        case.state.door().map_or(0, |door| i64::from(door as i32)),
        i64::from(case.opening.origin as i32),
        i64::from(case.track() as i32),
        owner.map_or(0, |owner| i64::from(owner.duty as i32)),
        owner.map_or("", |owner| owner.person.as_str()),
        case.state.handler().unwrap_or_default(),
        case.received().micros(),
        index.warn.micros(),
        index.due.micros(),
    )?;
    Ok(())
}

/// Writes the terms of title and summary, neither of which changes.
pub async fn set_terms(tx: &mut Tx, id: Uuid, case: &Case) -> Result<(), Error> {
    let terms: Vec<String> = terms::terms_of(&[&case.opening.title, &case.opening.summary]).into_iter().collect();
    let time = case.opening.proposed.micros();
    let mut chunks = terms.chunks_exact(TERMS_AT_ONCE);
    for terms in &mut chunks {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = terms else { continue };
        execute!(
            tx,
            "INSERT INTO case_terms (propose_time, case_id, term)
             VALUES ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6), ($1, $2, $7), ($1, $2, $8), ($1, $2, $9), ($1, $2, $10),
                    ($1, $2, $11), ($1, $2, $12), ($1, $2, $13), ($1, $2, $14), ($1, $2, $15), ($1, $2, $16), ($1, $2, $17),
                    ($1, $2, $18)",
            time,
            id,
            a.as_str(),
            b.as_str(),
            c.as_str(),
            d.as_str(),
            e.as_str(),
            f.as_str(),
            g.as_str(),
            h.as_str(),
            i.as_str(),
            j.as_str(),
            k.as_str(),
            l.as_str(),
            m.as_str(),
            n.as_str(),
            o.as_str(),
            p.as_str(),
        )?;
    }
    for term in chunks.remainder() {
        execute!(tx, "INSERT INTO case_terms (propose_time, case_id, term) VALUES ($1, $2, $3)", time, id, term.as_str(),)?;
    }
    Ok(())
}

/// Writes its terms anew, and who stands behind its submissions. `id`: of its row.
pub async fn reindex(tx: &mut Tx, id: Uuid, case: &Case, parties: &[(Uuid, String)]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM case_terms WHERE case_id = $1", id)?;
    set_terms(tx, id, case).await?;
    for (submission, party) in parties.iter().filter(|(submission, _)| case.answers(*submission)) {
        add_party(tx, id, *submission, party).await?;
    }
    Ok(())
}

/// Cases after `after` that are to be indexed again, in the order of their ids.
pub async fn stale(tx: &mut Tx, after: Uuid, limit: i64) -> Result<Vec<Uuid>, Error> {
    let rows = fetch_all!(
        tx,
        (Uuid,),
        "SELECT DISTINCT case_id FROM case_reach WHERE indexed = 0 AND case_id > $1 ORDER BY case_id LIMIT $2",
        after,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Keeps who stands behind a submission of a case.
pub async fn add_party(tx: &mut Tx, case_id: Uuid, submission: Uuid, party: &str) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO case_parties (case_id, submission_id, party_ref) VALUES ($1, $2, $3)
         ON CONFLICT (case_id, submission_id) DO NOTHING",
        case_id,
        submission,
        party,
    )?;
    Ok(())
}

/// Forgets who stands behind a submission that left a case.
pub async fn remove_party(tx: &mut Tx, case_id: Uuid, submission: Uuid) -> Result<(), Error> {
    execute!(tx, "DELETE FROM case_parties WHERE case_id = $1 AND submission_id = $2", case_id, submission)?;
    Ok(())
}
