use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use uuid::Uuid;

use super::Reader;
use crate::suggestion::{Accused, Link, Suggestion};

/// A page holds at most 200 meetings of at most 200 suggestions.
const ON_A_PAGE_MAX: i64 = 40_000;

/// Which suggestions a list asks for.
#[derive(Clone, Debug, Default)]
pub struct SuggestionFilter {
    pub reader: Reader,
    pub meeting: Option<Uuid>,
    pub case: Option<Uuid>,
    /// Where the page before ended.
    pub before: Option<Key>,
    pub limit: i64,
}

/// Keeps a new suggestion.
pub async fn insert_suggestion(tx: &mut Tx, suggestion: &Suggestion) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO suggestions (suggestion_id, meeting_id, submission_id, case_id, revision, make_time, unit_id, to_do, snapshot)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        suggestion.id,
        suggestion.meeting_id,
        suggestion.submission_id,
        suggestion.case_id(),
        suggestion.revision,
        suggestion.made.micros(),
        suggestion.unit.as_str(),
        i64::from(suggestion.is_to_do()),
        written(suggestion)?,
    )?;
    Ok(())
}

/// Waits until nobody else is changing this suggestion; called before it is read to be changed. A row that is touched is locked until
/// the transaction ends.
pub async fn take_turn(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE suggestions SET revision = revision WHERE suggestion_id = $1", id)?;
    Ok(())
}

/// Keeps a changed suggestion.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update_suggestion(tx: &mut Tx, suggestion: &Suggestion, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE suggestions SET case_id = $1, revision = $2, unit_id = $3, to_do = $4, snapshot = $5
         WHERE suggestion_id = $6 AND revision = $7",
        suggestion.case_id(),
        suggestion.revision,
        suggestion.unit.as_str(),
        i64::from(suggestion.is_to_do()),
        written(suggestion)?,
        suggestion.id,
        revision,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// One suggestion.
pub async fn find_suggestion(tx: &mut Tx, id: Uuid) -> Result<Option<Suggestion>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM suggestions WHERE suggestion_id = $1", id)?;
    row.map(|(json,)| read(&json)).transpose()
}

/// The suggestion whose words a submission holds.
pub async fn find_by_submission(tx: &mut Tx, submission: Uuid) -> Result<Option<Suggestion>, Error> {
    let row = fetch_optional!(tx, (String,), "SELECT snapshot FROM suggestions WHERE submission_id = $1", submission)?;
    row.map(|(json,)| read(&json)).transpose()
}

/// Suggestions that the reader may see, newest first.
pub async fn list_suggestions(tx: &mut Tx, filter: &SuggestionFilter) -> Result<Vec<Suggestion>, Error> {
    let [unit, above, top, person] = filter.reader.accused();
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT s.snapshot
         FROM suggestions AS s
         JOIN meeting_reach AS r ON r.meeting_id = s.meeting_id AND r.unit_id = $1
         WHERE NOT EXISTS (SELECT 1 FROM suggestion_accused AS a
                           WHERE a.suggestion_id = s.suggestion_id AND a.who IN ($2, $3, $4, $5))
           AND ($6 = 0 OR s.meeting_id = $7)
           AND ($8 = 0 OR s.case_id = $9)
           AND (s.make_time, s.suggestion_id) < ($10, $11)
         ORDER BY s.make_time DESC, s.suggestion_id DESC
         LIMIT $12",
        filter.reader.reach.as_str(),
        unit,
        above,
        top,
        person,
        i64::from(filter.meeting.is_some()),
        filter.meeting.unwrap_or_default(),
        i64::from(filter.case.is_some()),
        filter.case.unwrap_or_default(),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// Suggestions from meetings of this very unit that wait to be deliberated, resolved or planned, oldest first.
pub async fn list_suggestions_to_do(tx: &mut Tx, filter: &SuggestionFilter) -> Result<Vec<Suggestion>, Error> {
    let [unit, above, top, person] = filter.reader.accused();
    let (time, id) = filter.before.unwrap_or((i64::MIN, Uuid::nil()));
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT s.snapshot
         FROM suggestions AS s
         WHERE s.unit_id = $1
           AND s.to_do = 1
           AND NOT EXISTS (SELECT 1 FROM suggestion_accused AS a
                           WHERE a.suggestion_id = s.suggestion_id AND a.who IN ($2, $3, $4, $5))
           AND ($6 = 0 OR s.meeting_id = $7)
           AND ($8 = 0 OR s.case_id = $9)
           AND (s.make_time, s.suggestion_id) > ($10, $11)
         ORDER BY s.make_time, s.suggestion_id
         LIMIT $12",
        filter.reader.reach.as_str(),
        unit,
        above,
        top,
        person,
        i64::from(filter.meeting.is_some()),
        filter.meeting.unwrap_or_default(),
        i64::from(filter.case.is_some()),
        filter.case.unwrap_or_default(),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json,)| read(json)).collect()
}

