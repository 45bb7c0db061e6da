//! What a row of the audit log says.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::{AuditLogId, Timestamp, UserId};

/// Details of a row, by name. A change of state has `from` and `to`.
pub type Metadata = BTreeMap<String, Option<String>>;

/// What happened, for the log. Who, when and in which request comes from the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened, such as `order.status_changed`.
    pub action: &'static str,
    /// The kind of thing it happened to, such as `order`.
    pub entity_type: &'static str,
    /// That thing.
    pub entity_id: Uuid,
    /// Details.
    pub metadata: Metadata,
}

impl Entry {
    /// That `action` happened to the `entity_type` called `entity_id`.
    #[must_use]
    pub fn new(
        action: &'static str,
        entity_type: &'static str,
        entity_id: impl Into<Uuid>,
    ) -> Self {
        Self {
            action,
            entity_type,
            entity_id: entity_id.into(),
            metadata: Metadata::new(),
        }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.metadata
            .insert(name.to_owned(), Some(value.to_string()));
        self
    }

    /// Adds a detail where there is one.
    #[must_use]
    pub fn with_option(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLog {
    /// Its id.
    pub id: AuditLogId,
    /// Its place in the log.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub action: String,
    /// The kind of thing it happened to.
    pub entity_type: String,
    /// That thing.
    pub entity_id: Uuid,
    /// `user`, `api_key` or `system`.
    pub actor_type: String,
    /// The account behind it; none for the system.
    pub actor_id: Option<UserId>,
    /// The request.
    pub request_id: Option<String>,
    /// The client's address.
    pub ip: Option<String>,
    /// Details.
    pub metadata: Metadata,
}

/// Which rows to list; none means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Rows with this action.
    pub action: Option<String>,
    /// Rows about this kind of thing.
    pub entity_type: Option<String>,
    /// Rows about this thing. A text that is no id finds nothing.
    pub entity_id: Option<String>,
    /// Rows that this account is behind.
    pub actor_id: Option<UserId>,
    /// Rows of this time or later.
    pub from: Option<Timestamp>,
    /// Rows of before this time.
    pub to: Option<Timestamp>,
}
