//! What the stores hold when a test begins.

use sanben_clock::Ts;
use sanben_db::{Db, Error, Tx};
use sanben_meeting::meeting::{Invitation, Meeting, State};
use sanben_meeting::store::{self, Reader};
use sanben_meeting::suggestion::{self, Case, Suggestion};
use sanben_proto::meeting::{InvitationAnswer, InvitationCategory};
use uuid::Uuid;

pub const UNIT: &str = "beilin-nandajie";

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn reach() -> Vec<String> {
    ["beilin", UNIT, "city"].map(str::to_owned).to_vec()
}

pub fn reader(unit: &str, person: &str) -> Reader {
    let units = if unit == UNIT { vec![UNIT, "beilin", "city"] } else { vec![unit, "city"] };
    Reader { reach: unit.to_owned(), units: units.into_iter().map(str::to_owned).collect(), person: person.to_owned() }
}

pub fn a_meeting(number: u128, convened: i64) -> Meeting {
    let invitation = Invitation {
        id: id(number + 500),
        category: InvitationCategory::ThinkTank,
        party_ref: id(number + 600),
        answer: InvitationAnswer::Accepted,
        attended: false,
    };
    Meeting {
        id: id(number),
        revision: 1,
        unit: UNIT.into(),
        topic: "交通管理".into(),
        date: "2026-03-02".into(),
        state: State::Convened,
        invitations: vec![invitation],
        convened: Ts::from_micros(convened),
        suggestions: 0,
    }
}

pub fn a_suggestion(number: u128, of: &Meeting, made: i64) -> Suggestion {
    Suggestion {
        id: id(number),
        revision: 1,
        meeting_id: of.id,
        unit: of.unit.clone(),
        submission_id: id(number + 100),
        title: "油烟扰民".into(),
        made: Ts::from_micros(made),
        state: suggestion::State::Made,
        case: Case::NotRegistered,
        deliberation: String::new(),
        resolution: String::new(),
        plan: String::new(),
        ones: Vec::new(),
    }
}

pub async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store writes")
}

pub async fn read<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.read(work).await.expect("the store reads")
}

/// Meetings 1 to 3, a second apart; suggestions 11 and 12 of the first, 13 of the second.
pub async fn filled(db: &Db) -> (Vec<Meeting>, Vec<Suggestion>) {
    let meetings: Vec<Meeting> = [1_u8, 2, 3].map(|n| a_meeting(u128::from(n), i64::from(n) * 1_000_000)).to_vec();
    let suggestions =
        vec![a_suggestion(11, &meetings[0], 20), a_suggestion(12, &meetings[0], 10), a_suggestion(13, &meetings[1], 30)];
    write(db, async |tx: &mut Tx| {
        for meeting in &meetings {
            store::insert_meeting(tx, meeting, &reach()).await?;
        }
        for suggestion in &suggestions {
            store::insert_suggestion(tx, suggestion).await?;
        }
        Ok(())
    })
    .await;
    (meetings, suggestions)
}
