//! Databases for tests inside the crate: an own migrated SQLite file, and an own PostgreSQL database when
//! `TEST_POSTGRES_URL` names a server.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Db, DbSettings};

/// A database of one test alone, and what has to live as long as it.
pub(crate) struct TestDatabase {
    /// Migrated and empty.
    pub(crate) db: Db,
    _folder: Option<TempDir>,
}

/// One database of each kind that this machine offers.
pub(crate) async fn databases() -> Vec<TestDatabase> {
    let mut databases = vec![sqlite().await];
    databases.extend(postgres().await);
    databases
}

async fn sqlite() -> TestDatabase {
    let folder = TempDir::new().unwrap();
    let settings = DbSettings::new(format!("sqlite://{}", folder.path().join("test.db").display()));
    TestDatabase { db: migrated(&settings).await, _folder: Some(folder) }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where PostgreSQL is")]
async fn postgres() -> Option<TestDatabase> {
    let server = std::env::var("TEST_POSTGRES_URL").ok()?;
    let name = format!("waybill_{}", Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(&server).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let query = server.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
    let settings = DbSettings::new(format!("{base}/{name}{query}"));
    Some(TestDatabase { db: migrated(&settings).await, _folder: None })
}

async fn migrated(settings: &DbSettings) -> Db {
    let db = Db::connect(settings).await.unwrap();
    db.migrate_up().await.unwrap();
    db
}
