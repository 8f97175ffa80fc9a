use sqlx::migrate::Migrator;

use crate::{Db, Error, Tx};

/// The schema of one service, oldest first: what the shared parts bring, then what the service adds.
/// Each part numbers its own files (shared parts below 100, a service from 100) and knows nothing of the others.
#[derive(Clone, Copy, Debug)]
pub struct Migrations(pub &'static [&'static Migrator]);

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
            // sqlx's own lock lasts as long as its connection, beyond a failure; ours ends with the transaction.
            let part = Migrator { migrations: part.migrations.clone(), ignore_missing: true, locking: false, ..Migrator::DEFAULT };
            // `run` would make this future one that the compiler cannot see to be `Send`.
            match &mut tx {
                Tx::Sqlite(tx) => part.run_direct(None, &mut **tx, false).await?,
                Tx::Postgres(tx) => part.run_direct(None, &mut **tx, false).await?,
            }
        }
        Ok(tx.commit().await?)
    }
}
