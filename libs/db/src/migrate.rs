use sqlx::migrate::Migrator;

use crate::{Db, Error};

/// The schema of one service, oldest first: what the shared parts bring, then what the service adds.
/// Each part numbers its own files (shared parts below 100, a service from 100) and knows nothing of the others.
#[derive(Clone, Copy, Debug)]
pub struct Migrations(pub &'static [&'static Migrator]);

impl Db {
    /// Brings the schema up to date. Safe to call from several replicas at once.
    ///
    /// # Errors
    /// When a migration fails or one already applied has changed since.
    pub async fn migrate(&self, migrations: &Migrations) -> Result<(), Error> {
        for part in migrations.0 {
            let part = Migrator { migrations: part.migrations.clone(), ignore_missing: true, ..Migrator::DEFAULT };
            match self {
                Db::Sqlite { writer, .. } => part.run(writer).await?,
                Db::Postgres(pool) => part.run(pool).await?,
            }
        }
        Ok(())
    }
}
