//! SQL of meeting, and nothing else. "Not found" is `Ok(None)`.

mod suggestions;

use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use sanben_host::Key;
use uuid::Uuid;

use crate::meeting::{Meeting, State};
pub use suggestions::*;

/// Who reads a list.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The unit whose matters, and those of the units below it, the reader sees; empty for somebody who sees nothing.
    pub reach: String,
    /// The reader's unit and those above it, at most three; what complains about one of them is not there.
    pub units: Vec<String>,
    pub person: String,
}

impl Reader {
    /// By what a suggestion is kept from the reader: as their unit, one above it, or as a person.
    fn accused(&self) -> [String; 4] {
        let unit = |n: usize| format!("u:{}", self.units.get(n).map_or("", String::as_str));
        [unit(0), unit(1), unit(2), format!("p:{}", self.person)]
    }
}

/// Which meetings a list asks for.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    pub reader: Reader,
    pub state: Option<State>,
    /// Where the page before ended.
    pub before: Option<Key>,
    pub limit: i64,
}

/// Keeps a new meeting and who may find it.
pub async fn insert_meeting(tx: &mut Tx, meeting: &Meeting, reach: &[String]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO meetings (meeting_id, revision, state, create_time, suggestions, unit_id, day, snapshot)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        meeting.id,
        meeting.revision,
        state_number(meeting.state),
        meeting.convened.micros(),
        meeting.suggestions,
        meeting.unit.as_str(),
        day(meeting),
        written(meeting)?,
    )?;
    for unit in reach {
        execute!(tx, "INSERT INTO meeting_reach (meeting_id, unit_id) VALUES ($1, $2)", meeting.id, unit.as_str())?;
    }
    Ok(())
}

/// Waits until nobody else is changing this meeting; called before it is read to be changed. A row that is touched is locked until
/// the transaction ends.
pub async fn take_turn_in_meeting(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE meetings SET revision = revision WHERE meeting_id = $1", id)?;
    Ok(())
}

/// Keeps a changed meeting.
///
/// # Errors
/// [`Error::Conflict`] when it is not at `revision` any more.
pub async fn update_meeting(tx: &mut Tx, meeting: &Meeting, revision: i64) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE meetings SET revision = $1, state = $2, snapshot = $3 WHERE meeting_id = $4 AND revision = $5",
        meeting.revision,
        state_number(meeting.state),
        written(meeting)?,
        meeting.id,
        revision,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// Counts one more suggestion of a meeting.
///
/// # Errors
/// [`Error::Conflict`] when the meeting or its count is not as it was read.
pub async fn count_suggestion(tx: &mut Tx, meeting: &Meeting) -> Result<(), Error> {
    let updated = execute!(
        tx,
        "UPDATE meetings SET suggestions = suggestions + 1 WHERE meeting_id = $1 AND revision = $2 AND suggestions = $3",
        meeting.id,
        meeting.revision,
        meeting.suggestions,
    )?;
    if updated == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// One meeting.
pub async fn find_meeting(tx: &mut Tx, id: Uuid) -> Result<Option<Meeting>, Error> {
    let row = fetch_optional!(tx, (String, i64), "SELECT snapshot, suggestions FROM meetings WHERE meeting_id = $1", id)?;
    row.map(|(json, suggestions)| meeting(&json, suggestions)).transpose()
}

/// Meetings that the reader may see, newest first.
pub async fn list_meetings(tx: &mut Tx, filter: &MeetingFilter) -> Result<Vec<Meeting>, Error> {
    let (time, id) = filter.before.unwrap_or((i64::MAX, Uuid::max()));
    let rows = fetch_all!(
        tx,
        (String, i64),
        "SELECT m.snapshot, m.suggestions
         FROM meetings AS m
         JOIN meeting_reach AS r ON r.meeting_id = m.meeting_id AND r.unit_id = $1
         WHERE ($2 = -1 OR m.state = $2)
           AND (m.create_time, m.meeting_id) < ($3, $4)
         ORDER BY m.create_time DESC, m.meeting_id DESC
         LIMIT $5",
        filter.reader.reach.as_str(),
        filter.state.map_or(-1, state_number),
        time,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json, suggestions)| meeting(json, *suggestions)).collect()
}

/// Meetings of this very unit that are to be held, by their day and the order of convening. What the reader may see is asked before.
pub async fn list_meetings_to_do(tx: &mut Tx, filter: &MeetingFilter) -> Result<Vec<Meeting>, Error> {
    let (day, id) = filter.before.unwrap_or((i64::MIN, Uuid::nil()));
    let rows = fetch_all!(
        tx,
        (String, i64),
        "SELECT m.snapshot, m.suggestions
         FROM meetings AS m
         WHERE m.unit_id = $1
           AND m.state = 1
           AND ($2 = -1 OR m.state = $2)
           AND (m.day, m.meeting_id) > ($3, $4)
         ORDER BY m.day, m.meeting_id
         LIMIT $5",
        filter.reader.reach.as_str(),
        filter.state.map_or(-1, state_number),
        day,
        id,
        filter.limit,
    )?;
    rows.iter().map(|(json, suggestions)| meeting(json, *suggestions)).collect()
}

/// The day of a meeting as a number: 20260302.
pub fn day(meeting: &Meeting) -> i64 {
    meeting.date.replace('-', "").parse().unwrap_or_default()
}

fn state_number(state: State) -> i64 {
    i64::from(state.named() as i32)
}

fn written(meeting: &Meeting) -> Result<String, Error> {
    serde_json::to_string(meeting).map_err(|_| Error::Corrupt("meetings.snapshot"))
}

fn meeting(json: &str, suggestions: i64) -> Result<Meeting, Error> {
    let meeting: Meeting = serde_json::from_str(json).map_err(|_| Error::Corrupt("meetings.snapshot"))?;
    Ok(Meeting { suggestions, ..meeting })
}
