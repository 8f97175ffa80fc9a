//! What `Db` promises, held against both engines.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use sanben_db::testing::{on_both, postgres, sqlite};
use sanben_db::{Db, Error, Migrations, Part, Tx, execute, fetch_all, fetch_one, fetch_optional, from_row, migrations};
use uuid::Uuid;

static MIGRATIONS: Migrations = Migrations(&[&PART]);
static PART: Part = migrations!("tests/migrations");

const SCHEMA: &str = "engines";

#[derive(Clone, Debug, PartialEq)]
struct Item {
    id: Uuid,
    label: String,
    body: Vec<u8>,
    at_us: i64,
    done: bool,
    note: Option<String>,
}

from_row!(Item { id, label, body, at_us, done, note });

fn item(number: u128, label: &str) -> Item {
    Item { id: Uuid::from_u128(number), label: label.to_owned(), body: vec![0, 1, 255], at_us: i64::MIN, done: true, note: None }
}

async fn insert(tx: &mut Tx, item: &Item) -> Result<u64, Error> {
    execute!(
        tx,
        "INSERT INTO item (id, label, body, at_us, done, note) VALUES ($1, $2, $3, $4, $5, $6)",
        item.id,
        &item.label,
        &item.body,
        item.at_us,
        item.done,
        item.note.as_deref()
    )
}

async fn items(tx: &mut Tx) -> Result<Vec<Item>, Error> {
    fetch_all!(tx, Item, "SELECT id, label, body, at_us, done, note FROM item ORDER BY label LIMIT 100")
}

async fn stored(db: &Db) -> Vec<Item> {
    db.read(items).await.expect("items")
}

#[tokio::test]
async fn write_commits() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let rows = db.write(async |tx| insert(tx, &item(1, "one")).await).await.expect("written");
        assert_eq!(rows, 1);
        assert_eq!(stored(&db).await, [item(1, "one")]);
        assert!(db.is_alive().await);
    })
    .await;
}

#[tokio::test]
async fn every_type_comes_back_as_it_went() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let all = [
            Item {
                note: Some("十二月的信访件：「退款」，已转办。𠮷".to_owned()), at_us: i64::MAX, ..item(u128::MAX, "案件甲")
            },
            Item { body: Vec::new(), at_us: -1, done: false, note: Some(String::new()), ..item(0, "案件乙") },
            Item { body: (0..=255).collect(), ..item(7, "it's; \"quoted\" $1 ?") },
        ];
        db.write(async |tx| {
            for one in &all {
                insert(tx, one).await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .expect("written");
        for one in &all {
            let found = db
                .read(async |tx| {
                    fetch_optional!(
                        tx,
                        Item,
                        "SELECT id, label, body, at_us, done, note FROM item WHERE id = $1 AND label = $2",
                        one.id,
                        &one.label
                    )
                })
                .await
                .expect("read");
            assert_eq!(found.as_ref(), Some(one));
        }
        let none =
            db.read(async |tx| fetch_optional!(tx, (i64,), "SELECT at_us FROM item WHERE id = $1", Uuid::from_u128(99))).await;
        assert_eq!(none.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_rolls_back() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let refused: Result<(), Error> = db
            .write(async |tx| {
                insert(tx, &item(1, "one")).await?;
                Err(Error::Corrupt("refused"))
            })
            .await;
        assert!(matches!(refused, Err(Error::Corrupt("refused"))), "{refused:?}");
        assert_eq!(stored(&db).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_panic_rolls_back_and_the_store_still_works() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let inner = db.clone();
        let ended = tokio::spawn(async move {
            inner
                .write(async |tx| {
                    insert(tx, &item(1, "one")).await?;
                    std::panic::resume_unwind(Box::new("on purpose"));
                    #[expect(unreachable_code, reason = "says what the closure would answer")]
                    Ok::<_, Error>(())
                })
                .await
        })
        .await;
        assert!(ended.expect_err("panicked").is_panic());
        assert_eq!(stored(&db).await, []);
        db.write(async |tx| insert(tx, &item(2, "one")).await).await.expect("written");
        assert_eq!(stored(&db).await, [item(2, "one")]);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_caller_rolls_back() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let forever = db.write(async |tx| {
            insert(tx, &item(1, "one")).await?;
            std::future::pending::<Result<(), Error>>().await
        });
        tokio::time::timeout(Duration::from_millis(200), forever).await.expect_err("still waiting");
        assert_eq!(stored(&db).await, []);
        // Dropped at any point, not only where it waits.
        for polls in 0..40 {
            let mut write = Box::pin(db.write(async |tx| {
                insert(tx, &item(1, "one")).await?;
                Err::<(), _>(Error::Corrupt("refused"))
            }));
            for _ in 0..polls {
                if tokio::time::timeout(Duration::from_micros(50), &mut write).await.is_ok() {
                    break;
                }
            }
        }
        db.write(async |tx| insert(tx, &item(2, "one")).await).await.expect("written");
        assert_eq!(stored(&db).await, [item(2, "one")]);
    })
    .await;
}

#[tokio::test]
async fn a_second_of_the_same_is_a_conflict() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        db.write(async |tx| insert(tx, &item(1, "one")).await).await.expect("written");
        for twin in [item(1, "other"), item(2, "one")] {
            let refused = db.write(async |tx| insert(tx, &twin).await).await;
            assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
        }
        assert_eq!(stored(&db).await, [item(1, "one")]);
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_state() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let (before, after) = db
            .read(async |tx| {
                let before = items(tx).await?;
                db.write(async |tx| insert(tx, &item(1, "one")).await).await?;
                Ok::<_, Error>((before, items(tx).await?))
            })
            .await
            .expect("read");
        assert_eq!(before, after);
        assert_eq!(stored(&db).await, [item(1, "one")]);
    })
    .await;
}

