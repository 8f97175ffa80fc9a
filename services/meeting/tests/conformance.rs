//! Every function of the store, on both engines.

#[path = "conformance/filled.rs"]
mod filled;

use filled::{UNIT, a_meeting, a_suggestion, filled, id, reach, read, reader, write};
use sanben_db::testing::{before, on_both};
use sanben_db::{Error, Tx, execute};
use sanben_meeting::MIGRATIONS;
use sanben_meeting::meeting::{Meeting, State};
use sanben_meeting::store::{self, MeetingFilter, SuggestionFilter};
use sanben_meeting::suggestion::{self, Accused, Case, Link, Suggestion};
use sanben_proto::kinds::Outcome;
use uuid::Uuid;

const NONE: [Uuid; 0] = [];
const WRITERS: i64 = 6;

#[tokio::test]
async fn insert_meeting_find_meeting() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, _) = filled(&db).await;
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_meeting(tx, id(1)).await).await, Some(meetings[0].clone()));
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_meeting(tx, id(9)).await).await, None);
        let again = db.write(async |tx: &mut Tx| store::insert_meeting(tx, &meetings[0], &reach()).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn update_meeting() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, _) = filled(&db).await;
        let held = Meeting { revision: 2, state: State::Held, ..meetings[0].clone() };
        write(&db, async |tx: &mut Tx| store::update_meeting(tx, &held, 1).await).await;
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_meeting(tx, id(1)).await).await, Some(held.clone()));
        let late = db.write(async |tx: &mut Tx| store::update_meeting(tx, &held, 1).await).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn count_suggestion() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, _) = filled(&db).await;
        write(&db, async |tx: &mut Tx| store::count_suggestion(tx, &meetings[0]).await).await;
        let counted = read(&db, async |tx: &mut Tx| store::find_meeting(tx, id(1)).await).await.expect("it is there");
        assert_eq!((counted.suggestions, counted.version()), (1, 2));
        let late = db.write(async |tx: &mut Tx| store::count_suggestion(tx, &meetings[0]).await).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    })
    .await;
}

/// Who reads in their turn reads what the one before wrote, so that nobody is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn_in_meeting() {
    on_both("meeting", &MIGRATIONS, async |db| {
        filled(&db).await;
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    store::take_turn_in_meeting(tx, id(1)).await?;
                    let of = store::find_meeting(tx, id(1)).await?.expect("it is there");
                    store::count_suggestion(tx, &of).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else changed it first");
        }
        let found = read(&db, async |tx: &mut Tx| store::find_meeting(tx, id(1)).await).await;
        assert_eq!(found.map(|of| of.suggestions), Some(WRITERS));
        write(&db, async |tx: &mut Tx| store::take_turn_in_meeting(tx, id(9)).await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    on_both("meeting", &MIGRATIONS, async |db| {
        filled(&db).await;
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    store::take_turn(tx, id(11)).await?;
                    let of = store::find_suggestion(tx, id(11)).await?.expect("it is there");
                    store::update_suggestion(tx, &Suggestion { revision: of.revision + 1, ..of.clone() }, of.revision).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else changed it first");
        }
        let found = read(&db, async |tx: &mut Tx| store::find_suggestion(tx, id(11)).await).await;
        assert_eq!(found.map(|of| of.revision), Some(1 + WRITERS));
        write(&db, async |tx: &mut Tx| store::take_turn(tx, id(99)).await).await;
    })
    .await;
}

#[tokio::test]
async fn list_meetings() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, _) = filled(&db).await;
        let held = Meeting { revision: 2, state: State::Held, ..meetings[1].clone() };
        write(&db, async |tx: &mut Tx| store::update_meeting(tx, &held, 1).await).await;
        let ids = async |unit: &str, state, before, limit| {
            let filter = MeetingFilter { reader: reader(unit, "p-x"), state, before, limit };
            let rows = read(&db, async |tx: &mut Tx| store::list_meetings(tx, &filter).await).await;
            rows.into_iter().map(|meeting| meeting.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(UNIT, None, None, 2).await, [id(3), id(2)]);
        assert_eq!(ids(UNIT, None, Some((2_000_000, id(2))), 2).await, [id(1)]);
        assert_eq!(ids("beilin", Some(State::Held), None, 10).await, [id(2)]);
        assert_eq!(ids("lianhu", None, None, 10).await, NONE);
        assert_eq!(ids("", None, None, 10).await, NONE);
    })
    .await;
}

