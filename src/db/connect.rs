//! Opens the pools with the options that correctness and speed rest on.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{DbSettings, Pools, StoreError};

/// How long a connection that nobody uses stays open.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// After which a connection is renewed, and with it plans that were made when tables were small.
const MAX_LIFETIME: Duration = Duration::from_mins(10);

pub(super) async fn open(settings: &DbSettings) -> Result<Pools, StoreError> {
    if settings.url.starts_with("sqlite:") {
        open_sqlite(settings).await
    } else {
        open_postgres(settings).await
    }
}

async fn open_sqlite(settings: &DbSettings) -> Result<Pools, StoreError> {
    let options = SqliteConnectOptions::from_str(&settings.url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A payment that was committed survives a power cut; NORMAL could lose the last ones.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(settings.lock_timeout);
    create_folder_of(options.get_filename()).await?;

    // One writer: transactions queue here, in order, instead of failing on the file's lock.
    let writer = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(settings.pool_max)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "on"))
        .await?;
    Ok(Pools::Sqlite { writer, readers })
}

async fn create_folder_of(file: &Path) -> Result<(), StoreError> {
    let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    tokio::fs::create_dir_all(folder)
        .await
        .map_err(|error| StoreError::Unavailable(error.into()))
}

async fn open_postgres(settings: &DbSettings) -> Result<Pools, StoreError> {
    let milliseconds = |timeout: Duration| timeout.as_millis().to_string();
    let options = postgres_options(settings)?.options([
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
    let pool = PgPoolOptions::new()
        .min_connections(settings.pool_min)
        .max_connections(settings.pool_max)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        // The test is a round trip before every use, about 30 % of a point read.
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(Pools::Postgres(pool))
}

/// The options of the URL alone, without the timeouts: migrations may take as long as they need.
pub(super) fn postgres_options(settings: &DbSettings) -> Result<PgConnectOptions, StoreError> {
    Ok(PgConnectOptions::from_str(&settings.url)?.application_name("waybill"))
}
