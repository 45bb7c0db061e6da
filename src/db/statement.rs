//! The list of statements: every store names its own, and a test prepares them all on both databases.

/// A statement that a store runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Its text.
    pub sql: &'static str,
    /// Where it runs.
    pub databases: Databases,
}

/// The databases on which a statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Databases {
    /// The rule.
    Both,
    /// One half of a pair.
    Sqlite,
    /// The other half of a pair.
    Postgres,
}

impl Statement {
    /// A statement for both databases.
    #[must_use]
    pub const fn both(sql: &'static str) -> Self {
        Self {
            sql,
            databases: Databases::Both,
        }
    }

    /// A statement for SQLite only.
    #[must_use]
    pub const fn sqlite(sql: &'static str) -> Self {
        Self {
            sql,
            databases: Databases::Sqlite,
        }
    }

    /// A statement for PostgreSQL only.
    #[must_use]
    pub const fn postgres(sql: &'static str) -> Self {
        Self {
            sql,
            databases: Databases::Postgres,
        }
    }
}
