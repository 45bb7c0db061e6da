//! SQL of the outbox.

use sqlx::query;

use super::Event;
use crate::db::{Statement, StoreError, Tx, on};
use crate::domain::{EventId, Timestamp};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[Statement::both(INSERT)];

const INSERT: &str = "
    insert into outbox (id, event_type, user_id, entity_id, payload, created_at)
    values ($1, $2, $3, $4, $5, $6)";

pub(super) async fn insert(tx: &mut Tx, id: EventId, event: &Event, now: Timestamp) -> Result<(), StoreError> {
    let payload = event.payload.to_string();
    on!(tx, |c| query(INSERT)
        .bind(id)
        .bind(event.event_type)
        .bind(event.user_id)
        .bind(event.entity_id)
        .bind(payload)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}
