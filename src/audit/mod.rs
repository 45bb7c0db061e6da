//! The audit log: who did what to what, in the transaction of the change.
//!
//! Owns the table `audit_logs`, which is append-only by trigger. A row exists exactly when its change committed.

mod error;
mod model;
mod service;
pub mod store;

pub use error::AuditError;
pub use model::{AuditFilter, AuditLog, Entry, Metadata};
pub use service::Audit;
pub(crate) use store::metadata_text;

use crate::context::RequestContext;
use crate::db::{Queryable, StoreError, Tx};
use crate::domain::{AuditLogId, Ids};

/// Writes down what `ctx`'s actor did.
///
/// # Errors
/// When the database fails; the change must not commit then.
pub async fn record(
    tx: &mut Tx,
    ids: &Ids,
    ctx: &RequestContext,
    entry: &Entry,
) -> Result<(), StoreError> {
    store::insert(tx, ids.next::<AuditLogId>(), ctx, entry).await
}

/// The oldest rows about `entity_id` whose action is one of `actions`, oldest first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn history(
    db: &mut impl Queryable,
    entity_id: uuid::Uuid,
    actions: [&'static str; 2],
) -> Result<Vec<AuditLog>, StoreError> {
    store::list_history(db, entity_id, actions).await
}
