//! Waits for the database, prepares it, and keeps an eye on it.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use sqlx::PgConnection;

use super::diary::Diary;
use super::error::is_full;
use super::lag::Lag;
use super::presence::State;
use super::server::Server;
use super::{Db, MigrateError, Pools, StoreError, connect};

/// How often a database is looked at that is there.
const INTERVAL: Duration = Duration::from_secs(1);

/// How often a database is looked for that is not there: the pause doubles, and up to as much again is added by chance,
/// so that several instances do not come all at once.
fn pauses() -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(50))
        .with_max_delay(Duration::from_millis(500))
        .without_max_times()
        .with_jitter()
}

/// Looks after one database from the start of the server to its end. Nothing that happens to the database ends it.
#[derive(Debug)]
pub struct Watch {
    db: Db,
}

/// Why the database cannot be used yet.
#[derive(Debug, thiserror::Error)]
enum NotReady {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("its schema could not be migrated")]
    Migrate(#[from] MigrateError),
    #[error("{0} migrations are missing: run `waybill migrate up`")]
    Missing(usize),
}

impl Db {
    /// Begins to watch: from now on nobody gets a connection before [`Watch::come_up`] has found the database well.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.presence().set(State::Starting);
        Watch { db: self.clone() }
    }

    /// Whether the database is there, as far as is known without asking it.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.presence().is_present()
    }

    /// Makes sure that the database can be reached; creates an SQLite file and its folder when they are not there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it cannot, and why.
    pub async fn reach(&self) -> Result<(), StoreError> {
        const PING: &str = "select 1";
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                connect::create_folder(&self.settings).await?;
                sqlx::query(PING).execute(writer).await?;
            }
            Pools::Postgres { primary, .. } => look(primary).await?,
        }
        Ok(())
    }
}

impl Watch {
    /// Waits until the database can be reached and has its schema, which with `migrate` is this one's business. However
    /// long that takes, it only waits, tries again and says why.
    pub async fn come_up(&self, migrate: bool) {
        let mut diary = Diary::new("primary");
        let mut pauses = pauses().build();
        while let Err(reason) = self.prepare(migrate).await {
            let reason = crate::error::chain(&reason);
            diary.away(&reason);
            self.db.presence().set(State::Away(reason));
            tokio::time::sleep(pauses.next().unwrap_or(INTERVAL)).await;
        }
        diary.back();
        self.db.presence().set(State::Present);
    }

    async fn prepare(&self, migrate: bool) -> Result<(), NotReady> {
        self.db.reach().await?;
        let pending = self.db.pending_migrations().await?.len();
        if pending == 0 {
            return Ok(());
        }
        if !migrate {
            return Err(NotReady::Missing(pending));
        }
        tracing::info!(migrations = pending, "migrations are being applied");
        let busy = "its schema is being migrated".to_owned();
        self.db.presence().set(State::Away(busy));
        self.db.migrate_up().await?;
        tracing::info!(migrations = pending, "migrations were applied");
        Ok(())
    }

    /// Keeps an eye on the database until the end of the server.
    pub async fn keep(&self) {
        match &self.db.pools {
            // A file does not go away.
            Pools::Sqlite { .. } => std::future::pending().await,
            Pools::Postgres { primary, replica } => {
                let connections = self.db.settings.pool_min;
                let replica = async {
                    if let Some(replica) = replica {
                        keep(replica, connections, Eye::Replica(Lag::of(primary))).await;
                    }
                };
                tokio::join!(keep(primary, connections, Eye::Primary), replica);
            }
        }
    }
}

/// What a server is looked at for.
enum Eye<'a> {
    Primary,
    Replica(Lag<'a>),
}

async fn keep(server: &Server, connections: u32, mut eye: Eye<'_>) {
    let mut diary = Diary::new(server.name);
    let mut pauses_left = pauses().build();
    loop {
        let seen = match &mut eye {
            Eye::Primary => look(server).await,
            Eye::Replica(lag) => lag.look(server).await,
        };
        match seen {
            Ok(()) => {
                server.presence.set(State::Present);
                diary.back();
                pauses_left = pauses().build();
                server.warm_up(connections).await;
                tokio::select! {
                    () = tokio::time::sleep(INTERVAL) => {}
                    () = server.presence.doubted() => {}
                }
            }
            Err(error) => {
                let reason = crate::error::chain(&error);
                diary.away(&reason);
                server.presence.set(State::Away(reason));
                tokio::time::sleep(pauses_left.next().unwrap_or(INTERVAL)).await;
            }
        }
    }
}

/// Asks PostgreSQL whether it can be written to. A server without room for one more connection is there.
async fn look(server: &Server) -> Result<(), sqlx::Error> {
    const LOOK: &str = "select current_setting('transaction_read_only')";
    let look = |mut connection: PgConnection| async move {
        let read_only: String = sqlx::query_scalar(LOOK).fetch_one(&mut connection).await?;
        if read_only == "on" {
            // What a failover leaves behind. A new connection may lead to its successor.
            return Err(sqlx::Error::Io(std::io::Error::other(
                "PostgreSQL is read-only",
            )));
        }
        Ok(((), connection))
    };
    match server.ask(look).await {
        Err(error) if is_full(&error) && server.pool.size() > 0 => Ok(()),
        outcome => outcome,
    }
}
