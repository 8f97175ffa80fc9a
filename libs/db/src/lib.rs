//! One store, two engines: SQLite for one process, PostgreSQL for a fleet.
//!
//! * [`Db`] — the open store; [`Db::write`] is the only way to change anything, [`Db::read`] the way to look.
//! * [`Tx`] — one transaction; every store function takes `&mut Tx`.
//! * [`execute!`], [`fetch_optional!`], [`fetch_all!`], [`fetch_one!`] — one SQL text, run on whichever engine is behind the `Tx`.
//! * [`migrations!`] — a folder of SQL files as a [`Part`] of a schema; [`Migrations`] are all its parts.
//! * [`from_row!`] — a row as a struct, read on either engine.
//! * `testing` (a feature) — both engines for tests: a temporary SQLite file, a private PostgreSQL.
//!
//! SQL that both engines understand unchanged: `$1` placeholders (each used in order of its number), `RETURNING`, `ON CONFLICT`,
//! row values, CTEs. Instants are `BIGINT` microseconds, ids `UUID`, JSON is `TEXT`. No `now()`, no sequences, no arrays,
//! no `LIKE` on text that a person wrote.

mod error;
mod migrate;
mod open;
mod sql;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;

pub use error::Error;
pub use migrate::{Migrations, Part};
pub use open::Db;
pub use sanben_embed::migrations;
#[doc(hidden)]
pub use sqlx;
pub use tx::Tx;
