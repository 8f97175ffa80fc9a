//! Both engines for tests: a temporary SQLite file and a private PostgreSQL, started from its binaries.
//!
//! A PostgreSQL that cannot be had fails the test; nothing is skipped.

mod binaries;
mod server;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

pub use server::Postgres;

use crate::{Db, Migrations, Part};

const CLOSE_SECS_MAX: u64 = 5;

static UNSYNCED: AtomicBool = AtomicBool::new(false);

/// From now on this process waits for no disk when it commits on SQLite: its stores go with the test. A process that a test kills is another
/// one, and waits.
pub fn unsynced() {
    UNSYNCED.store(true, Ordering::Relaxed);
}

pub(crate) fn is_unsynced() -> bool {
    UNSYNCED.load(Ordering::Relaxed)
}

/// The one PostgreSQL of this test process, started at first use and gone with the process, however that ends.
///
/// # Panics
/// When no PostgreSQL can be had or it does not start; each caller gets the reason.
pub fn postgres() -> &'static Postgres {
    static SERVER: OnceLock<Result<Postgres, String>> = OnceLock::new();
    match SERVER.get_or_init(|| server::start(false)) {
        Ok(server) => server,
        Err(reason) => panic!("this test needs PostgreSQL: {reason}"),
    }
}

/// A PostgreSQL of one test's own, for tests that do it harm.
///
/// # Panics
/// When no PostgreSQL can be had or it does not start.
pub fn own_postgres() -> Postgres {
    server::start(true).unwrap_or_else(|reason| panic!("this test needs PostgreSQL: {reason}"))
}

/// Address of a SQLite file that goes with the returned folder, and waits for no disk ([`unsynced`]).
///
/// # Panics
/// When the folder cannot be made.
pub fn sqlite() -> (tempfile::TempDir, String) {
    unsynced();
    let folder = tempfile::Builder::new().prefix("sanben-sqlite-").tempdir().expect("a temporary folder");
    let address = format!("sqlite:{}", folder.path().join("x.db").display());
    (folder, address)
}

/// Every function of a store is called by a test that runs on both engines: `source` is the text of `module`, `tests` that of its tests,
/// where a call is written `module::function(`.
///
/// # Panics
/// When a test runs on one engine only, a function is called by none, or there is nothing to look at.
pub fn assert_held_against_both(module: &str, source: &str, tests: &str) {
    let (_, tests) = tests.split_once("#[tokio::test").unwrap_or_else(|| panic!("no tests of {module}"));
    let tests: Vec<&str> = tests.split("#[tokio::test").collect();
    for test in &tests {
        assert!(test.contains("on_both("), "runs on one engine only: {test}");
    }
    let (_, functions) = source.split_once("pub async fn ").unwrap_or_else(|| panic!("no function in {module}"));
    for function in functions.split("pub async fn ") {
        let call = format!("{module}::{}(", function.split(['(', '<']).next().unwrap_or_default());
        assert!(tests.iter().any(|test| test.contains(&call)), "no test calls {call}…)");
    }
}

/// The schema as it was before the migration `version` of a service came, to see what that does to rows which were there.
pub fn before(all: &Migrations, version: i64) -> Migrations {
    let earlier = |part: &&'static Part| -> &'static Part {
        let files = part.0.iter().filter(|(number, ..)| *number < version).copied();
        Box::leak(Box::new(Part(Vec::leak(files.collect()))))
    };
    Migrations(Vec::leak(all.0.iter().map(earlier).collect()))
}

/// Runs `test` on a fresh, migrated store of each engine, side by side: on both, even when one fails.
///
/// # Panics
/// When `test` does, naming the engine, or when an engine cannot be had.
pub async fn on_both(schema: &'static str, migrations: &Migrations, test: impl AsyncFn(Db)) {
    // Started before either begins: whoever waits for it waits on this thread, and the other would run out of time.
    let server = postgres();
    let on_sqlite = async {
        let (_folder, file) = sqlite();
        on_one(&file, schema, migrations, &test).await;
    };
    let on_postgres = async { on_one(&server.migrated(schema, migrations).await, schema, migrations, &test).await };
    // Side by side: while one waits for the server, the other goes on.
    let (sqlite, postgres) = tokio::join!(caught(on_sqlite), caught(on_postgres));
    let mut failed = Vec::new();
    for (engine, outcome) in [("SQLite", sqlite), ("PostgreSQL", postgres)] {
        if let Err(reason) = outcome {
            failed.push(format!("{engine}: {reason}"));
        }
    }
    assert!(failed.is_empty(), "failed on {}", failed.join("\nfailed on "));
}

async fn on_one(address: &str, schema: &'static str, migrations: &Migrations, test: &impl AsyncFn(Db)) {
    let db = Db::open(address, schema).await.expect("the store opens");
    db.migrate(migrations).await.expect("the store migrates");
    test(db.clone()).await;
    // Closing waits for what the test left running; that is no reason to hang.
    let _ = tokio::time::timeout(Duration::from_secs(CLOSE_SECS_MAX), db.close()).await;
}

/// What `work` answers, or the message it panicked with.
async fn caught<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(done)) => Poll::Ready(Ok(done)),
        Err(panic) => Poll::Ready(Err(panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "a panic without a message".to_owned()))),
    })
    .await
}
