//! Reads that need not be of this moment, from a replica while there is a good one.
//!
//! A replica is good while it answers, has the schema, and is not far behind (`watch.rs` looks every second). In every
//! other case, and when it fails in the middle, the primary answers: nobody waits for a replica and nobody fails by it.

use super::presence::Presence;
use super::server::Server;
use super::{Db, Pools, Read, StoreError, Tx};

impl Db {
    /// Runs `work`, which only reads, on the replica, or else on the primary. Never for what a client just wrote: the
    /// replica may not have it yet.
    ///
    /// # Errors
    /// Those of `work` on the primary, and as [`Db::read`].
    pub async fn read_replica<T, E, F>(&self, work: impl Fn(Read) -> F + Send) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: From<StoreError> + Send,
        T: Send,
    {
        if let Some(replica) = self.replica() {
            let attempt = async {
                let lease = replica.lease(None).await?;
                work(Read::Postgres(lease)).await
            };
            if let Some(found) = unless_gone(attempt, &replica.presence).await {
                return Ok(found);
            }
        }
        work(self.read().await?).await
    }

    /// As [`Db::read_replica`], and all of `work` sees one state of the database.
    ///
    /// # Errors
    /// As [`Db::read_replica`].
    pub async fn snapshot_replica<T, E, F>(&self, work: impl Fn(Tx) -> F + Send) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: From<StoreError> + Send,
        T: Send,
    {
        if let Some(replica) = self.replica() {
            let attempt = async {
                let lease = replica.lease(Some(Server::SNAPSHOT)).await?;
                work(Tx::Postgres(lease)).await
            };
            if let Some(found) = unless_gone(attempt, &replica.presence).await {
                return Ok(found);
            }
        }
        work(self.snapshot().await?).await
    }

    /// The replica, if there is one and it is good.
    fn replica(&self) -> Option<&Server> {
        match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres { replica, .. } => replica
                .as_ref()
                .filter(|server| server.presence.is_present()),
        }
    }
}

/// What the replica answered; nothing when it failed, or was found to be gone before it answered.
async fn unless_gone<T, E>(
    attempt: impl Future<Output = Result<T, E>>,
    presence: &Presence,
) -> Option<T> {
    let found = tokio::select! {
        outcome = attempt => outcome.ok(),
        () = presence.gone() => None,
    };
    let outcome = if found.is_some() {
        "answered"
    } else {
        "failed"
    };
    metrics::counter!("db_replica_reads_total", "outcome" => outcome).increment(1);
    found
}