/// By the day, and among those of one day in the order of convening: of that very unit.
#[tokio::test]
async fn list_meetings_to_do() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, _) = filled(&db).await;
        let on = |number: u128, date: &str| Meeting { date: date.into(), ..a_meeting(number, 9) };
        let held = Meeting { revision: 2, state: State::Held, ..meetings[1].clone() };
        write(&db, async |tx: &mut Tx| {
            store::update_meeting(tx, &held, 1).await?;
            store::insert_meeting(tx, &on(4, "2026-02-28"), &reach()).await?;
            store::insert_meeting(tx, &on(5, "2026-10-01"), &reach()).await
        })
        .await;
        let ids = async |unit: &str, state, before, limit| {
            let filter = MeetingFilter { reader: reader(unit, "p-x"), state, before, limit };
            let rows = read(&db, async |tx: &mut Tx| store::list_meetings_to_do(tx, &filter).await).await;
            rows.into_iter().map(|meeting| meeting.id).collect::<Vec<_>>()
        };
        assert_eq!(store::day(&meetings[0]), 20_260_302);
        assert_eq!(ids(UNIT, None, None, 9).await, [id(4), id(1), id(3), id(5)]);
        assert_eq!(ids(UNIT, None, None, 2).await, [id(4), id(1)]);
        assert_eq!(ids(UNIT, None, Some((20_260_302, id(1))), 9).await, [id(3), id(5)]);
        assert_eq!(ids(UNIT, Some(State::Convened), None, 1).await, [id(4)]);
        assert_eq!(ids(UNIT, Some(State::Held), None, 9).await, NONE);
        assert_eq!(ids("beilin", None, None, 9).await, NONE);
        assert_eq!(ids("", None, None, 9).await, NONE);
    })
    .await;
}

/// What an older version kept is found as well, whatever its title says.
#[tokio::test]
async fn to_do_before_the_migration() {
    on_both("meeting", &before(&MIGRATIONS, 101), async |db| {
        let topic = "\"unit\":\"x\",\"date\":\"1999-01-01\",\"state\":\"Planned\"交通";
        let of = Meeting { topic: topic.into(), ..a_meeting(1, 1_000_000) };
        let waits = Suggestion { title: topic.into(), ..a_suggestion(11, &of, 20) };
        let planned = Suggestion { state: suggestion::State::Planned, ..a_suggestion(12, &of, 10) };
        write(&db, async |tx: &mut Tx| {
            execute!(
                tx,
                "INSERT INTO meetings (meeting_id, revision, state, create_time, suggestions, snapshot) VALUES ($1, 1, 1, 1, 0, $2)",
                of.id,
                serde_json::to_string(&of).expect("a snapshot"),
            )?;
            for one in [&waits, &planned] {
                execute!(
                    tx,
                    "INSERT INTO suggestions (suggestion_id, meeting_id, submission_id, revision, make_time, snapshot)
                     VALUES ($1, $2, $3, 1, $4, $5)",
                    one.id,
                    one.meeting_id,
                    one.submission_id,
                    one.made.micros(),
                    serde_json::to_string(one).expect("a snapshot"),
                )?;
            }
            Ok(())
        })
        .await;
        db.migrate(&MIGRATIONS).await.expect("migrated");
        let meetings = async |before| {
            let filter = MeetingFilter { reader: reader(UNIT, "p-x"), before, limit: 9, ..MeetingFilter::default() };
            read(&db, async |tx: &mut Tx| store::list_meetings_to_do(tx, &filter).await).await
        };
        let found = [of];
        assert_eq!(meetings(None).await, found);
        assert_eq!(meetings(Some((20_260_301, Uuid::max()))).await, found);
        assert_eq!(meetings(Some((20_260_302, found[0].id))).await, []);
        let filter = SuggestionFilter { reader: reader(UNIT, "p-x"), limit: 9, ..SuggestionFilter::default() };
        let suggestions = read(&db, async |tx: &mut Tx| store::list_suggestions_to_do(tx, &filter).await).await;
        assert_eq!(suggestions, [waits]);
    })
    .await;
}

