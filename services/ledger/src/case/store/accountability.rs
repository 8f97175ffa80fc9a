//! What examinations found for whom.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all};
use sanben_host::Key;
use sanben_proto::ledger::AccountabilityMeasure;
use uuid::Uuid;

use sanben_ledger_rules::case::Accounted;

use crate::case::reader::Reader;

/// What an examination found for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accountability {
    pub id: Uuid,
    pub case_id: Uuid,
    /// Of the case.
    pub number: String,
    pub round: i32,
    pub accounted: Accounted,
    pub at: Ts,
}

/// What the last examination of a round found takes the place of what was found before.
pub async fn set_accountabilities(
    tx: &mut Tx,
    case_id: Uuid,
    round: i32,
    found: &[(Uuid, Accounted)],
    at: Ts,
) -> Result<(), Error> {
    execute!(tx, "DELETE FROM accountabilities WHERE case_id = $1 AND round = $2", case_id, i64::from(round))?;
    for (id, accounted) in found {
        execute!(
            tx,
            "INSERT INTO accountabilities (case_id, round, person_id, row_id, measure, find_time) VALUES ($1, $2, $3, $4, $5, $6)",
            case_id,
            i64::from(round),
            accounted.person.as_str(),
            *id,
            i64::from(accounted.measure as i32),
            at.micros(),
        )?;
    }
    Ok(())
}

/// What was found for whom in cases that the reader may see, newest first. `person`: only theirs; empty for all.
pub async fn accountabilities(
    tx: &mut Tx,
    reader: &Reader,
    person: &str,
    before: Option<Key>,
    limit: i64,
) -> Result<Vec<Accountability>, Error> {
    let (time, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (Uuid, Uuid, Option<String>, i64, String, i64, i64),
        "SELECT a.row_id, a.case_id, c.number, a.round, a.person_id, a.measure, a.find_time
         FROM accountabilities AS a
         JOIN cases AS c ON c.case_id = a.case_id
         JOIN case_reach AS r ON r.case_id = a.case_id AND r.unit_id = $1
         WHERE NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = a.case_id AND x.who IN ($2, $3, $4, $5))
           AND ($6 = '' OR a.person_id = $6)
           AND (a.find_time, a.row_id) < ($7, $8)
         ORDER BY a.find_time DESC, a.row_id DESC
         LIMIT $9",
        reader.unit(0),
        own,
        above,
        top,
        themselves,
        person,
        time,
        id,
        limit,
    )?;
    rows.into_iter()
        .map(|(id, case_id, number, round, person, measure, at)| {
            let measure = i32::try_from(measure).ok().and_then(|measure| AccountabilityMeasure::try_from(measure).ok());
            let measure = measure.ok_or(Error::Corrupt("accountabilities.measure"))?;
            let round = i32::try_from(round).map_err(|_| Error::Corrupt("accountabilities.round"))?;
            let accounted = Accounted { person, measure };
            Ok(Accountability { id, case_id, number: number.unwrap_or_default(), round, accounted, at: Ts::from_micros(at) })
        })
        .collect()
}
