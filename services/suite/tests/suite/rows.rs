//! What stands in the stores of a running suite, looked at from beside it.

use std::collections::BTreeMap;
use std::time::Duration;

use sanben_clock::{Calendar, Clock, Hours};
use sanben_db::{Db, Error, Tx, execute, fetch_all, fetch_one};
use sanben_host::DatabaseAt;
use sqlx::AssertSqlSafe;

use crate::start::Suite;

const WAIT_SECS_MAX: u64 = 60;
const LOOK_MS: u64 = 10;
/// How many consumers follow each service.
const FOLLOWERS: [(&str, i64); 5] = [("intake", 3), ("ledger", 4), ("liaison", 1), ("meeting", 1), ("notification", 0)];

/// The stores of all services.
pub struct Stores(Vec<(&'static str, i64, Db)>, Clock);

/// How many rows each table of each service has.
pub type Counts = BTreeMap<String, i64>;

impl Stores {
    pub async fn of(suite: &Suite) -> Stores {
        let mut stores = Vec::new();
        for (service, followers) in FOLLOWERS {
            let address = match &suite.database {
                DatabaseAt::Folder(folder) => format!("sqlite:{}", folder.join(format!("{service}.db")).display()),
                DatabaseAt::Server(address) => address.clone(),
            };
            stores.push((service, followers, Db::open(&address, service).await.expect("the store")));
        }
        Stores(stores, suite.clock.clone())
    }

    /// Waits until every clock has reached what it is due to reach, every event has its position and every consumer has heard it; then counts.
    pub async fn settled(&self) -> Counts {
        let quiet = async {
            let mut before = None;
            loop {
                let heads = self.heads().await;
                // What a ledger writes down once after its start is not taken for what somebody's request has left behind.
                if heads.is_some() && heads == before && self.counts().await.get("ledger.unit_file").is_none_or(|rows| *rows > 0) {
                    return;
                }
                before = heads;
                tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), quiet).await.expect("everybody has heard everything");
        self.counts().await
    }

    /// The last positions, if everybody has heard everything up to them.
    async fn heads(&self) -> Option<Vec<i64>> {
        let mut heads = Vec::new();
        for (service, followers, db) in &self.0 {
            let (waiting, head, behind, here) = db
                .read(async |tx: &mut Tx| {
                    let sql = "SELECT (SELECT COUNT(*) FROM events WHERE position IS NULL), (SELECT position FROM log_head),
                               COALESCE(MIN(position), 0), COUNT(*) FROM relay_cursor";
                    Ok::<_, Error>(fetch_one!(tx, (i64, i64, i64, i64), sql)?)
                })
                .await
                .expect("readable");
            let heard = head == 0 || *followers == 0 || (here == *followers && behind == head);
            if waiting > 0 || !heard || (*service == "ledger" && self.is_due(db).await) {
                return None;
            }
            heads.push(head);
        }
        Some(heads)
    }

    /// Whether something is still to be drafted now. After hours nothing is.
    async fn is_due(&self, db: &Db) -> bool {
        let now = self.1.now();
        if Calendar::shipped().next_open(&Hours::default(), now) != now {
            return false;
        }
        let sql = "SELECT COUNT(*) FROM clocks WHERE rung_time <= $1";
        let due = db.read(async |tx: &mut Tx| Ok::<_, Error>(fetch_one!(tx, (i64,), sql, now.micros())?)).await;
        due.expect("readable").0 > 0
    }

    pub async fn counts(&self) -> Counts {
        let mut counts = Counts::new();
        for (service, _, db) in &self.0 {
            let found = db.read(async |tx: &mut Tx| count(tx, service).await).await.expect("readable");
            counts.extend(found);
        }
        counts
    }

    /// The store of a service.
    pub fn of_service(&self, service: &str) -> &Db {
        &self.0.iter().find(|(name, _, _)| *name == service).expect("a service").2
    }

    /// Changes rows behind the service's back.
    pub async fn spoil(&self, service: &str, sql: &'static str) {
        let (_, _, db) = self.0.iter().find(|(name, _, _)| *name == service).expect("a service");
        let changed = db.write(async |tx: &mut Tx| Ok::<_, Error>(execute!(tx, sql)?)).await.expect("writable");
        assert!(changed > 0, "{sql}");
    }

    /// Nobody else writes to the service's store while `work` lasts.
    pub async fn hold<T>(&self, service: &str, work: impl AsyncFnOnce() -> T) -> T {
        let (_, _, db) = self.0.iter().find(|(name, _, _)| *name == service).expect("a service");
        let held = db.write(async |tx: &mut Tx| {
            if matches!(tx, Tx::Postgres(_)) {
                execute!(tx, "LOCK TABLE idempotency IN EXCLUSIVE MODE")?;
            }
            Ok::<_, Error>(work().await)
        });
        held.await.expect("writable")
    }

    pub async fn close(self) {
        for (_, _, db) in self.0 {
            db.close().await;
        }
    }
}

async fn count(tx: &mut Tx, service: &str) -> Result<Counts, Error> {
    let sql = match tx {
        Tx::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Tx::Postgres(_) => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
    };
    // All in one question: it is asked after almost every step of every test.
    let tables = fetch_all!(tx, (String,), sql)?;
    let each = tables.iter().map(|(table,)| format!("SELECT '{service}.{table}', COUNT(*) FROM {table}"));
    let all = each.collect::<Vec<_>>().join(" UNION ALL ");
    Ok(fetch_all!(tx, (String, i64), AssertSqlSafe(all))?.into_iter().collect())
}
