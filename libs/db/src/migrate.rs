use std::borrow::Cow;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::{Db, Error, Tx};

/// Some files of a schema, in order: number, what it is about, SQL. [`migrations!`](crate::migrations) makes it of a folder.
#[derive(Clone, Copy, Debug)]
pub struct Part(pub &'static [(i64, &'static str, &'static str)]);

impl Part {
    /// To be run in a transaction of ours. sqlx's own lock lasts as long as its connection, beyond a failure; ours ends with the transaction.
    fn migrator(&self) -> Migrator {
        let files = self.0.iter().map(|(number, about, sql)| {
            Migration::new(*number, Cow::Borrowed(about), MigrationType::Simple, (*sql).into_sql_str(), false)
        });
        Migrator { migrations: files.collect(), ignore_missing: true, locking: false, ..Migrator::DEFAULT }
    }
}

/// The schema of one service, oldest first: what the shared parts bring, then what the service adds.
/// Each part numbers its own files (shared parts below 100, a service from 100) and knows nothing of the others.
#[derive(Clone, Copy, Debug)]
pub struct Migrations(pub &'static [&'static Part]);

impl Db {
    /// Brings the schema up to date: all of it or, when one migration fails, none. Safe to call from several replicas at once.
    ///
    /// # Errors
    /// When a migration fails or one already applied has changed since.
    pub async fn migrate(&self, migrations: &Migrations) -> Result<(), Error> {
        let mut tx = self.begin_write().await?;
        if let Tx::Postgres(tx) = &mut tx {
            // A migration, and the wait for another replica's, may outlast what a request is allowed.
            sqlx::raw_sql("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").execute(&mut **tx).await?;
        }
        tx.alone("migrations").await?;
        for part in migrations.0 {
            let part = part.migrator();
            // `run` would make this future one that the compiler cannot see to be `Send`.
            match &mut tx {
                Tx::Sqlite(tx) => part.run_direct(None, &mut **tx, false).await?,
                Tx::Postgres(tx) => part.run_direct(None, &mut **tx, false).await?,
            }
        }
        Ok(tx.commit().await?)
    }
}
