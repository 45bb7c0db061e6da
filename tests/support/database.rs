//! A database for each test: a copy of a template that is migrated and peopled once per process.

use std::{
    path::PathBuf,
    sync::Arc,
    sync::atomic::{AtomicU32, AtomicU64, Ordering},
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _,
    postgres::{PgConnectOptions, PgConnection},
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use waybill::domain::{Clock, Timestamp};

use super::server::{People, populate};

/// Where the clock of every test starts: 2026-01-02T03:04:05.678Z.
pub const START: Timestamp = Timestamp::from_micros(1_767_323_045_678_000);

/// The two databases that everything runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// One database, on its own.
#[derive(Debug, Clone)]
pub struct Database {
    /// Which of the two.
    pub backend: Backend,
    /// What `DATABASE_URL` would say.
    pub url: String,
    /// Who is in it; empty in an empty database.
    pub people: Arc<People>,
    /// The time of every server on it.
    pub clock: Clock,
    /// How many servers ran on it; each draws its ids from a seed of its own.
    pub servers: Arc<AtomicU64>,
    name: String,
    folder: Option<Arc<TempDir>>,
}

/// What copies are made of.
struct Template {
    /// The whole file (SQLite).
    bytes: Vec<u8>,
    /// The name of the database (PostgreSQL).
    name: String,
    people: Arc<People>,
}

impl Database {
    /// A migrated database with the people of [`People`] in it and nothing else.
    pub async fn migrated(backend: Backend) -> Self {
        static SQLITE: OnceCell<Template> = OnceCell::const_new();
        static POSTGRES: OnceCell<Template> = OnceCell::const_new();
        let template = match backend {
            Backend::Sqlite => SQLITE.get_or_init(|| Template::make(backend)).await,
            Backend::Postgres => POSTGRES.get_or_init(|| Template::make(backend)).await,
        };
        let mut database = match backend {
            Backend::Sqlite => {
                let database = Self::sqlite();
                std::fs::write(database.file(), &template.bytes).expect("a copy can be written");
                database
            }
            Backend::Postgres => Self::postgres(Some(&template.name)).await,
        };
        database.people = Arc::clone(&template.people);
        // The people were made at the start; whatever a test makes is younger.
        database.clock.advance(Duration::from_mins(1));
        database
    }

    /// A database without tables.
    pub async fn empty(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::sqlite(),
            Backend::Postgres => Self::postgres(None).await,
        }
    }

    fn sqlite() -> Self {
        let folder = tempfile::Builder::new().prefix("waybill-test-").tempdir();
        let folder = folder.expect("a temporary folder can be made");
        let url = format!("sqlite://{}", folder.path().join("waybill.db").display());
        Self {
            backend: Backend::Sqlite,
            url,
            people: Arc::default(),
            clock: Clock::test(START),
            servers: Arc::default(),
            name: String::new(),
            folder: Some(Arc::new(folder)),
        }
    }

    async fn postgres(template: Option<&str>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("waybill_test_{}_{count}", std::process::id());
        let template = template.unwrap_or("template0");
        administer(&format!("create database {name} template {template}")).await;
        let url = server_url();
        let (server, _) = url
            .rsplit_once('/')
            .expect("TEST_POSTGRES_URL names a database");
        Self {
            backend: Backend::Postgres,
            url: format!("{server}/{name}"),
            people: Arc::default(),
            clock: Clock::test(START),
            servers: Arc::default(),
            name,
            folder: None,
        }
    }

    /// The empty database at `url`, on a PostgreSQL of the test's own, migrated and peopled like every other.
    pub async fn peopled(url: String) -> Self {
        let mut database = Self::at(url);
        database.people = Arc::new(populate(&database).await);
        database.clock.advance(Duration::from_mins(1));
        database
    }

    /// The database at `url`, as it is.
    pub fn at(url: String) -> Self {
        Self {
            backend: Backend::Postgres,
            url,
            people: Arc::default(),
            clock: Clock::test(START),
            servers: Arc::default(),
            name: String::new(),
            folder: None,
        }
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(self.url.trim_start_matches("sqlite://"))
    }

    /// Removes it, whoever may still be connected.
    pub async fn remove(self) {
        if self.backend == Backend::Postgres {
            administer(&format!(
                "drop database if exists {} with (force)",
                self.name
            ))
            .await;
        }
        drop(self.folder);
    }

    /// Runs statements that answer nothing.
    pub async fn execute(&self, sql: &str) {
        self.try_execute(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Runs statements that may be refused.
    pub async fn try_execute(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self.backend {
            Backend::Sqlite => self
                .sqlite_connection()
                .await
                .execute(sqlx::raw_sql(sql))
                .await
                .map(drop),
            Backend::Postgres => self
                .postgres_connection()
                .await
                .execute(sqlx::raw_sql(sql))
                .await
                .map(drop),
        }
    }

    /// The rows of a query whose columns are all text; null becomes `null`.
    pub async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let sql = AssertSqlSafe(sql.to_owned());
        macro_rules! texts {
            ($connection:expr) => {{
                let rows = sqlx::query(sql)
                    .fetch_all(&mut $connection)
                    .await
                    .expect("a query");
                let text = |row: &_, at: usize| -> String {
                    let text: Option<String> = sqlx::Row::get(row, at);
                    text.unwrap_or_else(|| "null".to_owned())
                };
                let columns = rows.first().map_or(0, |row| row.columns().len());
                rows.iter()
                    .map(|row| (0..columns).map(|at| text(row, at)).collect())
                    .collect()
            }};
        }
        match self.backend {
            Backend::Sqlite => texts!(self.sqlite_connection().await),
            Backend::Postgres => texts!(self.postgres_connection().await),
        }
    }

    /// The one number of a query like `select count(*) from orders`.
    pub async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(&format!("select cast(({sql}) as text)")).await;
        rows[0][0].parse().expect("a number")
    }

    /// A connection of the test's own (SQLite).
    pub async fn sqlite_connection(&self) -> SqliteConnection {
        let options: SqliteConnectOptions = self.url.parse().expect("an address");
        options
            .create_if_missing(true)
            .connect()
            .await
            .expect("the file can be opened")
    }

    /// A connection of the test's own (PostgreSQL).
    pub async fn postgres_connection(&self) -> PgConnection {
        let options: PgConnectOptions = self.url.parse().expect("an address");
        options
            .connect()
            .await
            .expect("the server of TEST_POSTGRES_URL answers")
    }
}

