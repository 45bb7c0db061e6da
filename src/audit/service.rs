//! Reading the log.

use uuid::Uuid;

use super::{AuditError, AuditFilter, AuditLog, store};
use crate::db::Db;
use crate::domain::{CursorKey, Feed};

/// The name that this feed's cursors are bound to.
const FEED: &str = "audit-logs";

/// Reads the audit log.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The database.
    pub db: Db,
    /// Authenticates cursors.
    pub cursors: CursorKey,
}

impl Audit {
    /// The rows that match `filter`, newest first, from where `cursor` left off; from a replica, if there is
    /// one.
    ///
    /// # Errors
    /// [`AuditError::InvalidCursor`] for a cursor of somewhere else.
    pub async fn list(
        &self,
        filter: &AuditFilter,
        cursor: Option<&str>,
        limit: i64,
    ) -> Result<Feed<AuditLog>, AuditError> {
        let before = cursor
            .map(|cursor| self.cursors.decode(FEED, cursor))
            .transpose()?;
        let entity_id = match &filter.entity_id {
            Some(text) => match Uuid::try_parse(text) {
                Ok(id) => Some(id),
                Err(_) => {
                    return Ok(Feed {
                        items: Vec::new(),
                        limit,
                        next_cursor: None,
                    });
                }
            },
            None => None,
        };
        let rows = self
            .db
            .read_replica(|mut read| async move {
                let more = limit.saturating_add(1);
                store::list(&mut read, filter, entity_id, before, more).await
            })
            .await?;
        Ok(Feed::new(rows, limit, |last| {
            self.cursors.encode(FEED, last.seq)
        }))
    }
}
