//! Every store function on both engines.

use sanben_clock::Ts;
use sanben_db::testing::{before, on_both};
use sanben_db::{Db, Error, Tx, execute};
use sanben_liaison::MIGRATIONS;
use sanben_liaison::pair::Pair;
use sanben_liaison::store::{self, PairFilter, VisitFilter};
use sanben_liaison::visit::{State, Visit};
use sanben_liaison::voice::{Carried, Fate, Told, Voice};
use sanben_proto::liaison::{ContactKind, VisitMode, VisitState};
use time::macros::date;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at(micros: i64) -> Ts {
    Ts::from_micros(micros)
}

fn reach(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

fn pair(number: u128, officer: &str) -> Pair {
    Pair {
        id: id(number),
        revision: 1,
        officer: officer.into(),
        unit: "lianhu".into(),
        kind: ContactKind::Organisation,
        party_ref: id(900),
        interval_days: 30,
        created: at(number as i64),
        last_made: None,
    }
}

fn visit(number: u128, pair_id: u128) -> Visit {
    Visit {
        id: id(number),
        revision: 1,
        pair_id: id(pair_id),
        officer: "p-officer".into(),
        unit: "lianhu".into(),
        plan_date: date!(2023 - 01 - 19),
        created: at(number as i64),
        state: State::Planned,
    }
}

fn made(of: Visit, time: i64, voices: Vec<Voice>) -> Visit {
    Visit { revision: of.revision + 1, state: State::Made { mode: VisitMode::Video, at: at(time), voices }, ..of }
}

fn voice(number: u128, submission: u128) -> Voice {
    Voice { id: id(number), told: Told::Carried(Carried::new(id(submission), false)) }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

#[tokio::test]
async fn insert_pair_find_pair() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = pair(1, "p-officer");
        write(&db, async |tx: &mut Tx| {
            store::insert_pair(tx, &of, &reach(&["lianhu", "city"])).await?;
            assert_eq!(store::find_pair(tx, of.id).await?, Some(of.clone()));
            assert_eq!(store::find_pair(tx, id(2)).await?, None);
            for (number, time) in [(10, 700), (11, 500)] {
                let visit = made(visit(number, 1), time, Vec::new());
                store::insert_visit(tx, &visit, &[]).await?;
            }
            let found = store::find_pair(tx, of.id).await?.expect("it is there");
            assert_eq!(found.last_made, Some(at(700)), "the latest visit counts");
            Ok(())
        })
        .await;
        let again = db.write(async |tx: &mut Tx| store::insert_pair(tx, &of, &[]).await).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn take_turn_on_pair_update_pair() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = pair(1, "p-a");
        let changed = Pair { revision: 2, officer: "p-b".into(), ..of.clone() };
        write(&db, async |tx: &mut Tx| {
            store::insert_pair(tx, &of, &reach(&["lianhu"])).await?;
            store::take_turn_on_pair(tx, of.id).await?;
            store::update_pair(tx, &changed, of.revision).await?;
            assert_eq!(store::find_pair(tx, of.id).await?, Some(changed.clone()));
            let of_officer = |officer: &str| PairFilter { unit: "lianhu".into(), officer: officer.into(), before: None, limit: 10 };
            assert_eq!(store::list_pairs(tx, &of_officer("p-a")).await?, []);
            assert_eq!(store::list_pairs(tx, &of_officer("p-b")).await?, std::slice::from_ref(&changed));
            store::take_turn_on_pair(tx, id(2)).await
        })
        .await;
        let stale = db.write(async |tx: &mut Tx| store::update_pair(tx, &changed, of.revision).await).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn list_pairs() {
    on_both("liaison", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            store::insert_pair(tx, &pair(1, "p-a"), &reach(&["lianhu", "city"])).await?;
            store::insert_pair(tx, &pair(2, "p-b"), &reach(&["lianhu", "city"])).await?;
            store::insert_pair(tx, &pair(3, "p-a"), &reach(&["yanta", "city"])).await?;
            let visit = made(visit(10, 2), 700, Vec::new());
            store::insert_visit(tx, &visit, &[]).await
        })
        .await;
        let all = || PairFilter { unit: "city".into(), limit: 10, ..PairFilter::default() };
        let rows: [(PairFilter, &[u128]); 6] = [
            (all(), &[3, 2, 1]),
            (PairFilter { unit: "lianhu".into(), ..all() }, &[2, 1]),
            (PairFilter { unit: String::new(), ..all() }, &[]),
            (PairFilter { officer: "p-a".into(), ..all() }, &[3, 1]),
            (PairFilter { limit: 2, ..all() }, &[3, 2]),
            (PairFilter { before: Some((2, id(2))), ..all() }, &[1]),
        ];
        for (filter, expected) in rows {
            let found = write(&db, async |tx: &mut Tx| store::list_pairs(tx, &filter).await).await;
            let ids: Vec<Uuid> = found.iter().map(|pair| pair.id).collect();
            assert_eq!(ids, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
            for pair in found {
                assert_eq!(pair.last_made, (pair.id == id(2)).then_some(at(700)));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn insert_visit_find_visit_find_open_visit() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = visit(10, 1);
        write(&db, async |tx: &mut Tx| {
            assert_eq!(store::find_open_visit(tx, id(1)).await?, None);
            store::insert_visit(tx, &of, &reach(&["lianhu"])).await?;
            assert_eq!(store::find_visit(tx, of.id).await?, Some(of.clone()));
            assert_eq!(store::find_visit(tx, id(11)).await?, None);
            assert_eq!(store::find_open_visit(tx, id(1)).await?, Some(of.id));
            assert_eq!(store::find_open_visit(tx, id(2)).await?, None);
            Ok(())
        })
        .await;
        let second = db.write(async |tx: &mut Tx| store::insert_visit(tx, &visit(11, 1), &[]).await).await;
        assert!(matches!(second, Err(Error::Conflict)), "two planned visits: {second:?}");
        write(&db, async |tx: &mut Tx| {
            store::update_visit(tx, &made(of.clone(), 5, Vec::new()), of.revision).await?;
            assert_eq!(store::find_open_visit(tx, id(1)).await?, None);
            store::insert_visit(tx, &visit(11, 1), &[]).await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn update_visit() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = visit(10, 1);
        let changed = made(of.clone(), 5, vec![voice(20, 30)]);
        write(&db, async |tx: &mut Tx| {
            store::insert_visit(tx, &of, &[]).await?;
            store::update_visit(tx, &changed, of.revision).await?;
            assert_eq!(store::find_visit(tx, of.id).await?, Some(changed.clone()));
            Ok(())
        })
        .await;
        let stale = db.write(async |tx: &mut Tx| store::update_visit(tx, &changed, of.revision).await).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    })
    .await;
}

/// Who reads in their turn reads what the one before wrote, so that nobody is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_turn() {
    const WRITERS: u128 = 6;
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = made(visit(10, 1), 5, Vec::new());
        write(&db, async |tx: &mut Tx| store::insert_visit(tx, &of, &[]).await).await;
        let writers = (0..WRITERS).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx: &mut Tx| {
                    store::take_turn(tx, id(10)).await?;
                    let of = store::find_visit(tx, id(10)).await?.expect("it is there");
                    let voices = [of.voices(), &[voice(number, number)]].concat();
                    let revision = of.revision;
                    store::update_visit(tx, &made(of, 5, voices), revision).await
                })
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic").expect("nobody else changed it first");
        }
        let found = write(&db, async |tx: &mut Tx| store::find_visit(tx, id(10)).await).await;
        assert_eq!(found.map(|of| of.voices().len()), Some(6));
        write(&db, async |tx: &mut Tx| store::take_turn(tx, id(11)).await).await;
    })
    .await;
}