#[tokio::test]
async fn insert_suggestion_find_suggestion_find_by_submission() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (meetings, suggestions) = filled(&db).await;
        let one = Some(suggestions[0].clone());
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_suggestion(tx, id(11)).await).await, one);
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_by_submission(tx, id(111)).await).await, one);
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_suggestion(tx, id(111)).await).await, None);
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_by_submission(tx, id(11)).await).await, None);
        let twin = Suggestion { submission_id: id(111), ..a_suggestion(14, &meetings[0], 1) };
        let twice = db.write(async |tx: &mut Tx| store::insert_suggestion(tx, &twin).await).await;
        assert!(matches!(twice, Err(Error::Conflict)), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn update_suggestion() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (_, suggestions) = filled(&db).await;
        let case = Case::StruckOff { case_id: id(77), outcome: Outcome::Mediated };
        let changed = Suggestion { revision: 2, case, ..suggestions[0].clone() };
        write(&db, async |tx: &mut Tx| store::update_suggestion(tx, &changed, 1).await).await;
        assert_eq!(read(&db, async |tx: &mut Tx| store::find_suggestion(tx, id(11)).await).await, Some(changed.clone()));
        let late = db.write(async |tx: &mut Tx| store::update_suggestion(tx, &changed, 1).await).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn list_suggestions() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (_, suggestions) = filled(&db).await;
        let registered = Suggestion { revision: 2, case: Case::Registered { case_id: id(77) }, ..suggestions[2].clone() };
        write(&db, async |tx: &mut Tx| store::update_suggestion(tx, &registered, 1).await).await;
        let ids = async |unit: &str, meeting, case, before, limit| {
            let filter = SuggestionFilter { reader: reader(unit, "p-x"), meeting, case, before, limit };
            let rows = read(&db, async |tx: &mut Tx| store::list_suggestions(tx, &filter).await).await;
            rows.into_iter().map(|suggestion| suggestion.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(UNIT, None, None, None, 2).await, [id(13), id(11)]);
        assert_eq!(ids(UNIT, None, None, Some((20, id(11))), 2).await, [id(12)]);
        assert_eq!(ids("city", Some(id(1)), None, None, 9).await, [id(11), id(12)]);
        assert_eq!(ids(UNIT, None, Some(id(77)), None, 9).await, [id(13)]);
        assert_eq!(ids(UNIT, Some(id(1)), Some(id(77)), None, 9).await, NONE);
        assert_eq!(ids("lianhu", None, None, None, 9).await, NONE);
    })
    .await;
}

