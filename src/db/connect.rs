//! Prepares the pools with the options that correctness and speed rest on.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::time::timeout;

use super::presence::{Presence, State, Verdict};
use super::server::Server;
use super::{DbSettings, Pools, StoreError};

/// How long a connection that nobody uses stays open.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// After which a connection is renewed, and with it plans that were made when tables were small.
const MAX_LIFETIME: Duration = Duration::from_mins(10);
/// How long a connection may take to prove that it lives.
const TEST: Duration = Duration::from_secs(1);

/// Prepares the pools. Opens nothing: that needs a database, and a server starts without one, too.
pub(super) fn open(settings: &DbSettings) -> Result<Pools, StoreError> {
    if settings.url.starts_with("sqlite:") {
        return open_sqlite(settings);
    }
    let replica = settings.read_url.as_ref();
    let replica = replica.map(|url| {
        let server = Server::new("replica", url, settings)?;
        // Until the watch has looked at it.
        let reason = "nobody has looked at it yet".to_owned();
        server.presence.set(State::Away(reason));
        Ok::<_, StoreError>(server)
    });
    Ok(Pools::Postgres {
        primary: Server::new("primary", &settings.url, settings)?,
        replica: replica.transpose()?,
    })
}

fn open_sqlite(settings: &DbSettings) -> Result<Pools, StoreError> {
    let options = sqlite_options(settings)?;
    // One writer: transactions queue here, in order, instead of failing on the file's lock.
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(settings.acquire_timeout)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let reading = options.clone().pragma("query_only", "on");
    Ok(Pools::Sqlite {
        writer: pool(1).connect_lazy_with(options),
        readers: pool(settings.pool_max).connect_lazy_with(reading.clone()),
        reserve: pool(1).connect_lazy_with(reading),
        presence: Arc::new(Presence::new("primary")),
    })
}

fn sqlite_options(settings: &DbSettings) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(&settings.url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A payment that was committed survives a power cut; NORMAL could lose the last ones.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(settings.lock_timeout))
}

/// Creates the folder that an SQLite file is to lie in.
pub(super) async fn create_folder(settings: &DbSettings) -> Result<(), StoreError> {
    let options = sqlite_options(settings)?;
    let folder = options.get_filename().parent();
    let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    tokio::fs::create_dir_all(folder)
        .await
        .map_err(|error| StoreError::Unavailable(error.into()))
}

/// The pool of one PostgreSQL. `presence` learns from its connections and tells which of them are worth nothing.
pub(super) fn postgres_pool(
    url: &str,
    settings: &DbSettings,
    presence: &Arc<Presence>,
) -> Result<PgPool, StoreError> {
    let milliseconds = |timeout: Duration| timeout.as_millis().to_string();
    let options = postgres_options(url)?.options([
        (
            "statement_timeout",
            milliseconds(settings.statement_timeout),
        ),
        ("lock_timeout", milliseconds(settings.lock_timeout)),
        // A client that vanished in the middle of a transaction must not keep its locks.
        (
            "idle_in_transaction_session_timeout",
            milliseconds(settings.statement_timeout * 4),
        ),
    ]);
    let presence = Arc::clone(presence);
    Ok(PgPoolOptions::new()
        // Kept open by the watch (`watch.rs`): the pool's own way waits minutes before it tries a lost server again,
        // and holds places in the pool while it waits.
        .min_connections(0)
        .max_connections(settings.pool_max)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        // A test before every use is a round trip, about 30 % of a point read; doubtful connections are tested below.
        .test_before_acquire(false)
        .before_acquire(move |connection, history| {
            let verdict = presence.judge(history.age, history.idle_for);
            Box::pin(async move {
                Ok(match verdict {
                    Verdict::Good => true,
                    Verdict::Obsolete => false,
                    Verdict::Doubtful => timeout(TEST, connection.ping())
                        .await
                        .is_ok_and(|answer| answer.is_ok()),
                })
            })
        })
        .connect_lazy_with(options))
}

/// The options of the URL alone, without the timeouts: migrations may take as long as they need.
pub(super) fn postgres_options(url: &str) -> Result<PgConnectOptions, StoreError> {
    Ok(PgConnectOptions::from_str(url)?.application_name("waybill"))
}