#[tokio::test]
async fn list_visits() {
    on_both("liaison", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            store::insert_visit(tx, &made(visit(10, 1), 5, Vec::new()), &reach(&["lianhu", "city"])).await?;
            store::insert_visit(tx, &visit(11, 1), &reach(&["lianhu", "city"])).await?;
            store::insert_visit(tx, &visit(12, 2), &reach(&["yanta", "city"])).await
        })
        .await;
        let all = || VisitFilter { unit: "city".into(), limit: 10, ..VisitFilter::default() };
        let rows: [(VisitFilter, &[u128]); 7] = [
            (all(), &[12, 11, 10]),
            (VisitFilter { unit: "lianhu".into(), ..all() }, &[11, 10]),
            (VisitFilter { unit: String::new(), ..all() }, &[]),
            (VisitFilter { pair_id: Some(id(1)), ..all() }, &[11, 10]),
            (VisitFilter { state: Some(VisitState::Planned), ..all() }, &[12, 11]),
            (VisitFilter { limit: 1, ..all() }, &[12]),
            (VisitFilter { before: Some((11, id(11))), ..all() }, &[10]),
        ];
        for (filter, expected) in rows {
            let found = write(&db, async |tx: &mut Tx| store::list_visits(tx, &filter).await).await;
            let ids: Vec<Uuid> = found.iter().map(|visit| visit.id).collect();
            assert_eq!(ids, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
        }
    })
    .await;
}

