//! Which cases somebody looks for, and may see: page by page, by what they are, by whose they are, by their words.
//!
//! Every text here starts from the rows of one unit, in the order in which they are shown. Each way in has an index of its own
//! that is read in that order, and the rarest is taken; whatever else is asked for is looked at row by row.

use sanben_clock::Ts;
use sanben_db::{Error, Tx, fetch_all, fetch_one};
use sanben_host::Key;
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::{CaseState, Colour, Door, PersonalDuty};
use uuid::Uuid;

use sanben_ledger_rules::case::Case;
use sanben_ledger_rules::terms::QUERY_TERMS_MAX;

use crate::case::{reader::Reader, store::read};
use crate::finding::store::access_path::{self, Way};

/// Which cases a list asks for, and who reads it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub reader: Reader,
    /// A unit that leads or is above the one that does, with those above it; none for all.
    pub unit: Vec<String>,
    pub book: Option<Book>,
    /// Each once; none for all.
    pub states: Vec<CaseState>,
    pub origin: Option<Channel>,
    pub track: Option<Track>,
    /// At that instant.
    pub colour: Option<(Colour, Ts)>,
    pub due_by: Option<Ts>,
    pub duty: Option<PersonalDuty>,
    pub owner: String,
    pub handler: String,
    pub party: String,
    pub number: String,
    pub door: Option<Door>,
    pub received_from: Option<Ts>,
    pub received_until: Option<Ts>,
    pub before: Option<Key>,
    pub limit: i64,
}

impl Filter {
    /// The unit whose rows are read: the one that is asked for, if the reader sees all that it leads; else the reader's.
    pub(super) fn unit_read(&self) -> &str {
        let below = self.unit.iter().any(|unit| unit == self.reader.unit(0));
        if below { self.unit.first().map_or("", String::as_str) } else { self.reader.unit(0) }
    }

    /// Bit by bit; 0 for all.
    fn states_mask(&self) -> i64 {
        self.states.iter().fold(0, |mask, state| mask | 1 << (*state as i32))
    }
}

/// A case that has some of the terms that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub key: Key,
    /// How many.
    pub matched: i64,
}

/// What all texts ask of a row `r` of the unit that is read: that its reader may see it, and every filter. Of the states it is `<> 0`, since
/// PostgreSQL takes an expression that equals something for rare, and would then read all rows and sort them.
macro_rules! asked_for {
    () => {
        "r.unit_id = $1
         AND ($2 = $1 OR EXISTS (SELECT 1 FROM case_reach AS v WHERE v.case_id = r.case_id AND v.unit_id = $2))
         AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = r.case_id AND x.who IN ($3, $4, $5, $6))
         AND ($7 = '' OR EXISTS (SELECT 1 FROM case_reach AS l WHERE l.case_id = r.case_id AND l.unit_id = $7 AND l.led = 1))
         AND ($8 = 0 OR r.book = $8)
         AND ($9 = 0 OR (($9 >> CAST(r.state AS INTEGER)) & 1) <> 0)
         AND ($10 = 0 OR r.origin = $10)
         AND ($11 = 0 OR r.track = $11)
         AND ($12 = 0 OR ($12 = 1 AND $13 < r.warn AND $13 <= r.due) OR ($12 = 2 AND $13 >= r.warn AND $13 <= r.due)
              OR ($12 = 3 AND $13 > r.due))
         AND r.due <= $14
         AND ($15 = 0 OR r.duty = $15)
         AND ($16 = '' OR r.owner = $16)
         AND ($17 = '' OR r.handler = $17)
         AND ($18 = '' OR EXISTS (SELECT 1 FROM case_parties AS p WHERE p.case_id = r.case_id AND p.party_ref = $18))
         AND ($19 = '' OR r.case_id IN (SELECT n.case_id FROM cases AS n WHERE n.number = $19))
         AND ($20 = 0 OR r.door = $20)
         AND r.receive_time >= $21 AND r.receive_time <= $22"
    };
}

/// The terms that are asked for, and how many of them a case has.
macro_rules! matched {
    () => {
        "(SELECT COUNT(*) FROM case_terms AS m
          WHERE m.case_id = r.case_id
            AND m.term IN ($23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
                           $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54))"
    };
}