/// The suggestions that the reader may see of the meetings convened from `oldest` to `newest`, both included, with their meetings, in
/// the order of being made.
pub async fn suggestions_between(tx: &mut Tx, reader: &Reader, oldest: Key, newest: Key) -> Result<Vec<(Uuid, Uuid)>, Error> {
    let [unit, above, top, person] = reader.accused();
    fetch_all!(
        tx,
        (Uuid, Uuid),
        "SELECT s.meeting_id, s.suggestion_id
         FROM meetings AS m
         JOIN meeting_reach AS r ON r.meeting_id = m.meeting_id AND r.unit_id = $1
         JOIN suggestions AS s ON s.meeting_id = m.meeting_id
         WHERE NOT EXISTS (SELECT 1 FROM suggestion_accused AS a
                           WHERE a.suggestion_id = s.suggestion_id AND a.who IN ($2, $3, $4, $5))
           AND (m.create_time, m.meeting_id) >= ($6, $7)
           AND (m.create_time, m.meeting_id) <= ($8, $9)
         ORDER BY s.make_time, s.suggestion_id
         LIMIT $10",
        reader.reach.as_str(),
        unit,
        above,
        top,
        person,
        oldest.0,
        oldest.1,
        newest.0,
        newest.1,
        ON_A_PAGE_MAX,
    )
}

/// Keeps from whom a suggestion is kept, in place of what was kept before.
pub async fn set_accused(tx: &mut Tx, suggestion: Uuid, accused: &Accused) -> Result<(), Error> {
    execute!(tx, "DELETE FROM suggestion_accused WHERE suggestion_id = $1", suggestion)?;
    let units = accused.units.iter().map(|unit| format!("u:{unit}"));
    let persons = accused.persons.iter().map(|person| format!("p:{person}"));
    for who in units.chain(persons) {
        execute!(
            tx,
            "INSERT INTO suggestion_accused (suggestion_id, who) VALUES ($1, $2) ON CONFLICT (suggestion_id, who) DO NOTHING",
            suggestion,
            who,
        )?;
    }
    Ok(())
}

/// From whom a suggestion is kept; nobody if there is no such suggestion. At most 10 units and 10 persons.
pub async fn accused(tx: &mut Tx, suggestion: Uuid) -> Result<Accused, Error> {
    let rows = fetch_all!(tx, (String,), "SELECT who FROM suggestion_accused WHERE suggestion_id = $1 ORDER BY who", suggestion)?;
    let mut accused = Accused::default();
    for (who,) in rows {
        match who.split_once(':') {
            Some(("u", unit)) => accused.units.push(unit.to_owned()),
            Some(("p", person)) => accused.persons.push(person.to_owned()),
            Some(_) | None => return Err(Error::Corrupt("suggestion_accused.who")),
        }
    }
    Ok(accused)
}

/// Remembers the case that was proposed last, and whether it was declined.
pub async fn set_link(tx: &mut Tx, suggestion: Uuid, link: Link) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO suggestion_links (suggestion_id, case_id, declined) VALUES ($1, $2, $3)
         ON CONFLICT (suggestion_id) DO UPDATE SET case_id = excluded.case_id, declined = excluded.declined",
        suggestion,
        link.case_id,
        i64::from(link.declined),
    )?;
    Ok(())
}

/// The case that was proposed last.
pub async fn find_link(tx: &mut Tx, suggestion: Uuid) -> Result<Option<Link>, Error> {
    let row =
        fetch_optional!(tx, (Uuid, i64), "SELECT case_id, declined FROM suggestion_links WHERE suggestion_id = $1", suggestion)?;
    Ok(row.map(|(case_id, declined)| Link { case_id, declined: declined != 0 }))
}

fn written(suggestion: &Suggestion) -> Result<String, Error> {
    serde_json::to_string(suggestion).map_err(|_| Error::Corrupt("suggestions.snapshot"))
}

fn read(json: &str) -> Result<Suggestion, Error> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("suggestions.snapshot"))
}
