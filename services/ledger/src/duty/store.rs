//! Who must do what in which case, for whoever asks what they must do. Worked out again from the case each time it is kept.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all};
use sanben_proto::ledger::DutyKind;
use uuid::Uuid;

use sanben_ledger_rules::case::{Case, duty::Whom};

use crate::case::{reader::Reader, store::read};
use crate::fingerprint;

/// When something is due that nothing says of when; it stands last.
pub const NEVER: Ts = Ts::from_micros(i64::MAX);

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub kind: DutyKind,
    pub subject: String,
    pub whom: Whom,
    /// The last instant that is not overdue, or [`NEVER`]; only then may `since` be to come.
    pub due: Ts,
    pub since: Ts,
}

/// Where something stands in the list: when it is due, since when it waits, and which one of those that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub due: Ts,
    pub since: Ts,
    pub number: i64,
}

impl Place {
    /// Before everything that is due from `from` on.
    pub fn before(from: Ts) -> Place {
        Place { due: from, since: Ts::from_micros(i64::MIN), number: i64::MIN }
    }
}

/// Something in the list, with its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub kind: DutyKind,
    pub subject: String,
    pub place: Place,
    pub case: Case,
}

type Row = (i64, String, String, String, String, i64, i64);

/// What waits in a case now; rows are touched only if something of it has changed. What waited before has waited since then.
pub async fn set(tx: &mut Tx, case_id: Uuid, waiting: &[Waiting]) -> Result<(), Error> {
    let before = of_case(tx, case_id).await?;
    let is_same = |one: &Waiting, other: &Waiting| (one.kind, &one.subject, &one.whom) == (other.kind, &other.subject, &other.whom);
    for gone in before.iter().filter(|one| !waiting.iter().any(|other| is_same(one, other))) {
        let (person, role, unit) = columns(&gone.whom);
        execute!(
            tx,
            "DELETE FROM duties WHERE case_id = $1 AND kind = $2 AND subject = $3 AND person = $4 AND role = $5 AND unit_id = $6",
            case_id,
            i64::from(gone.kind as i32),
            gone.subject.as_str(),
            person,
            role,
            unit,
        )?;
    }
    for new in waiting {
        let known = before.iter().find(|one| is_same(one, new));
        let since = known.map_or(new.since, |one| one.since.min(new.since));
        if known.is_some_and(|one| (one.due, one.since) == (new.due, since)) {
            continue;
        }
        let (person, role, unit) = columns(&new.whom);
        execute!(
            tx,
            "INSERT INTO duties (case_id, kind, subject, person, role, unit_id, due_time, since_time, place)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (case_id, kind, subject, person, role, unit_id) DO UPDATE SET due_time = $7, since_time = $8",
            case_id,
            i64::from(new.kind as i32),
            new.subject.as_str(),
            person,
            role,
            unit,
            new.due.micros(),
            since.micros(),
            number(case_id, new),
        )?;
    }
    Ok(())
}

/// What has waited since that very instant, or will wait from it on, begins anew when it is kept the next time.
pub async fn forget_since(tx: &mut Tx, case_id: Uuid, since: Ts) -> Result<(), Error> {
    execute!(tx, "DELETE FROM duties WHERE case_id = $1 AND since_time = $2", case_id, since.micros())?;
    Ok(())
}

/// What waits in a case, in no order that matters.
pub async fn of_case(tx: &mut Tx, case_id: Uuid) -> Result<Vec<Waiting>, Error> {
    let rows = fetch_all!(
        tx,
        Row,
        "SELECT kind, subject, person, role, unit_id, due_time, since_time
         FROM duties
         WHERE case_id = $1
         ORDER BY kind, subject, person, role, unit_id",
        case_id,
    )?;
    rows.into_iter().map(waiting).collect()
}

/// What waits for somebody in cases that the reader may see, and may be done by `now`, after a place in the list.
pub async fn of_whom(tx: &mut Tx, whom: &Whom, reader: &Reader, now: Ts, after: Place, limit: i64) -> Result<Vec<Listed>, Error> {
    let (person, role, unit) = columns(whom);
    let [own, above, top, themselves] = reader.accused_as();
    let rows = fetch_all!(
        tx,
        (i64, String, i64, i64, i64, String),
        "SELECT d.kind, d.subject, d.due_time, d.since_time, d.place, c.snapshot
         FROM duties AS d
         JOIN cases AS c ON c.case_id = d.case_id
         WHERE d.person = $1 AND d.role = $2 AND d.unit_id = $3
           AND (d.due_time, d.since_time, d.place) > ($4, $5, $6)
           AND (d.due_time, d.since_time) <= ($7, $8)
           AND NOT EXISTS (SELECT 1 FROM case_accused AS x WHERE x.case_id = d.case_id AND x.who IN ($9, $10, $11, $12))
         ORDER BY d.due_time, d.since_time, d.place
         LIMIT $13",
        person,
        role,
        unit,
        after.due.micros(),
        after.since.micros(),
        after.number,
        NEVER.micros(),
        now.micros(),
        own,
        above,
        top,
        themselves,
        limit,
    )?;
    let listed = |(kind, subject, due, since, number, json): (i64, String, i64, i64, i64, String)| {
        let place = Place { due: Ts::from_micros(due), since: Ts::from_micros(since), number };
        Ok(Listed { kind: kind_of(kind)?, subject, place, case: read(&json)? })
    };
    rows.into_iter().map(listed).collect()
}

/// As the columns have it: a person, a role, a unit.
fn columns(whom: &Whom) -> (&str, &str, &str) {
    match whom {
        Whom::Person(person) => (person, "", ""),
        Whom::Role(role, unit) => ("", role.name(), unit),
    }
}

fn waiting((kind, subject, person, role, unit, due, since): Row) -> Result<Waiting, Error> {
    let whom = match Role::named(&role) {
        Some(role) => Whom::Role(role, unit),
        None if role.is_empty() => Whom::Person(person),
        None => return Err(Error::Corrupt("duties.role")),
    };
    Ok(Waiting { kind: kind_of(kind)?, subject, whom, due: Ts::from_micros(due), since: Ts::from_micros(since) })
}

fn kind_of(kind: i64) -> Result<DutyKind, Error> {
    i32::try_from(kind).ok().and_then(|kind| DutyKind::try_from(kind).ok()).ok_or(Error::Corrupt("duties.kind"))
}

/// The same for the same thing.
fn number(case_id: Uuid, of: &Waiting) -> i64 {
    let (person, role, unit) = columns(&of.whom);
    let kind = (of.kind as i32).to_be_bytes();
    let parts = [case_id.as_bytes().as_slice(), &kind, of.subject.as_bytes(), person.as_bytes(), role.as_bytes(), unit.as_bytes()];
    fingerprint::of(&parts.concat())
}
