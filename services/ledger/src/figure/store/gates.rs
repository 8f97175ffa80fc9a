//! How long cases wait at the chiefs' gates.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all};
use sanben_host::Key;
use uuid::Uuid;

use sanben_ledger_rules::case::Case;

use crate::case::reader::Reader;

/// So many units at most.
pub const UNITS_MAX: i64 = 2000;

/// What one gate decided in a period, and how long it took. Times are in microseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub unit: String,
    pub registered: i64,
    pub declined: i64,
    /// Of those registered, how many had been assigned before.
    pub urgent: i64,
    pub median: i64,
    pub longest: i64,
}

/// What waits at one gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub unit: String,
    pub count: i64,
    /// When the one came that waits longest.
    pub since: Ts,
}

/// A signature that followed an urgent assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    pub case_id: Uuid,
    pub unit: String,
    pub assigned: Ts,
    pub signed: Ts,
}

/// A case came to its gate.
pub async fn came(tx: &mut Tx, case: &Case) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO gates (case_id, unit_id, propose_time) VALUES ($1, $2, $3)",
        case.id,
        case.opening.gate_unit.as_str(),
        case.opening.proposed.micros(),
    )?;
    Ok(())
}

/// A case was decided on, or assigned before that. Later it has nothing to do with the gate any more.
pub async fn passed(tx: &mut Tx, case: &Case) -> Result<(), Error> {
    let decided = case.gate_decided();
    // Assigned first and signed afterwards.
    let urgent = case.assigned.filter(|at| decided.is_none_or(|decided| *at <= decided));
    execute!(
        tx,
        "UPDATE gates SET decide_time = $1, declined = $2, urgent_time = $3 WHERE case_id = $4 AND decide_time = 0",
        decided.map_or(0, Ts::micros),
        i64::from(case.declined.is_some()),
        urgent.map_or(0, Ts::micros),
        case.id,
    )?;
    Ok(())
}

/// What gates decided from `from` to `until`, by unit, of cases that the reader may see.
pub async fn decided(tx: &mut Tx, reader: &Reader, from: Ts, until: Ts) -> Result<Vec<Decided>, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String, i64, i64, i64, i64, i64, i64),
        "WITH seen AS (
             SELECT g.unit_id, g.declined, g.urgent_time, g.decide_time - g.propose_time AS wait
             FROM gates AS g
             JOIN case_reach AS r ON r.case_id = g.case_id AND r.unit_id = $1
             WHERE g.decide_time > 0 AND g.decide_time >= $2 AND g.decide_time <= $3
               AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = g.case_id AND x.who IN ($4, $5, $6, $7))
         ), ranked AS (
             SELECT unit_id, declined, urgent_time, wait, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY wait) AS place,
                    COUNT(*) OVER (PARTITION BY unit_id) AS decided
             FROM seen
         )
         SELECT unit_id, SUM(CASE WHEN declined = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN declined = 0 THEN 0 ELSE 1 END),
                SUM(CASE WHEN declined = 0 AND urgent_time > 0 THEN 1 ELSE 0 END),
                MIN(CASE WHEN place = (decided + 1) / 2 THEN wait END), MIN(CASE WHEN place = decided / 2 + 1 THEN wait END),
                MAX(wait)
         FROM ranked
         GROUP BY unit_id
         ORDER BY unit_id
         LIMIT $8",
        reader.unit(0),
        from.micros(),
        until.micros(),
        own,
        above,
        top,
        themselves,
        UNITS_MAX,
    )?;
    let row = |(unit, registered, declined, urgent, lower, upper, longest): (String, i64, i64, i64, i64, i64, i64)| {
        // Of an even number, between the two in the middle.
        let median = lower.saturating_add(upper.saturating_sub(lower) / 2);
        Decided { unit, registered, declined, urgent, median, longest }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What waits at gates now, by unit, of cases that the reader may see.
pub async fn waiting(tx: &mut Tx, reader: &Reader) -> Result<Vec<Waiting>, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String, i64, i64),
        "SELECT g.unit_id, COUNT(*), MIN(g.propose_time)
         FROM gates AS g
         JOIN case_reach AS r ON r.case_id = g.case_id AND r.unit_id = $1
         WHERE g.decide_time = 0
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = g.case_id AND x.who IN ($2, $3, $4, $5))
         GROUP BY g.unit_id
         ORDER BY g.unit_id
         LIMIT $6",
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        UNITS_MAX,
    )?;
    Ok(rows.into_iter().map(|(unit, count, since)| Waiting { unit, count, since: Ts::from_micros(since) }).collect())
}

/// Signatures from `from` to `until` that followed an urgent assignment, oldest first, of cases that the reader may see.
pub async fn followed(
    tx: &mut Tx,
    reader: &Reader,
    from: Ts,
    until: Ts,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Followed>, Error> {
    let (time, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (Uuid, String, i64, i64),
        "SELECT g.case_id, g.unit_id, g.urgent_time, g.decide_time
         FROM gates AS g
         JOIN case_reach AS r ON r.case_id = g.case_id AND r.unit_id = $1
         WHERE g.urgent_time > 0 AND g.decide_time > 0 AND g.decide_time >= $2 AND g.decide_time <= $3
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = g.case_id AND x.who IN ($4, $5, $6, $7))
           AND (g.decide_time, g.case_id) > ($8, $9)
         ORDER BY g.decide_time, g.case_id
         LIMIT $10",
        reader.unit(0),
        from.micros(),
        until.micros(),
        own,
        above,
        top,
        themselves,
        time,
        id,
        limit,
    )?;
    let row = |(case_id, unit, assigned, signed)| {
        let (assigned, signed) = (Ts::from_micros(assigned), Ts::from_micros(signed));
        Followed { case_id, unit, assigned, signed }
    };
    Ok(rows.into_iter().map(row).collect())
}
