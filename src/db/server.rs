//! One PostgreSQL: its pool, what is known of it, and a connection apart that finds out.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{ConnectOptions, PgConnection, PgPool};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::error::is_dead_connection;
use super::lease::Lease;
use super::presence::Presence;
use super::{DbSettings, StoreError, connect};

/// How much longer than the server's own limit a statement is waited for: a server that froze keeps no limit.
const GRACE: Duration = Duration::from_secs(1);

/// How long opening one connection before it is needed may take.
const WARM_UP: Duration = Duration::from_secs(1);

/// One PostgreSQL. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// How metrics and logs call it.
    pub(super) name: &'static str,
    pub(super) pool: PgPool,
    pub(super) presence: Arc<Presence>,
    url: Arc<str>,
    /// Outside of the pool, so that a pool that is busy is not taken for a database that is away.
    sentinel: Arc<Mutex<Option<PgConnection>>>,
    acquire_timeout: Duration,
    statement_timeout: Duration,
}

impl Server {
    /// Begins a transaction that only reads, and reads one state.
    pub(super) const SNAPSHOT: &'static str = "begin isolation level repeatable read read only";

    pub(super) fn new(
        name: &'static str,
        url: &str,
        settings: &DbSettings,
    ) -> Result<Self, StoreError> {
        let presence = Arc::new(Presence::new(name));
        Ok(Self {
            name,
            pool: connect::postgres_pool(url, settings, &presence)?,
            presence,
            url: url.into(),
            sentinel: Arc::default(),
            acquire_timeout: settings.acquire_timeout,
            statement_timeout: settings.statement_timeout,
        })
    }

    /// A connection; with `begin`, a transaction on it.
    ///
    /// An idle connection may turn out dead. Until `begin` has succeeded nothing has happened, so the next one is taken.
    pub(super) async fn lease(&self, begin: Option<&'static str>) -> Result<Lease, StoreError> {
        let limit = self.statement_timeout + GRACE;
        let mut dead = 0;
        loop {
            self.presence.admit(self.acquire_timeout).await?;
            let connection = self.pool.acquire().await.inspect_err(|error| {
                if is_dead_connection(error) || matches!(error, sqlx::Error::PoolTimedOut) {
                    self.presence.doubt();
                }
            })?;
            let mut lease = Lease::new(connection, Arc::clone(&self.presence), limit);
            let Some(statement) = begin else {
                return Ok(lease);
            };
            match lease.begin(statement).await {
                Ok(()) => return Ok(lease),
                Err(error)
                    if is_dead_connection(&error)
                        && !is_silence(&error)
                        && dead < self.pool.options().get_max_connections() =>
                {
                    dead += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// A connection of one's own without timeouts: building an index takes as long as it takes.
    pub(super) async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        let options = connect::postgres_options(&self.url);
        let options = options.map_err(|error| sqlx::Error::Configuration(error.into()))?;
        let connecting = options.connect();
        timeout(self.statement_timeout, connecting)
            .await
            .unwrap_or_else(|_| Err(silence()))
    }

    /// Asks on the connection that is kept for this; a second time on a new one when that is dead.
    pub(super) async fn ask<T, F>(
        &self,
        question: impl Fn(PgConnection) -> F,
    ) -> Result<T, sqlx::Error>
    where
        F: Future<Output = Result<(T, PgConnection), sqlx::Error>>,
    {
        let mut place = self.sentinel.lock().await;
        if let Some(connection) = place.take() {
            match timeout(self.statement_timeout, question(connection)).await {
                Ok(Ok((answer, connection))) => {
                    *place = Some(connection);
                    return Ok(answer);
                }
                Ok(Err(error)) if is_dead_connection(&error) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => return Err(silence()),
            }
        }
        let connection = self.connect().await?;
        let answered = timeout(self.statement_timeout, question(connection)).await;
        let (answer, connection) = answered.unwrap_or_else(|_| Err(silence()))?;
        *place = Some(connection);
        Ok(answer)
    }

    /// Opens what is missing to `connections` open ones. Those that are idle have to be held meanwhile: nobody waits
    /// for them longer than [`WARM_UP`], and never while all that may be open are at work.
    pub(super) async fn warm_up(&self, connections: u32) {
        let mut held = Vec::new();
        while self.pool.size() < connections {
            match timeout(WARM_UP, self.pool.acquire()).await {
                Ok(Ok(connection)) => held.push(connection),
                Ok(Err(_)) | Err(_) => return,
            }
        }
    }

    /// Closes every connection, after the transactions that still run; those of a server that froze are dropped.
    pub(super) async fn close(&self) {
        let closing = async {
            self.pool.close().await;
            self.sentinel.lock().await.take();
        };
        let _ = timeout(self.statement_timeout + GRACE, closing).await;
    }
}

/// Whether nothing came back in time. Waiting for another connection would double the time.
fn is_silence(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut)
}

fn silence() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(
        std::io::ErrorKind::TimedOut,
        "PostgreSQL does not answer",
    ))
}