/// By the day, and among those of one day in the order of planning; what was made is not there.
#[tokio::test]
async fn list_visits_to_do() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let on = |of: Visit, plan_date| Visit { plan_date, ..of };
        let others = Visit { officer: "p-other".into(), ..visit(14, 5) };
        write(&db, async |tx: &mut Tx| {
            store::insert_visit(tx, &on(visit(10, 1), date!(2023 - 12 - 01)), &reach(&["lianhu", "city"])).await?;
            store::insert_visit(tx, &on(visit(12, 2), date!(2023 - 02 - 03)), &reach(&["lianhu", "city"])).await?;
            store::insert_visit(tx, &on(visit(11, 3), date!(2023 - 02 - 03)), &reach(&["lianhu", "city"])).await?;
            store::insert_visit(tx, &visit(13, 4), &reach(&["yanta", "city"])).await?;
            store::insert_visit(tx, &others, &reach(&["lianhu", "city"])).await
        })
        .await;
        let all = || VisitFilter { unit: "city".into(), limit: 10, ..VisitFilter::default() };
        let key = |of: Visit| (store::plan_day(&of), of.id);
        let after = |number, plan_date| Some(key(on(visit(number, 1), plan_date)));
        assert_eq!(after(11, date!(2023 - 02 - 03)), Some((20_230_203, id(11))));
        let rows: [(VisitFilter, &[u128]); 8] = [
            (all(), &[13, 11, 12, 10]),
            (VisitFilter { unit: "lianhu".into(), ..all() }, &[11, 12, 10]),
            (VisitFilter { unit: String::new(), ..all() }, &[]),
            (VisitFilter { limit: 2, ..all() }, &[13, 11]),
            (VisitFilter { before: after(11, date!(2023 - 02 - 03)), ..all() }, &[12, 10]),
            (VisitFilter { pair_id: Some(id(2)), ..all() }, &[12]),
            (VisitFilter { state: Some(VisitState::Planned), ..all() }, &[13, 11, 12, 10]),
            (VisitFilter { state: Some(VisitState::Made), ..all() }, &[]),
        ];
        let to_do = async |officer: &str, filter: &VisitFilter| {
            let found = write(&db, async |tx: &mut Tx| store::list_visits_to_do(tx, officer, filter).await).await;
            found.iter().map(|visit| visit.id.as_u128()).collect::<Vec<_>>()
        };
        for (filter, expected) in rows {
            assert_eq!(to_do("p-officer", &filter).await, expected, "{filter:?}");
        }
        assert_eq!(to_do("p-other", &all()).await, [14]);
        let handed_over = Visit { revision: 2, officer: "p-next".into(), ..others.clone() };
        write(&db, async |tx: &mut Tx| store::update_visit(tx, &handed_over, 1).await).await;
        assert_eq!((to_do("p-other", &all()).await, to_do("p-next", &all()).await), (vec![], vec![14]));
        let of = on(visit(11, 3), date!(2023 - 02 - 03));
        write(&db, async |tx: &mut Tx| store::update_visit(tx, &made(of, 5, Vec::new()), 1).await).await;
        assert_eq!(to_do("p-officer", &all()).await, [13, 12, 10]);
    })
    .await;
}

