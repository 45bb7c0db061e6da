//! What can go wrong in a database, told alike for both.

use openapi_runtime::{Failure, IntoFailure};
use sqlx::error::DatabaseError;

/// A failure of the database. Stores let callers act on the first three; the rest is nobody's business but the operator's.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique constraint or primary key was violated: its name.
    #[error("unique constraint {0} is violated")]
    Unique(String),
    /// A foreign key was violated. SQLite does not say which.
    #[error("a foreign key is violated")]
    ForeignKey(#[source] sqlx::Error),
    /// A check was violated: its name.
    #[error("check {0} is violated")]
    Check(String),
    /// A conflict with another transaction that is gone when the transaction runs again:
    /// serialization failure, deadlock, `SQLITE_BUSY`.
    #[error("the transaction met another one")]
    Busy(#[source] sqlx::Error),
    /// A row stayed locked for longer than the configured wait.
    #[error("a lock was not granted in time")]
    LockTimeout(#[source] sqlx::Error),
    /// A statement took longer than it may.
    #[error("a statement took too long")]
    StatementTimeout(#[source] sqlx::Error),
    /// No connection came free in time.
    #[error("no connection came free in time")]
    PoolExhausted,
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A bug, here or in the schema.
    #[error("the database refused a statement")]
    Unexpected(#[source] sqlx::Error),
    /// A row holds what no code writes.
    #[error("{0} holds a value that cannot be read")]
    Corrupt(&'static str),
}

impl StoreError {
    /// Whether running the transaction again may succeed.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    /// The stable code that clients see.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy(_)
            | Self::LockTimeout(_)
            | Self::StatementTimeout(_)
            | Self::PoolExhausted
            | Self::Unavailable(_) => "SERVICE_UNAVAILABLE",
            _ => "INTERNAL_ERROR",
        }
    }

    /// Whether this is a violation of the unique constraint `name`.
    #[must_use]
    pub fn is_unique(&self, name: &str) -> bool {
        matches!(self, Self::Unique(violated) if violated == name)
    }
}

impl IntoFailure for StoreError {
    fn into_failure(self) -> Failure {
        let code = self.code();
        let message = match code {
            "SERVICE_UNAVAILABLE" => "The service is busy, try again shortly",
            _ => "Something went wrong on our side",
        };
        Failure::new(code, message).with_source(self)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let error = Self::of(error);
        if let Some(kind) = error.kind() {
            metrics::counter!("db_client_errors_total", "kind" => kind).increment(1);
        }
        error
    }
}

impl StoreError {
    /// How metrics call it; none for what the rules expect to happen.
    const fn kind(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unique(_) | Self::ForeignKey(_) | Self::Check(_) => return None,
            Self::Busy(_) => "conflict",
            Self::LockTimeout(_) => "lock_timeout",
            Self::StatementTimeout(_) => "statement_timeout",
            Self::PoolExhausted => "pool_exhausted",
            Self::Unavailable(_) => "unavailable",
            Self::Unexpected(_) => "unexpected",
            Self::Corrupt(_) => "corrupt",
        })
    }

    fn of(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().into_owned();
                if is_sqlite(database.as_ref()) {
                    let message = database.message().to_owned();
                    from_sqlite(code.parse().unwrap_or(0), &message, error)
                } else {
                    let constraint = database.constraint().unwrap_or_default().to_owned();
                    from_postgres(&code, constraint, error)
                }
            }
            sqlx::Error::PoolTimedOut => Self::PoolExhausted,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Configuration(_) => Self::Unavailable(error.into()),
            _ => Self::Unexpected(error),
        }
    }
}

/// Whether the connection is dead, or leads to a server that cannot be used: a new one may be better.
pub(super) fn is_dead_connection(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::BeginFailed | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            code.starts_with("57P") || code.starts_with("08") || code == "25P03"
        }),
        _ => false,
    }
}

/// Whether the connection leads to a server that no longer is the one that can be written to: it was demoted.
pub(super) fn is_elsewhere(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(database) if database.code().as_deref() == Some("25006"))
}

/// Whether the server is there and has no room for one more connection.
pub(super) fn is_full(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(database) if database.code().as_deref() == Some("53300"))
}

fn is_sqlite(error: &(dyn DatabaseError + 'static)) -> bool {
    error
        .try_downcast_ref::<sqlx::sqlite::SqliteError>()
        .is_some()
}

/// SQLSTATE codes, appendix A of the PostgreSQL manual.
fn from_postgres(code: &str, constraint: String, error: sqlx::Error) -> StoreError {
    match code {
        "23505" => StoreError::Unique(constraint),
        "23503" => StoreError::ForeignKey(error),
        "23514" => StoreError::Check(constraint),
        "40001" | "40P01" => StoreError::Busy(error),
        "55P03" => StoreError::LockTimeout(error),
        "57014" => StoreError::StatementTimeout(error),
        // A server that was demoted; a password or a name that is wrong at the moment; a commit whose outcome nobody knows.
        "25006" | "25P03" | "28000" | "28P01" | "3D000" | "40003" => {
            StoreError::Unavailable(error.into())
        }
        // The connection failed, resources ran out, the operator stepped in, the system failed.
        _ if ["08", "53", "57P", "58"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            StoreError::Unavailable(error.into())
        }
        _ => StoreError::Unexpected(error),
    }
}

/// Extended result codes of <https://www.sqlite.org/rescode.html>.
fn from_sqlite(code: i32, message: &str, error: sqlx::Error) -> StoreError {
    const CONSTRAINT_CHECK: i32 = 275;
    const CONSTRAINT_FOREIGNKEY: i32 = 787;
    const CONSTRAINT_PRIMARYKEY: i32 = 1555;
    const CONSTRAINT_UNIQUE: i32 = 2067;
    const CONSTRAINT_ROWID: i32 = 2579;
    let subject = message.split_once(": ").map_or("", |(_, subject)| subject);
    match code {
        CONSTRAINT_UNIQUE => StoreError::Unique(unique_name(subject)),
        CONSTRAINT_PRIMARYKEY | CONSTRAINT_ROWID => {
            let table = subject.split('.').next().unwrap_or_default();
            StoreError::Unique(format!("{table}_pkey"))
        }
        CONSTRAINT_FOREIGNKEY => StoreError::ForeignKey(error),
        CONSTRAINT_CHECK => StoreError::Check(subject.to_owned()),
        _ => match code & 0xff {
            // SQLITE_BUSY, SQLITE_LOCKED
            5 | 6 => StoreError::Busy(error),
            // SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
            10 | 13 | 14 => StoreError::Unavailable(error.into()),
            _ => StoreError::Unexpected(error),
        },
    }
}

/// SQLite names the columns (`transfers.kind, transfers.ref_id`); the schema names constraints after them.
fn unique_name(columns: &str) -> String {
    let mut name = columns.split('.').next().unwrap_or_default().to_owned();
    for column in columns.split(", ") {
        name.push('_');
        name.push_str(column.rsplit('.').next().unwrap_or_default());
    }
    name.push_str("_key");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_is_named_after_its_columns() {
        assert_eq!(unique_name("users.email"), "users_email_key");
        assert_eq!(
            unique_name("transfers.kind, transfers.ref_type, transfers.ref_id"),
            "transfers_kind_ref_type_ref_id_key"
        );
    }
}
