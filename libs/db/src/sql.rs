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
