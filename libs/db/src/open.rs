use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::{Error, Tx};

const READERS_MAX: u32 = 8;
const CONNECTIONS_MAX: u32 = 16;
const ACQUIRE_SECS_MAX: u64 = 10;
const BUSY_SECS_MAX: u64 = 10;
/// 32 MiB: what is written lies all over the indexes of a large store.
const WRITER_CACHE: &str = "-32768";
/// 8 MiB for each: a list of a large store looks at more pages than the 2 MiB hold that SQLite keeps otherwise.
const READER_CACHE: &str = "-8192";

/// Says everything, since a connection may come back from a question that was broken off between the beginning of its transaction and the answer to
/// that: it is within a transaction that only reads then, in which a plain `BEGIN` changes nothing.
const BEGIN_WRITE: &str = "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE";

/// An open store of one service. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file, one writer, several readers (WAL).
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
    },
    /// A server; the service sees its own schema only.
    Postgres(PgPool),
}

impl Db {
    /// Opens `address` (`sqlite:<file>` or `postgres://…`) for the service `schema`.
    ///
    /// # Errors
    /// An address of another kind, or an engine that does not answer within ten seconds.
    pub async fn open(address: &str, schema: &'static str) -> Result<Db, Error> {
        match address.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => open_sqlite(address).await,
            Some("postgres" | "postgresql") => open_postgres(address, schema).await,
            other => Err(Error::Address(other.unwrap_or("no scheme").to_owned())),
        }
    }

    /// Runs `work` in one write transaction and commits it if it answers `Ok`; everything is undone if it answers `Err`, panics or
    /// is dropped. `work` must do SQL only: it holds SQLite's only writer.
    ///
    /// # Errors
    /// What `work` refused with, or what the store reports.
    pub async fn write<T, E: From<Error>>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        let mut tx = self.begin_write().await.map_err(E::from)?;
        match work(&mut tx).await {
            Ok(done) => tx.commit().await.map(|()| done).map_err(|error| E::from(error.into())),
            Err(refused) => {
                tx.rollback().await.map_err(|error| E::from(error.into()))?;
                Err(refused)
            }
        }
    }

    /// Runs `work` in one read transaction: it sees one state of the store. What it writes is thrown away.
    ///
    /// # Errors
    /// What `work` refused with, or what the store reports.
    pub async fn read<T, E: From<Error>>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        let mut tx = self.begin_read().await.map_err(E::from)?;
        let answer = work(&mut tx).await;
        tx.rollback().await.map_err(|error| E::from(error.into()))?;
        answer
    }

    /// Whether the store answers now.
    pub async fn is_alive(&self) -> bool {
        self.read(async |tx| crate::fetch_one!(tx, (i64,), "SELECT CAST(1 AS BIGINT)")).await.is_ok()
    }

    /// Ends all connections; later calls fail.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    pub(crate) async fn begin_write(&self) -> Result<Tx, Error> {
        Ok(match self {
            Db::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin_with(BEGIN_WRITE).await?),
        })
    }

    async fn begin_read(&self) -> Result<Tx, Error> {
        Ok(match self {
            Db::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Db::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }
}

/// What was committed is on the disk, whatever happens then.
fn synchronous() -> SqliteSynchronous {
    #[cfg(feature = "testing")]
    if crate::testing::is_unsynced() {
        return SqliteSynchronous::Off;
    }
    SqliteSynchronous::Full
}

async fn open_sqlite(address: &str) -> Result<Db, Error> {
    let options = SqliteConnectOptions::from_str(address)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous())
        .busy_timeout(Duration::from_secs(BUSY_SECS_MAX))
        .pragma("secure_delete", "ON");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECS_MAX))
        .connect_with(options.clone().pragma("cache_size", WRITER_CACHE))
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS_MAX)
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECS_MAX))
        .connect_with(options.read_only(true).pragma("query_only", "ON").pragma("cache_size", READER_CACHE))
        .await?;
    Ok(Db::Sqlite { writer, readers })
}

async fn open_postgres(address: &str, schema: &'static str) -> Result<Db, Error> {
    let options = PgConnectOptions::from_str(address)?.options([
        ("search_path", schema),
        ("statement_timeout", "30s"),
        ("lock_timeout", "10s"),
        // A replica that sleeps in a transaction must not hold the others up for long.
        ("idle_in_transaction_session_timeout", "10s"),
        // A filter that is not asked for costs nothing only if the plan is made for what is asked.
        ("plan_cache_mode", "force_custom_plan"),
        // Every statement is short: to compile it takes longer than to run it.
        ("jit", "off"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECS_MAX))
        .connect_with(options)
        .await?;
    create_schema(&pool, schema).await?;
    Ok(Db::Postgres(pool))
}

/// Asks first, since `IF NOT EXISTS` still demands the right to create one. Another replica may be the first to do it.
async fn create_schema(pool: &PgPool, schema: &'static str) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar("SELECT to_regnamespace($1) IS NOT NULL").bind(schema).fetch_one(pool).await?;
    if exists {
        return Ok(());
    }
    let create = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
    match sqlx::query(sqlx::AssertSqlSafe(create)).execute(pool).await.map_err(Error::from) {
        Ok(_) | Err(Error::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
