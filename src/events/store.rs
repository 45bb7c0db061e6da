//! SQL of the outbox.

use sqlx::{query, query_scalar};

use super::Event;
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{EventId, Timestamp};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[Statement::both(INSERT), Statement::both(COUNT_WAITING)];

const INSERT: &str = "
    insert into outbox (id, event_type, user_id, entity_id, payload, created_at)
    values ($1, $2, $3, $4, $5, $6)";

pub(super) async fn insert(
    tx: &mut Tx,
    id: EventId,
    event: &Event,
    now: Timestamp,
) -> Result<(), StoreError> {
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

const COUNT_WAITING: &str = "
    select count(*)
    from outbox
    where published_at is null";

pub(super) async fn count_waiting(db: &mut impl Queryable) -> Result<i64, StoreError> {
    Ok(on!(db, |c| query_scalar(COUNT_WAITING).fetch_one(c).await)?)
}
