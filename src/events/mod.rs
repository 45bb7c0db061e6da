//! Events: what others want to hear of, as rows of the transaction that made it happen.
//!
//! Owns the table `outbox`. A dispatcher delivers the rows at least once; a change that did not commit has no event.

pub mod store;

use serde_json::Value;

use crate::db::{Queryable, StoreError, Tx};
use crate::domain::{EventId, Ids, Timestamp, UserId};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened, such as `order.paid`.
    pub event_type: &'static str,
    /// Whose event it is.
    pub user_id: Option<UserId>,
    /// What it happened to.
    pub entity_id: uuid::Uuid,
    /// What subscribers are told.
    pub payload: Value,
}

/// Writes `event` into the outbox.
///
/// # Errors
/// When the database fails.
pub async fn announce(
    tx: &mut Tx,
    ids: &Ids,
    now: Timestamp,
    event: &Event,
) -> Result<(), StoreError> {
    store::insert(tx, ids.next::<EventId>(), event, now).await
}

/// How many events wait to be delivered.
///
/// # Errors
/// When the database fails.
pub async fn count_waiting(db: &mut impl Queryable) -> Result<i64, StoreError> {
    store::count_waiting(db).await
}