#[tokio::test]
async fn a_read_changes_nothing() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let refused = db.read(async |tx| insert(tx, &item(1, "one")).await).await;
        assert!(matches!(refused, Err(Error::Engine(_))), "{refused:?}");
        assert_eq!(stored(&db).await, []);
        db.write(async |tx| insert(tx, &item(1, "one")).await).await.expect("written");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alone_lets_one_at_a_time() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let writers = [db.clone(), db.clone()].map(|db| {
            tokio::spawn(async move {
                for _ in 0..50 {
                    db.write(async |tx| {
                        tx.alone("counter").await?;
                        let (total,) = fetch_one!(tx, (i64,), "SELECT total FROM counter WHERE name = $1", "one")?;
                        tokio::task::yield_now().await;
                        execute!(tx, "UPDATE counter SET total = $1 WHERE name = $2", total + 1, "one")
                    })
                    .await
                    .expect("counted");
                }
            })
        });
        for writer in writers {
            writer.await.expect("a writer");
        }
        let (total,) = db.read(async |tx| fetch_one!(tx, (i64,), "SELECT total FROM counter")).await.expect("read");
        assert_eq!(total, 100);
    })
    .await;
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        db.write(async |tx| insert(tx, &item(1, "one")).await).await.expect("written");
        db.migrate(&MIGRATIONS).await.expect("migrated again");
        assert_eq!(stored(&db).await, [item(1, "one")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_may_start_at_once() {
    let (_folder, file) = sqlite();
    for address in [file, postgres().fresh_database().await] {
        let replicas: Vec<_> = (0..8)
            .map(|_| {
                let address = address.clone();
                tokio::spawn(async move {
                    let db = Db::open(&address, SCHEMA).await?;
                    db.migrate(&MIGRATIONS).await?;
                    let (total,) = db.read(async |tx| fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM counter")).await?;
                    db.close().await;
                    Ok::<i64, Error>(total)
                })
            })
            .collect();
        for replica in replicas {
            let rows = replica.await.expect("a replica").unwrap_or_else(|error| panic!("{address}: {error}"));
            assert_eq!(rows, 1, "{address}");
        }
    }
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_and_holds_nobody_up() {
    let broken = migrator(&[(1, "CREATE TABLE half (id BIGINT PRIMARY KEY)"), (2, "CREATE TABLE")]);
    let mended = migrator(&[(1, "CREATE TABLE half (id BIGINT PRIMARY KEY)"), (2, "CREATE TABLE whole (id BIGINT PRIMARY KEY)")]);
    let (_folder, file) = sqlite();
    for address in [file, postgres().fresh_database().await] {
        let (first, second) = (Db::open(&address, SCHEMA).await.expect("open"), Db::open(&address, SCHEMA).await.expect("open"));
        let failed = first.migrate(&broken).await;
        assert!(matches!(failed, Err(Error::Migrate(_))), "{address}: {failed:?}");
        first
            .read(async |tx| fetch_all!(tx, (i64,), "SELECT id FROM half"))
            .await
            .expect_err("the first half went with the second");
        second.migrate(&mended).await.unwrap_or_else(|error| panic!("{address}: {error}"));
        second.read(async |tx| fetch_all!(tx, (i64,), "SELECT id FROM whole")).await.expect("the whole");
    }
}

/// A part for one test. Leaked: parts are `'static`, as compiled into a service.
fn migrator(files: &[(i64, &'static str)]) -> Migrations {
    let files = files.iter().map(|&(number, sql)| (number, "test", sql));
    let part: &'static _ = Box::leak(Box::new(Part(Vec::leak(files.collect()))));
    Migrations(Box::leak(Box::new([part])))
}

#[tokio::test]
async fn services_share_a_server_but_no_table() {
    let address = postgres().fresh_database().await;
    let here = Db::open(&address, "here").await.expect("open");
    let there = Db::open(&address, "there").await.expect("open");
    here.migrate(&MIGRATIONS).await.expect("migrated");
    there.read(items).await.expect_err("no such table there");
    there.migrate(&MIGRATIONS).await.expect("migrated");
    here.write(async |tx| insert(tx, &item(1, "one")).await).await.expect("written");
    assert_eq!(stored(&there).await, []);
    assert_eq!(stored(&here).await, [item(1, "one")]);
}

#[tokio::test]
async fn a_service_whose_schema_is_there_need_not_create_one() {
    let address = postgres().fresh_database().await;
    let owner = Db::open(&address, "granted").await.expect("open");
    owner
        .write(async |tx| {
            execute!(tx, "CREATE ROLE clerk LOGIN")?;
            execute!(tx, "GRANT ALL ON SCHEMA granted TO clerk")
        })
        .await
        .expect("granted");
    let clerk = Db::open(&address.replace("sanben@", "clerk@"), "granted").await.expect("open");
    clerk.migrate(&MIGRATIONS).await.expect("migrated");
    assert_eq!(stored(&clerk).await, []);
}

#[tokio::test]
async fn an_unknown_kind_of_address_is_named() {
    for (address, said) in [("mysql://x", "mysql"), ("nothing", "no scheme")] {
        let refused = Db::open(address, SCHEMA).await;
        assert!(matches!(&refused, Err(Error::Address(kind)) if kind == said), "{refused:?}");
    }
}

#[test]
fn what_fails_is_named_after_its_engine() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(on_both(SCHEMA, &MIGRATIONS, async |db| {
            if matches!(db, Db::Postgres(_)) {
                std::panic::resume_unwind(Box::new("on purpose"));
            }
        }))
    }));
    let reason = failed.expect_err("failed");
    assert_eq!(reason.downcast_ref::<String>().map(String::as_str), Some("failed on PostgreSQL: on purpose"));
}

/// Handlers of a server must be `Send`; a closure in `write` is where that would break.
#[test]
fn futures_are_send() {
    fn send<T: Send>(_: &T) {}
    async fn handle(db: Db, one: Item) -> Result<Vec<Item>, Error> {
        db.migrate(&MIGRATIONS).await?;
        db.write(async |tx| insert(tx, &one).await).await?;
        db.read(items).await
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (_folder, address) = sqlite();
        let done = handle(Db::open(&address, SCHEMA).await.expect("open"), item(1, "one"));
        send(&done);
        assert_eq!(done.await.expect("handled"), [item(1, "one")]);
    });
}

/// Wherever whoever asked has gone away: what comes next on that connection begins a transaction of its own kind.
#[tokio::test]
async fn a_question_that_is_broken_off_leaves_nothing_behind() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        for number in 0..200_u128 {
            {
                let mut asked = pin!(db.read(items));
                for _ in 0..number % 20 {
                    let answered = poll_fn(|cx| Poll::Ready(asked.as_mut().poll(cx).is_ready())).await;
                    if answered {
                        break;
                    }
                    tokio::task::yield_now().await;
                }
            }
            let label = format!("{number:03}");
            // SQLite reads on connections of their own.
            assert_eq!(stored(&db).await.len() as u128, number.min(100));
            db.write(async |tx| insert(tx, &item(number, &label)).await).await.expect("written");
        }
    })
    .await;
}
