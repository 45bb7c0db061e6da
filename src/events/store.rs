//! SQL of the outbox.

use serde_json::Value;
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Event, PublishedEvent};
use crate::context::RequestContext;
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{EventId, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(COUNT_WAITING),
    Statement::both(HAS_WAITING),
    Statement::sqlite(PUBLISH_SQLITE),
    Statement::postgres(PUBLISH_POSTGRES),
    Statement::both(PURGE),
];

/// Events that one transaction publishes at most.
pub(super) const BATCH: usize = 100;
/// Rows that one purge deletes at most, so that nobody waits for its locks.
pub(super) const PURGE_ROWS: usize = 1_000;

const INSERT: &str = "
    insert into outbox (id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(super) async fn insert(
    tx: &mut Tx,
    id: EventId,
    ctx: &RequestContext,
    event: &Event,
) -> Result<(), StoreError> {
    let payload = event.payload.to_string();
    on!(tx, |c| query(INSERT)
        .bind(id)
        .bind(event.event_type)
        .bind(event.user_id)
        .bind(event.entity_id)
        .bind(payload)
        .bind(ctx.now)
        .bind(&*ctx.request_id)
        .bind(ctx.traceparent.as_deref())
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

const HAS_WAITING: &str = "
    select 1
    from outbox
    where published_at is null
    limit 1";

/// Whether an event waits. Takes no lock.
pub(super) async fn has_waiting(db: &mut impl Queryable) -> Result<bool, StoreError> {
    let found: Option<i32> = on!(db, |c| query_scalar(HAS_WAITING).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// One writer at a time: nobody else can be publishing the same events.
const PUBLISH_SQLITE: &str = "
    update outbox
    set published_at = $1
    where id in (
        select id
        from outbox
        where published_at is null
        order by id
        limit 100)
    returning id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent";

/// Whoever comes at the same time publishes the next ones.
const PUBLISH_POSTGRES: &str = "
    update outbox
    set published_at = $1
    where id in (
        select id
        from outbox
        where published_at is null
        order by id
        limit 100
        for update skip locked)
    returning id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent";

#[derive(FromRow)]
struct Row {
    id: EventId,
    event_type: String,
    user_id: Option<UserId>,
    entity_id: Uuid,
    payload: String,
    created_at: Timestamp,
    request_id: Option<String>,
    traceparent: Option<String>,
}

/// Marks up to a hundred events as published and returns them, the oldest first.
pub(super) async fn publish(
    tx: &mut Tx,
    now: Timestamp,
) -> Result<Vec<PublishedEvent>, StoreError> {
    let mut rows: Vec<Row> = on!(tx, [PUBLISH_SQLITE, PUBLISH_POSTGRES], |c, sql| query_as(
        sql
    )
    .bind(now)
    .fetch_all(c)
    .await)?;
    rows.sort_unstable_by_key(|row| row.id);
    rows.into_iter().map(event).collect()
}

fn event(row: Row) -> Result<PublishedEvent, StoreError> {
    let payload: Value =
        serde_json::from_str(&row.payload).map_err(|_| StoreError::Corrupt("outbox.payload"))?;
    Ok(PublishedEvent {
        id: row.id,
        event_type: row.event_type,
        user_id: row.user_id,
        entity_id: row.entity_id,
        payload,
        created_at: row.created_at,
        request_id: row.request_id,
        traceparent: row.traceparent,
    })
}

const PURGE: &str = "
    delete from outbox
    where id in (
        select id
        from outbox
        where published_at < $1
        order by published_at
        limit 1000)
    returning id";

/// Deletes up to a thousand events that were published before a moment. Returns how many.
pub(super) async fn purge(tx: &mut Tx, before: Timestamp) -> Result<usize, StoreError> {
    let deleted: Vec<EventId> = on!(tx, |c| query_scalar(PURGE).bind(before).fetch_all(c).await)?;
    Ok(deleted.len())
}