/// Oldest first, until there is a plan, and again when its case is declined: of that very unit.
#[tokio::test]
async fn list_suggestions_to_do() {
    on_both("meeting", &MIGRATIONS, async |db| {
        let (_, suggestions) = filled(&db).await;
        let ids = async |unit: &str, person: &str, filter: SuggestionFilter| {
            let filter = SuggestionFilter { reader: reader(unit, person), limit: filter.limit.max(2), ..filter };
            let rows = read(&db, async |tx: &mut Tx| store::list_suggestions_to_do(tx, &filter).await).await;
            rows.into_iter().map(|suggestion| suggestion.id).collect::<Vec<_>>()
        };
        let all = || SuggestionFilter { limit: 9, ..SuggestionFilter::default() };
        assert_eq!(ids(UNIT, "p-x", all()).await, [id(12), id(11), id(13)]);
        assert_eq!(ids(UNIT, "p-x", SuggestionFilter::default()).await, [id(12), id(11)]);
        assert_eq!(ids(UNIT, "p-x", SuggestionFilter { before: Some((10, id(12))), ..all() }).await, [id(11), id(13)]);
        assert_eq!(ids(UNIT, "p-x", SuggestionFilter { meeting: Some(id(2)), ..all() }).await, [id(13)]);
        assert_eq!(ids(UNIT, "p-x", SuggestionFilter { case: Some(id(77)), ..all() }).await, NONE);
        assert_eq!(ids("beilin", "p-x", all()).await, NONE);
        let accused = Accused { units: Vec::new(), persons: vec!["p-accused".to_owned()] };
        write(&db, async |tx: &mut Tx| store::set_accused(tx, id(12), &accused).await).await;
        assert_eq!(ids(UNIT, "p-accused", all()).await, [id(11), id(13)]);
        for (state, revision, expected) in [
            (suggestion::State::Resolved, 1, vec![id(12), id(11), id(13)]),
            (suggestion::State::Planned, 2, vec![id(12), id(13)]),
            (suggestion::State::Resolved, 3, vec![id(12), id(11), id(13)]),
        ] {
            let changed = Suggestion { revision: revision + 1, state, ..suggestions[0].clone() };
            write(&db, async |tx: &mut Tx| store::update_suggestion(tx, &changed, revision).await).await;
            assert_eq!(ids(UNIT, "p-x", all()).await, expected, "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn suggestions_between() {
    on_both("meeting", &MIGRATIONS, async |db| {
        filled(&db).await;
        let rows = async |unit: &str, oldest, newest| {
            read(&db, async |tx: &mut Tx| store::suggestions_between(tx, &reader(unit, "p-x"), oldest, newest).await).await
        };
        let (first, last) = ((1_000_000, id(1)), (3_000_000, id(3)));
        assert_eq!(rows(UNIT, first, last).await, [(id(1), id(12)), (id(1), id(11)), (id(2), id(13))]);
        assert_eq!(rows(UNIT, first, first).await, [(id(1), id(12)), (id(1), id(11))]);
        assert_eq!(rows(UNIT, last, last).await, []);
        assert_eq!(rows("lianhu", first, last).await, []);
    })
    .await;
}

#[tokio::test]
async fn set_accused_accused() {
    on_both("meeting", &MIGRATIONS, async |db| {
        filled(&db).await;
        let set = async |units: &[&str], persons: &[&str]| {
            let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            let accused = Accused { units: strings(units), persons: strings(persons) };
            write(&db, async |tx: &mut Tx| store::set_accused(tx, id(11), &accused).await).await;
            assert_eq!(read(&db, async |tx: &mut Tx| store::accused(tx, id(11)).await).await, accused);
        };
        let sees = async |unit: &str, person: &str| {
            let filter = SuggestionFilter { reader: reader(unit, person), meeting: Some(id(1)), limit: 9, ..Default::default() };
            let listed = read(&db, async |tx: &mut Tx| store::list_suggestions(tx, &filter).await).await.len();
            let key = (1_000_000, id(1));
            let within = read(&db, async |tx: &mut Tx| store::suggestions_between(tx, &filter.reader, key, key).await).await.len();
            assert_eq!(listed, within);
            listed
        };
        set(&["beilin"], &["p-accused"]).await;
        assert_eq!((sees(UNIT, "p-x").await, sees("beilin", "p-x").await, sees("city", "p-x").await), (1, 1, 2));
        assert_eq!(sees("city", "p-accused").await, 1);
        set(&[UNIT], &[]).await;
        assert_eq!((sees(UNIT, "p-x").await, sees("beilin", "p-x").await), (1, 2));
        set(&[], &[]).await;
        assert_eq!(sees(UNIT, "p-accused").await, 2);
        let nobody = read(&db, async |tx: &mut Tx| store::accused(tx, id(99)).await).await;
        assert_eq!(nobody, Accused::default());
    })
    .await;
}

#[tokio::test]
async fn set_link_find_link() {
    on_both("meeting", &MIGRATIONS, async |db| {
        filled(&db).await;
        let found = async || read(&db, async |tx: &mut Tx| store::find_link(tx, id(11)).await).await;
        assert_eq!(found().await, None);
        for link in [Link { case_id: id(77), declined: true }, Link { case_id: id(78), declined: false }] {
            write(&db, async |tx: &mut Tx| store::set_link(tx, id(11), link).await).await;
            assert_eq!(found().await, Some(link));
        }
    })
    .await;
}
