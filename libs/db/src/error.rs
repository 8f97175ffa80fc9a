/// What can go wrong between a use case and its store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed the same row first; the caller reads again and decides again.
    #[error("somebody else changed the same row first")]
    Conflict,
    /// The address of the database is not one this suite understands.
    #[error("database address must begin with sqlite: or postgres: ({0})")]
    Address(String),
    /// The engine refused or was unreachable.
    #[error("store: {0}")]
    Engine(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value could not be read back; the text says which, never its content.
    #[error("stored value unreadable: {0}")]
    Corrupt(&'static str),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) if is_conflict(db.as_ref()) => Error::Conflict,
            _ => Error::Engine(error),
        }
    }
}

/// A unique violation, a serialization failure or a deadlock: trying again from the start may succeed.
fn is_conflict(error: &dyn sqlx::error::DatabaseError) -> bool {
    error.is_unique_violation() || matches!(error.code().as_deref(), Some("40001" | "40P01"))
}
