//! The macros that run one SQL text on either engine.

#[doc(hidden)]
#[macro_export]
macro_rules! on_engine {
    ($tx:expr, |$conn:ident| $run:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $run.await
            }
            $crate::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $run.await
            }
        }
        .map_err($crate::Error::from)
    };
}

/// Runs a statement; the number of rows it touched.
#[macro_export]
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => $crate::sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::Tx::Postgres(tx) => $crate::sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::Error::from)
    };
}

/// Reads a row as a struct on either engine: each field from the column of its name, or of the name that is said, and `..field` from the
/// same row: `from_row!(Placed { position, kind = "type", ..event })`.
#[macro_export]
macro_rules! from_row {
    ($of:ident { $($field:ident $(= $column:literal)?),* $(, ..$rest:ident)? }) => {
        $crate::from_row!(@on $crate::sqlx::sqlite::SqliteRow, $of { $($field $(= $column)?),* $(, ..$rest)? });
        $crate::from_row!(@on $crate::sqlx::postgres::PgRow, $of { $($field $(= $column)?),* $(, ..$rest)? });
    };
    (@on $row:ty, $of:ident { $($field:ident $(= $column:literal)?),* $(, ..$rest:ident)? }) => {
        impl<'r> $crate::sqlx::FromRow<'r, $row> for $of {
            fn from_row(row: &'r $row) -> ::std::result::Result<Self, $crate::sqlx::Error> {
                Ok($of {
                    $($field: $crate::sqlx::Row::try_get(row, $crate::from_row!(@column $field $($column)?))?,)*
                    $($rest: $crate::sqlx::FromRow::from_row(row)?,)?
                })
            }
        }
    };
    (@column $field:ident) => { stringify!($field) };
    (@column $field:ident $column:literal) => { $column };
}

/// Runs a query for at most one row of type `$row` (`FromRow`).
#[macro_export]
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::on_engine!($tx, |conn| $crate::sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(conn))
    };
}

/// Runs a query for exactly one row of type `$row`.
#[macro_export]
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::on_engine!($tx, |conn| $crate::sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(conn))
    };
}

/// Runs a query for all its rows; the SQL must hold a `LIMIT` or be bounded by its keys.
#[macro_export]
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::on_engine!($tx, |conn| $crate::sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(conn))
    };
}
