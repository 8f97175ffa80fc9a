use sqlx::{Postgres, Sqlite, Transaction};

/// One transaction on either engine. Dropped without a commit, it rolls back.
///
/// Only [`crate::Db`] opens and ends one; store functions take `&mut Tx` and speak SQL through the macros of this crate.
#[derive(Debug)]
pub enum Tx {
    /// On the embedded engine.
    Sqlite(Transaction<'static, Sqlite>),
    /// On the server.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => tx.rollback().await,
            Tx::Postgres(tx) => tx.rollback().await,
        }
    }

    /// Lets one replica at a time past this point until the transaction ends. `name` must be a constant of the caller.
    ///
    /// SQLite has one writer, so being in a write transaction is the lock already.
    ///
    /// # Errors
    /// When the engine is unreachable.
    pub async fn alone(&mut self, name: &'static str) -> Result<(), crate::Error> {
        match self {
            Tx::Sqlite(_) => Ok(()),
            Tx::Postgres(tx) => {
                sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || $1, 0))")
                    .bind(name)
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            }
        }
    }
}
