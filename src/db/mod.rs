//! The database: SQLite or PostgreSQL behind one handle, one transaction type and one error.
//!
//! Stores run the same SQL text on both through `on!`; services open and commit. SQLite has one writing connection,
//! whose transactions begin immediately, and several reading ones (WAL); PostgreSQL has one pool. Nothing outside this
//! module opens a connection.

mod connect;
mod diary;
mod error;
mod lag;
mod lease;
mod migrate;
mod presence;
mod replica;
mod retry;
mod server;
mod statement;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tx;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;

pub use error::StoreError;
pub use lease::Lease;
pub use migrate::{MigrateError, MigrationState};
pub use retry::Transient;
pub use statement::{Databases, Statement};
pub use tx::{Queryable, Read, Session, Tx};
pub(crate) use tx::{on, on_postgres};
pub use watch::Watch;

use presence::Presence;
use server::Server;

/// How to reach the database and how patient to be with it.
#[derive(Debug, Clone)]
pub struct DbSettings {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// A replica of that PostgreSQL, for reads that need not be of this moment.
    pub read_url: Option<String>,
    /// Connections kept open (PostgreSQL).
    pub pool_min: u32,
    /// Connections at most: the pool of PostgreSQL, the readers of SQLite.
    pub pool_max: u32,
    /// After which PostgreSQL gives a statement up.
    pub statement_timeout: Duration,
    /// How long to wait for a connection.
    pub acquire_timeout: Duration,
    /// How long to wait for a lock.
    pub lock_timeout: Duration,
}

impl DbSettings {
    /// The documented defaults for the database at `url`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_url: None,
            pool_min: 2,
            pool_max: 10,
            statement_timeout: Duration::from_secs(5),
            acquire_timeout: Duration::from_secs(2),
            lock_timeout: Duration::from_secs(2),
        }
    }
}

/// The database. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Pools,
    settings: Arc<DbSettings>,
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// For questions about the database itself, so that busy readers are not taken for a database that is away.
        reserve: SqlitePool,
        presence: Arc<Presence>,
    },
    Postgres {
        primary: Server,
        replica: Option<Server>,
    },
}

/// What the pool is doing, for health reports and metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// Connections that may be open at most.
    pub max: u32,
    /// Connections that are open.
    pub open: u32,
    /// Open connections that nobody uses.
    pub idle: u32,
}

impl Db {
    /// Prepares everything and connects to nothing: connections are opened when they are needed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the URL is not one of a known database.
    pub fn prepare(settings: &DbSettings) -> Result<Self, StoreError> {
        Ok(Self {
            pools: connect::open(settings)?,
            settings: Arc::new(settings.clone()),
        })
    }

    /// Connects, creating an SQLite file and its folder when they are not there. Does not migrate.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached or the URL is not one of a known database.
    pub async fn connect(settings: &DbSettings) -> Result<Self, StoreError> {
        let db = Self::prepare(settings)?;
        db.reach().await?;
        Ok(db)
    }

    /// Begins a transaction that may write. Dropping it rolls back.
    ///
    /// # Errors
    /// [`StoreError::PoolExhausted`] when no connection came free in time, [`StoreError::Unavailable`] when there is no database.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite {
                writer, presence, ..
            } => {
                presence.admit(self.settings.acquire_timeout).await?;
                Ok(Tx::Sqlite(writer.begin_with("begin immediate").await?))
            }
            Pools::Postgres { primary, .. } => {
                Ok(Tx::Postgres(primary.lease(Some("begin")).await?))
            }
        }
    }

    /// Begins a transaction that only reads, and reads one state of the database throughout.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite {
                readers, presence, ..
            } => {
                presence.admit(self.settings.acquire_timeout).await?;
                Ok(Tx::Sqlite(readers.begin_with("begin").await?))
            }
            Pools::Postgres { primary, .. } => {
                Ok(Tx::Postgres(primary.lease(Some(Server::SNAPSHOT)).await?))
            }
        }
    }

    /// A connection for reads that need no transaction: each statement sees what is committed when it starts.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn read(&self) -> Result<Read, StoreError> {
        match &self.pools {
            Pools::Sqlite {
                readers, presence, ..
            } => {
                presence.admit(self.settings.acquire_timeout).await?;
                Ok(Read::Sqlite(readers.acquire().await?))
            }
            Pools::Postgres { primary, .. } => Ok(Read::Postgres(primary.lease(None).await?)),
        }
    }

    /// A connection of `PostgreSQL`, for the few paths that are written for it; none on another database.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn postgres(&self) -> Result<Option<Lease>, StoreError> {
        match &self.pools {
            Pools::Sqlite { .. } => Ok(None),
            Pools::Postgres { primary, .. } => Ok(Some(primary.lease(None).await?)),
        }
    }

    /// Which database this is, as logs and health reports name it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match &self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres { .. } => "postgres",
        }
    }

    /// What the pool is doing; for SQLite, the readers.
    #[must_use]
    pub fn pool_state(&self) -> PoolState {
        let (open, idle) = match &self.pools {
            Pools::Sqlite { readers, .. } => (readers.size(), readers.num_idle()),
            Pools::Postgres { primary, .. } => (primary.pool.size(), primary.pool.num_idle()),
        };
        self.state_of(open, idle)
    }

    /// What every pool is doing, by the name that metrics give it.
    #[must_use]
    pub fn pool_states(&self) -> Vec<(&'static str, PoolState)> {
        let mut states = vec![("primary", self.pool_state())];
        if let Pools::Postgres {
            replica: Some(replica),
            ..
        } = &self.pools
        {
            let (open, idle) = (replica.pool.size(), replica.pool.num_idle());
            states.push((replica.name, self.state_of(open, idle)));
        }
        states
    }

    fn state_of(&self, open: u32, idle: usize) -> PoolState {
        let idle = u32::try_from(idle).unwrap_or(u32::MAX);
        PoolState {
            max: self.settings.pool_max,
            open,
            idle,
        }
    }

    /// Closes every connection, after the transactions that still run.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite {
                writer,
                readers,
                reserve,
                ..
            } => {
                reserve.close().await;
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { primary, replica } => {
                if let Some(replica) = replica {
                    replica.close().await;
                }
                primary.close().await;
            }
        }
    }

    fn presence(&self) -> &Presence {
        match &self.pools {
            Pools::Sqlite { presence, .. } => presence,
            Pools::Postgres { primary, .. } => &primary.presence,
        }
    }
}

/// The pattern for `like … escape '\'` that finds `text` anywhere in a lower-case column.
#[must_use]
pub fn contains(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