/// What an older version planned is found as well.
#[tokio::test]
async fn to_do_before_the_migration() {
    on_both("liaison", &before(&MIGRATIONS, 101), async |db| {
        let of = visit(10, 1);
        write(&db, async |tx: &mut Tx| {
            execute!(
                tx,
                "INSERT INTO pairs (pair_id, officer_id, create_time, snapshot) VALUES ($1, 'p-officer', 1, $2)",
                id(1),
                serde_json::to_string(&pair(1, "p-officer")).expect("a snapshot"),
            )?;
            execute!(tx, "INSERT INTO visit_reach (unit_id, create_time, visit_id) VALUES ('city', 10, $1)", of.id)?;
            execute!(
                tx,
                "INSERT INTO visits (visit_id, pair_id, revision, state, made_time, snapshot) VALUES ($1, $2, 1, 1, NULL, $3)",
                of.id,
                of.pair_id,
                serde_json::to_string(&of).expect("a snapshot"),
            )
        })
        .await;
        db.migrate(&MIGRATIONS).await.expect("migrated");
        let filter = |before| VisitFilter { unit: "city".into(), limit: 10, before, ..VisitFilter::default() };
        let to_do =
            async |before| write(&db, async |tx: &mut Tx| store::list_visits_to_do(tx, "p-officer", &filter(before)).await).await;
        let found = [of];
        assert_eq!(to_do(None).await, found);
        assert_eq!(to_do(Some((20_230_118, Uuid::max()))).await, found);
        assert_eq!(to_do(Some((20_230_119, found[0].id))).await, []);
    })
    .await;
}

#[tokio::test]
async fn insert_voice_find_by_submission() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let of = made(visit(10, 1), 5, vec![voice(20, 30)]);
        write(&db, async |tx: &mut Tx| {
            store::insert_visit(tx, &of, &[]).await?;
            store::insert_voice(tx, id(30), of.id).await?;
            assert_eq!(store::find_by_submission(tx, id(30)).await?, Some(of.clone()));
            assert_eq!(store::find_by_submission(tx, id(31)).await?, None);
            Ok(())
        })
        .await;
        let twice = db.write(async |tx: &mut Tx| store::insert_voice(tx, id(30), of.id).await).await;
        assert!(matches!(twice, Err(Error::Conflict)), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn insert_unclaimed_find_unclaimed_update_unclaimed_take_unclaimed() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let first = Carried::new(id(30), true);
        let ended = Carried { fate: Fate::EndedAtDesk, ..first.clone() };
        write(&db, async |tx: &mut Tx| {
            assert_eq!(store::find_unclaimed(tx, id(30)).await?, None);
            store::insert_unclaimed(tx, &first).await?;
            store::update_unclaimed(tx, &ended).await?;
            store::insert_unclaimed(tx, &first).await?;
            assert_eq!(store::find_unclaimed(tx, id(30)).await?, Some(ended.clone()), "what is kept stays");
            assert_eq!(store::take_unclaimed(tx, id(30)).await?, Some(ended.clone()));
            assert_eq!(store::take_unclaimed(tx, id(30)).await?, None);
            Ok(())
        })
        .await;
        let gone = db.write(async |tx: &mut Tx| store::update_unclaimed(tx, &ended).await).await;
        assert!(matches!(gone, Err(Error::Conflict)), "{gone:?}");
    })
    .await;
}