/// Runs a text with what `asked_for!` needs, and then with what else it needs.
macro_rules! fetch_found {
    ($tx:expr, $row:ty, $filter:expr, $sql:expr $(, $bind:expr)* $(,)?) => {{
        let filter: &Filter = $filter;
        let [own, above, top, themselves] = filter.reader.accused_as();
        let (colour, at) = filter.colour.map_or((0, 0), |(colour, at)| (i64::from(colour as i32), at.micros()));
        fetch_all!(
            $tx,
            $row,
            $sql,
            filter.unit_read(),
            filter.reader.unit(0),
            own.as_str(),
            above.as_str(),
            top.as_str(),
            themselves.as_str(),
            filter.unit.first().map_or("", String::as_str),
            filter.book.map_or(0, |book| i64::from(book as i32)),
            filter.states_mask(),
            filter.origin.map_or(0, |origin| i64::from(origin as i32)),
            filter.track.map_or(0, |track| i64::from(track as i32)),
            colour,
            at,
            filter.due_by.map_or(i64::MAX, Ts::micros),
            filter.duty.map_or(0, |duty| i64::from(duty as i32)),
            filter.owner.as_str(),
            filter.handler.as_str(),
            filter.party.as_str(),
            filter.number.as_str(),
            filter.door.map_or(0, |door| i64::from(door as i32)),
            filter.received_from.map_or(i64::MIN, Ts::micros),
            filter.received_until.map_or(i64::MAX, |until| until.micros().saturating_sub(1)),
            $($bind,)*
        )
    }};
}

/// As [`fetch_found!`], with the terms after it.
macro_rules! fetch_matched {
    ($tx:expr, $row:ty, $filter:expr, $terms:expr, $sql:expr $(, $bind:expr)* $(,)?) => {{
        let t: &[&str; QUERY_TERMS_MAX] = $terms;
        fetch_found!(
            $tx, $row, $filter, $sql, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10], t[11], t[12], t[13], t[14],
            t[15], t[16], t[17], t[18], t[19], t[20], t[21], t[22], t[23], t[24], t[25], t[26], t[27], t[28], t[29], t[30], t[31]
            $(, $bind)*
        )
    }};
}

/// A page of the rows of a unit, with the way in that has an index: a whole text for each. What comes before the rows is read first.
macro_rules! page {
    ($tx:expr, $filter:expr, $state:expr, $way:literal) => {
        page!($tx, $filter, $state, "", $way)
    };
    ($tx:expr, $filter:expr, $state:expr, $before:literal, $way:literal) => {{
        let (time, id) = $filter.before.unwrap_or((i64::MAX, Uuid::max()));
        fetch_found!(
            $tx,
            (i64, Uuid, String),
            $filter,
            concat!(
                "SELECT f.propose_time, f.case_id, c.snapshot
                 FROM (SELECT r.propose_time, r.case_id
                       FROM ",
                $before,
                "case_reach AS r
                       WHERE ",
                asked_for!(),
                $way,
                " AND ($26 = 0 OR r.state = $26)
                         AND (r.propose_time, r.case_id) < ($23, $24)
                       ORDER BY r.propose_time DESC, r.case_id DESC
                       LIMIT $25) AS f
                 JOIN cases AS c ON c.case_id = f.case_id
                 ORDER BY f.propose_time DESC, f.case_id DESC"
            ),
            time,
            id,
            $filter.limit,
            $state,
        )
    }};
}

/// Cases that the reader may see, newest first.
pub async fn list(tx: &mut Tx, filter: &Filter) -> Result<Vec<Case>, Error> {
    let all = 0_i64;
    let mut rows = if !filter.number.is_empty() {
        page!(
            tx,
            filter,
            all,
            "(SELECT w.case_id FROM cases AS w WHERE w.number = $19) AS own CROSS JOIN ",
            " AND r.case_id = own.case_id"
        )?
    } else if !filter.party.is_empty() {
        page!(
            tx,
            filter,
            all,
            "(SELECT DISTINCT w.case_id FROM case_parties AS w WHERE w.party_ref = $18) AS own CROSS JOIN ",
            " AND r.case_id = own.case_id"
        )?
    } else {
        match access_path::rarest(tx, filter).await? {
            None => page!(tx, filter, all, "")?,
            Some(Way::Handler) => page!(tx, filter, all, " AND r.handler <> '' AND r.handler = $17")?,
            Some(Way::Owner) => page!(tx, filter, all, " AND r.owner <> '' AND r.owner = $16")?,
            Some(Way::Duty) => page!(tx, filter, all, " AND r.duty <> 0 AND r.duty = $15")?,
            Some(Way::Door) => page!(tx, filter, all, " AND r.door <> 0 AND r.door = $20")?,
            Some(Way::Waiting) => page!(tx, filter, all, " AND r.due < 9223372036854775807")?,
            Some(Way::Track) => page!(tx, filter, all, " AND r.track = $11")?,
            Some(Way::Origin) => page!(tx, filter, all, " AND r.origin = $10")?,
            Some(Way::Book) => page!(tx, filter, all, " AND r.book = $8")?,
            Some(way @ (Way::State | Way::BookAndState)) => {
                let mut rows = Vec::new();
                for state in &filter.states {
                    let state = i64::from(*state as i32);
                    rows.extend(if way == Way::BookAndState {
                        page!(tx, filter, state, " AND r.state = $26 AND r.book = $8")?
                    } else {
                        page!(tx, filter, state, " AND r.state = $26")?
                    });
                }
                rows
            }
        }
    };
    rows.sort_by(|(one_time, one, _), (time, other, _)| (time, other).cmp(&(one_time, one)));
    rows.truncate(usize::try_from(filter.limit).unwrap_or_default());
    rows.iter().map(|(_, _, json)| read(json)).collect()
}

