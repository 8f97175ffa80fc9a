//! What leaders have taken on in person.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, fetch_all};
use sanben_proto::ledger::{CaseState, Door, PersonalDuty};

use crate::case::reader::Reader;

/// So many counts at most.
const COUNTS_MAX: i64 = 2000;

/// What one leader has taken on under one duty, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyCount {
    pub person: String,
    pub duty: PersonalDuty,
    pub owned: i64,
    pub settled: i64,
    pub closed: i64,
}

/// What leaders have taken on from `from` on and before `until`, by leader and duty, of cases that the reader may see.
pub async fn personal_duties(tx: &mut Tx, reader: &Reader, from: Ts, until: Ts) -> Result<Vec<DutyCount>, Error> {
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (String, i64, i64, i64, i64),
        "SELECT c.owner, c.owner_duty, COUNT(*), SUM(CASE WHEN c.state = $9 OR c.door = $10 THEN 1 ELSE 0 END),
                SUM(CASE WHEN c.door > 0 THEN 1 ELSE 0 END)
         FROM cases AS c
         JOIN case_reach AS r ON r.case_id = c.case_id AND r.unit_id = $1
         WHERE c.owner IS NOT NULL AND c.own_time >= $2 AND c.own_time < $3
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = c.case_id AND x.who IN ($4, $5, $6, $7))
         GROUP BY c.owner, c.owner_duty
         ORDER BY c.owner, c.owner_duty
         LIMIT $8",
        reader.unit(0),
        from.micros(),
        until.micros(),
        own,
        above,
        top,
        themselves,
        COUNTS_MAX,
        i64::from(CaseState::Settled as i32),
        i64::from(Door::Confirmed as i32),
    )?;
    rows.into_iter()
        .map(|(person, duty, owned, settled, closed)| {
            let duty = i32::try_from(duty).ok().and_then(|duty| PersonalDuty::try_from(duty).ok());
            Ok(DutyCount { person, duty: duty.ok_or(Error::Corrupt("cases.owner_duty"))?, owned, settled, closed })
        })
        .collect()
}
