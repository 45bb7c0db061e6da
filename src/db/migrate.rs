//! Migrations: embedded, the same numbers and names for both databases, reversible.

use sqlx::migrate::Migrator;
use sqlx::{Connection, PgConnection};

use super::{Db, Pools, StoreError};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// A migration and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Whether it is applied.
    pub is_applied: bool,
}

/// Why the schema could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration failed, or the applied ones are not the embedded ones.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database could not be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The newest migration that this program knows of PostgreSQL's.
pub(super) fn newest() -> i64 {
    POSTGRES
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

impl Db {
    /// Applies every migration that is missing, then has the planner look at the tables. Safe to run from several
    /// instances at once (PostgreSQL: advisory lock).
    ///
    /// # Errors
    /// When a migration fails, or one that is applied is not the embedded one of that number.
    pub async fn migrate_up(&self) -> Result<(), MigrateError> {
        // Plans made on empty tables read the whole table ever after.
        const ANALYZE: &str = "analyze";
        if self.pending_migrations().await?.is_empty() {
            return Ok(());
        }
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await.map_err(StoreError::from)?;
                SQLITE.run_direct(None, &mut *connection, false).await?;
                sqlx::query(ANALYZE)
                    .execute(&mut *connection)
                    .await
                    .map_err(StoreError::from)?;
            }
            Pools::Postgres { primary, .. } => {
                let mut connection = primary.connect().await.map_err(StoreError::from)?;
                POSTGRES.run_direct(None, &mut connection, false).await?;
                sqlx::query(ANALYZE)
                    .execute(&mut connection)
                    .await
                    .map_err(StoreError::from)?;
                connection.close().await.map_err(StoreError::from)?;
            }
        }
        Ok(())
    }

    /// Reverts every migration above `target`; zero reverts all of them, and all data is gone.
    ///
    /// # Errors
    /// As [`Db::migrate_up`].
    pub async fn migrate_down(&self, target: i64) -> Result<(), MigrateError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => SQLITE.undo(writer, target).await?,
            Pools::Postgres { primary, .. } => {
                let mut connection = primary.connect().await.map_err(StoreError::from)?;
                POSTGRES.undo(&mut connection, target).await?;
                connection.close().await.map_err(StoreError::from)?;
            }
        }
        Ok(())
    }

    /// Every migration, in order, and whether it is applied. Writes nothing.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn migration_status(&self) -> Result<Vec<MigrationState>, StoreError> {
        let applied = self.applied_migrations().await?;
        let migrator = match &self.pools {
            Pools::Sqlite { .. } => &SQLITE,
            Pools::Postgres { .. } => &POSTGRES,
        };
        let ups = migrator
            .iter()
            .filter(|migration| !migration.migration_type.is_down_migration());
        Ok(ups
            .map(|migration| MigrationState {
                version: migration.version,
                name: migration.description.to_string(),
                is_applied: applied.contains(&migration.version),
            })
            .collect())
    }

    /// The migrations that are not applied.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn pending_migrations(&self) -> Result<Vec<MigrationState>, StoreError> {
        let mut states = self.migration_status().await?;
        states.retain(|state| !state.is_applied);
        Ok(states)
    }

    async fn applied_migrations(&self) -> Result<Vec<i64>, StoreError> {
        const HAS_TABLE_SQLITE: &str =
            "select count(*) from sqlite_master where name = '_sqlx_migrations'";
        const HAS_TABLE_POSTGRES: &str =
            "select count(*) from pg_catalog.pg_class where oid = to_regclass('_sqlx_migrations')";
        const APPLIED: &str = "select version from _sqlx_migrations order by version";
        match &self.pools {
            Pools::Sqlite { reserve, .. } => {
                let tables: i64 = sqlx::query_scalar(HAS_TABLE_SQLITE)
                    .fetch_one(reserve)
                    .await?;
                if tables == 0 {
                    return Ok(Vec::new());
                }
                Ok(sqlx::query_scalar(APPLIED).fetch_all(reserve).await?)
            }
            Pools::Postgres { primary, .. } => {
                let question = |mut connection: PgConnection| async move {
                    let tables: i64 = sqlx::query_scalar(HAS_TABLE_POSTGRES)
                        .fetch_one(&mut connection)
                        .await?;
                    let mut applied = Vec::new();
                    if tables > 0 {
                        let rows = sqlx::query_scalar(APPLIED).fetch_all(&mut connection);
                        applied = rows.await?;
                    }
                    Ok((applied, connection))
                };
                Ok(primary.ask(question).await?)
            }
        }
    }
}
