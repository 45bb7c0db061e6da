//! Transactions and reading connections as values, and the dispatch over the two databases.

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::StoreError;
use super::lease::Lease;

/// An open transaction. Dropping it rolls back.
#[derive(Debug)]
#[must_use = "a transaction that is dropped rolls back"]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Lease),
}

/// A connection for reads outside of a transaction.
#[derive(Debug)]
pub enum Read {
    /// On SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// On PostgreSQL.
    Postgres(Lease),
}

/// The connection behind a [`Tx`] or a [`Read`].
#[derive(Debug)]
pub enum Session<'c> {
    /// On SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// On PostgreSQL.
    Postgres(&'c mut Lease),
}

/// Where a statement can run. Store functions that only read take any of these, those that write take a [`Tx`].
pub trait Queryable: Send {
    /// The connection.
    fn session(&mut self) -> Session<'_>;
}

impl Queryable for Tx {
    fn session(&mut self) -> Session<'_> {
        match self {
            Self::Sqlite(tx) => Session::Sqlite(tx),
            Self::Postgres(tx) => Session::Postgres(tx),
        }
    }
}

impl Queryable for Read {
    fn session(&mut self) -> Session<'_> {
        match self {
            Self::Sqlite(connection) => Session::Sqlite(connection),
            Self::Postgres(connection) => Session::Postgres(connection),
        }
    }
}

/// Runs the same expression on whichever database it is. The second form picks one of two SQL texts, for the few
/// statements that must differ: `[SQLITE, POSTGRES]`.
macro_rules! on {
    ($db:expr, |$connection:ident| $run:expr) => {
        match $crate::db::Queryable::session($db) {
            $crate::db::Session::Sqlite($connection) => $run,
            $crate::db::Session::Postgres(lease) => {
                $crate::db::on_postgres!(lease, |$connection| $run)
            }
        }
    };
    ($db:expr, [$sqlite:expr, $postgres:expr], |$connection:ident, $sql:ident| $run:expr) => {
        match $crate::db::Queryable::session($db) {
            $crate::db::Session::Sqlite($connection) => {
                let $sql = $sqlite;
                $run
            }
            $crate::db::Session::Postgres(lease) => {
                let $sql = $postgres;
                $crate::db::on_postgres!(lease, |$connection| $run)
            }
        }
    };
}
pub(crate) use on;

/// Runs an expression on a [`Lease`] of PostgreSQL, for no longer than a statement may take.
macro_rules! on_postgres {
    ($lease:expr, |$connection:ident| $run:expr) => {{
        let ($connection, conduct) = $lease.parts();
        conduct.run(async { $run }).await
    }};
}
pub(crate) use on_postgres;

impl Tx {
    /// Makes everything that the transaction did permanent and visible.
    ///
    /// # Errors
    /// When the database refuses; nothing is written then. A connection that dies during the commit leaves it open
    /// whether the transaction took place: the idempotency key tells.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything that the transaction did, and waits for it.
    ///
    /// # Errors
    /// When the connection is gone, which undoes everything too.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Marks the point that [`Tx::rollback_to_savepoint`] returns to. A second call moves the mark.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        const SAVEPOINT: &str = "savepoint waybill";
        on!(self, |c| sqlx::query(SAVEPOINT).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Undoes what happened since the savepoint; what came before stays.
    ///
    /// # Errors
    /// When there is no savepoint, or the database is gone.
    pub async fn rollback_to_savepoint(&mut self) -> Result<(), StoreError> {
        const ROLLBACK_TO: &str = "rollback to savepoint waybill";
        on!(self, |c| sqlx::query(ROLLBACK_TO)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}
