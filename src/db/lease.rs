//! A connection of PostgreSQL that is used and given back.
//!
//! Three things that the pool does not do: no statement is waited for without end, whatever the server does; a
//! connection whose user was cut off in the middle goes back clean or not at all; and what happens to it is told to the
//! watch.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Executor, PgConnection, Postgres};
use tokio::time::timeout;

use super::error::{is_dead_connection, is_elsewhere};
use super::presence::Presence;

/// How long a connection may take to come back clean.
const RETURN: Duration = Duration::from_secs(2);

/// A connection, with or without a transaction on it. Dropping it rolls back.
pub struct Lease {
    /// There until it is dropped.
    connection: Option<PoolConnection<Postgres>>,
    in_transaction: bool,
    /// A statement was sent and its end not seen.
    is_busy: bool,
    presence: Arc<Presence>,
    limit: Duration,
}

/// What surrounds a statement on a connection.
pub(crate) struct Conduct<'l> {
    presence: &'l Presence,
    limit: Duration,
    is_busy: &'l mut bool,
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("in_transaction", &self.in_transaction)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Conduct<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conduct")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl Lease {
    pub(super) fn new(
        connection: PoolConnection<Postgres>,
        presence: Arc<Presence>,
        limit: Duration,
    ) -> Self {
        Self {
            connection: Some(connection),
            in_transaction: false,
            is_busy: false,
            presence,
            limit,
        }
    }

    /// The connection and what surrounds its statements, for `on!` and `on_postgres!`.
    #[expect(clippy::expect_used, reason = "only drop takes it")]
    pub(crate) fn parts(&mut self) -> (&mut PgConnection, Conduct<'_>) {
        let conduct = Conduct {
            presence: &self.presence,
            limit: self.limit,
            is_busy: &mut self.is_busy,
        };
        let connection = self.connection.as_mut().expect("it is there until drop");
        (connection, conduct)
    }

    pub(super) async fn begin(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        // From now on: whether it took place is unknown when it fails.
        self.in_transaction = true;
        self.control(statement).await
    }

    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.end("commit").await
    }

    pub(super) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.end("rollback").await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        let ended = self.control(statement).await;
        // A commit that the server refuses is a rollback.
        self.in_transaction = !matches!(ended, Ok(()) | Err(sqlx::Error::Database(_)));
        ended
    }

    async fn control(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        let (connection, conduct) = self.parts();
        conduct
            .run(async { connection.execute(statement).await.map(drop) })
            .await
    }
}

impl Conduct<'_> {
    /// Runs a statement for as long as it may take, and learns from how it fails.
    ///
    /// # Errors
    /// The statement's, or `Io` when the server neither answered nor gave the statement up in time.
    pub(crate) async fn run<T>(
        self,
        statement: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        // Stays so when the time runs out here, or at the caller, who then drops this.
        *self.is_busy = true;
        let outcome = match timeout(self.limit, statement).await {
            Ok(outcome) => {
                *self.is_busy = false;
                outcome
            }
            Err(_) => Err(sqlx::Error::Io(std::io::Error::new(
                std::io::ErrorKind::TimedOut,
                "PostgreSQL did not answer",
            ))),
        };
        if let Err(error) = &outcome {
            if is_elsewhere(error) {
                self.presence.renew();
            } else if is_dead_connection(error) {
                self.presence.doubt();
            }
        }
        outcome
    }
}

/// Gives the connection back in the background. Whoever used it may have been cut off: in the middle of a statement it
/// is closed, which makes room for another one at once and undoes everything; a transaction that is open is rolled
/// back, and where that takes too long the connection is closed, too.
impl Drop for Lease {
    #[expect(
        clippy::disallowed_methods,
        reason = "ends by itself within seconds, and the pool waits for it when it closes"
    )]
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        if self.is_busy {
            connection.close_on_drop();
            return;
        }
        let in_transaction = self.in_transaction;
        tokio::spawn(async move {
            let rolled_back = async {
                if in_transaction {
                    connection.execute("rollback").await?;
                }
                Ok::<(), sqlx::Error>(())
            };
            if let Ok(Ok(())) = timeout(RETURN, rolled_back).await {
                // Tests it once more. Cut off here, it is closed.
                let _ = timeout(RETURN, connection.return_to_pool()).await;
            } else {
                connection.close_on_drop();
            }
        });
    }
}

impl Deref for Lease {
    type Target = PgConnection;

    #[expect(clippy::expect_used, reason = "only drop takes it")]
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("it is there until drop")
    }
}

impl DerefMut for Lease {
    #[expect(clippy::expect_used, reason = "only drop takes it")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("it is there until drop")
    }
}
