//! Waits for the database, prepares it, and keeps an eye on it.

use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
use sqlx::PgConnection;

use super::error::is_full;
use super::presence::State;
use super::server::Server;
use super::{Db, MigrateError, Pools, StoreError, connect};

/// How often a database is looked at that is there.
const INTERVAL: Duration = Duration::from_secs(1);
/// How often the log repeats that it still is not.
const REMINDER: Duration = Duration::from_secs(30);

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
            Pools::Postgres(server) => look(server).await?,
        }
        Ok(())
    }
}

impl Watch {
    /// Waits until the database can be reached and has its schema, which with `migrate` is this one's business. However
    /// long that takes, it only waits, tries again and says why.
    pub async fn come_up(&self, migrate: bool) {
        let mut diary = Diary::new(self.db.name());
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
            Pools::Postgres(server) => keep(server, self.db.settings.pool_min).await,
        }
    }
}

async fn keep(server: &Server, connections: u32) {
    let mut diary = Diary::new(server.name);
    let mut pauses_left = pauses().build();
    loop {
        match look(server).await {
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
                let reason = crate::error::chain(&StoreError::from(error));
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

/// Tells the log when a database goes, why, and when it is back: once, and a reminder now and then.
struct Diary {
    database: &'static str,
    absence: Option<Absence>,
}

struct Absence {
    reason: String,
    began: Instant,
    told: Instant,
}

impl Diary {
    fn new(database: &'static str) -> Self {
        Self {
            database,
            absence: None,
        }
    }

    fn away(&mut self, reason: &str) {
        let now = Instant::now();
        let began = self.absence.as_ref().map_or(now, |absence| absence.began);
        let is_told = self.absence.as_ref().is_some_and(|absence| {
            absence.reason == reason && now.duration_since(absence.told) < REMINDER
        });
        if is_told {
            return;
        }
        tracing::error!(
            database = self.database,
            reason,
            away_seconds = now.duration_since(began).as_secs(),
            "the database is away, and is tried again until it is back"
        );
        self.absence = Some(Absence {
            reason: reason.to_owned(),
            began,
            told: now,
        });
    }

    fn back(&mut self) {
        if let Some(absence) = self.absence.take() {
            tracing::info!(
                database = self.database,
                away_seconds = absence.began.elapsed().as_secs(),
                "the database is back"
            );
        }
    }
}