/// In how many cases a term is, counted as far as `most`.
pub async fn count_term(tx: &mut Tx, term: &str, most: i64) -> Result<i64, Error> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM (SELECT 1 FROM case_terms AS t WHERE t.term = $1 LIMIT $2) AS counted",
        term,
        most,
    )?;
    Ok(count)
}

/// Cases that have all `terms`, newest first. `rarest`: the one by which they are looked for, and the one that is looked at next.
pub async fn with_all_terms(tx: &mut Tx, filter: &Filter, terms: &[String], rarest: [&str; 2]) -> Result<Vec<Case>, Error> {
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_matched!(
        tx,
        (String,),
        filter,
        &padded(terms),
        concat!(
            "SELECT c.snapshot
             FROM (SELECT t.propose_time, t.case_id
                   FROM case_terms AS t
                   JOIN case_reach AS r ON r.case_id = t.case_id
                   WHERE t.term = $55 AND (t.propose_time, t.case_id) < ($56, $57)
                     AND EXISTS (SELECT 1 FROM case_terms AS s
                                 WHERE s.term = $60 AND s.propose_time = t.propose_time AND s.case_id = t.case_id)
                     AND ",
            asked_for!(),
            " AND ",
            matched!(),
            " = $58
                   ORDER BY t.propose_time DESC, t.case_id DESC
                   LIMIT $59) AS f
             JOIN cases AS c ON c.case_id = f.case_id
             ORDER BY f.propose_time DESC, f.case_id DESC"
        ),
        rarest[0],
        time,
        id,
        i64::try_from(terms.len()).unwrap_or(i64::MAX),
        filter.limit,
        rarest[1],
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// Cases that have `term`, newest first, later than `after`, and how many of `terms` each has.
pub async fn with_term(
    tx: &mut Tx,
    filter: &Filter,
    terms: &[String],
    term: &str,
    after: Ts,
    limit: i64,
) -> Result<Vec<Hit>, Error> {
    let rows = fetch_matched!(
        tx,
        (i64, Uuid, i64),
        filter,
        &padded(terms),
        concat!(
            "SELECT t.propose_time, t.case_id, ",
            matched!(),
            " FROM case_terms AS t
             JOIN case_reach AS r ON r.case_id = t.case_id
             WHERE t.term = $55 AND t.propose_time > $56 AND ",
            asked_for!(),
            " ORDER BY t.propose_time DESC, t.case_id DESC
             LIMIT $57"
        ),
        term,
        after.micros(),
        limit,
    )?;
    Ok(rows.into_iter().map(|(time, id, matched)| Hit { key: (time, id), matched }).collect())
}

/// No term is empty.
fn padded(terms: &[String]) -> [&str; QUERY_TERMS_MAX] {
    std::array::from_fn(|n| terms.get(n).map_or("", String::as_str))
}

/// These cases, in their order; what is not there is left out.
pub async fn several(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Case>, Error> {
    const AT_ONCE: usize = 16;
    let mut found: Vec<(Uuid, String)> = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let i: [Uuid; AT_ONCE] = std::array::from_fn(|n| ids.get(n).copied().unwrap_or_default());
        found.extend(fetch_all!(
            tx,
            (Uuid, String),
            "SELECT case_id, snapshot
             FROM cases
             WHERE case_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            i[0],
            i[1],
            i[2],
            i[3],
            i[4],
            i[5],
            i[6],
            i[7],
            i[8],
            i[9],
            i[10],
            i[11],
            i[12],
            i[13],
            i[14],
            i[15],
        )?);
    }
    ids.iter().filter_map(|id| found.iter().find(|(one, _)| one == id)).map(|(_, json)| read(json)).collect()
}