impl Template {
    async fn make(backend: Backend) -> Self {
        let database = Database::empty(backend).await;
        let people = Arc::new(populate(&database).await);
        let (bytes, name) = match backend {
            Backend::Sqlite => {
                // Everything in one file: what is still in the write-ahead log would be lost.
                database.execute("pragma wal_checkpoint(truncate)").await;
                (
                    std::fs::read(database.file()).expect("the file can be read"),
                    String::new(),
                )
            }
            Backend::Postgres => {
                let name = format!("waybill_template_{}", std::process::id());
                let taken = format!("drop database if exists {name} with (force)");
                administer(&taken).await;
                let made = &database.name;
                let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname";
                administer(&format!("{end} = '{made}'")).await;
                administer(&format!("alter database {made} rename to {name}")).await;
                (Vec::new(), name)
            }
        };
        Self {
            bytes,
            name,
            people,
        }
    }
}

/// The PostgreSQL that `tests/with-services` started.
fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL is not set: run `make test`, or `tests/with-services cargo test …`",
    )
}

async fn administer(sql: &str) {
    let options: PgConnectOptions = server_url()
        .parse()
        .expect("TEST_POSTGRES_URL is an address");
    let mut connection = options
        .connect()
        .await
        .expect("the server of TEST_POSTGRES_URL answers");
    let done = connection
        .execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())))
        .await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection
        .close()
        .await
        .expect("a connection can be closed");
}
