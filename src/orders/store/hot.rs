//! The hot paths on PostgreSQL: a network round trip costs more there than the statement, so creating writes everything in
//! one, and so does paying, next door. These two files are the one place where a store writes tables of other features;
//! the SQLite side of each statement is the sequence of calls that its service makes, and the same tests run on both.
//!
//! The statement hangs on its first `update`: the other parts select from it, so they do nothing when its guard fails.

use sqlx::{query, query_scalar};
use uuid::Uuid;

use super::super::{Order, OrderItem};
use super::write::search_text;
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Lease, Statement, StoreError, on_postgres};
use crate::domain::{AuditLogId, EventId, Ids};
use crate::events::Event;

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[Statement::postgres(PLACE), Statement::postgres(TELL)];

const PLACE: &str = "
    with reserved as (
        update products
        set reserved = reserved + $14, version = version + 1
        where id = $10 and not archived and price = $15 and on_hand - reserved >= $14
        returning id
    ), placed as (
        insert into orders
            (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at,
             paid_at, version, created_at, updated_at)
        select cast($1 as uuid), cast($2 as uuid), cast($3 as text), cast($4 as text), cast($5 as bigint),
            cast($6 as bigint), cast($7 as bigint), 0, cast($8 as text), cast($9 as bigint), null, 1,
            cast($16 as bigint), cast($16 as bigint)
        from reserved
    ), listed as (
        insert into order_items
            (user_id, order_id, line, product_id, sku, name, search, quantity, unit_price, subtotal)
        select cast($1 as uuid), cast($2 as uuid), 1, id, cast($11 as text), cast($12 as text), cast($13 as text),
            cast($14 as bigint), cast($15 as bigint), cast($5 as bigint)
        from reserved
    )
    insert into reservations (user_id, order_id, line, product_id, quantity, status, created_at, updated_at)
    select cast($1 as uuid), cast($2 as uuid), 1, id, cast($14 as bigint), 'ACTIVE', cast($16 as bigint),
        cast($16 as bigint)
    from reserved
    returning line";

/// Reserves the stock of a new order of one item and writes it. False, and nothing written, when the stock cannot be had.
pub(in super::super) async fn place(
    lease: &mut Lease,
    order: &Order,
    item: &OrderItem,
) -> Result<bool, StoreError> {
    let line: Option<i64> = on_postgres!(lease, |c| query_scalar(PLACE)
        .bind(order.user_id)
        .bind(order.id)
        .bind(order.status)
        .bind(order.currency)
        .bind(order.subtotal)
        .bind(order.discount)
        .bind(order.total)
        .bind(&order.coupon_code)
        .bind(order.expires_at)
        .bind(item.product_id)
        .bind(&item.sku)
        .bind(&item.name)
        .bind(search_text(item))
        .bind(item.quantity)
        .bind(item.unit_price)
        .bind(order.created_at)
        .fetch_optional(c)
        .await)?;
    Ok(line.is_some())
}

const TELL: &str = "
    with audited as (
        insert into audit_logs
            (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )
    insert into outbox (id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent)
    values ($11, $12, $13, $14, $15, $2, $8, $16)";

/// Writes an audit row and an event.
pub(in super::super) async fn tell(
    lease: &mut Lease,
    ids: &Ids,
    ctx: &RequestContext,
    entry: &Entry,
    event: &Event,
) -> Result<(), StoreError> {
    on_postgres!(lease, |c| query(TELL)
        .bind(ids.next::<AuditLogId>())
        .bind(ctx.now)
        .bind(entry.action)
        .bind(entry.entity_type)
        .bind::<Uuid>(entry.entity_id)
        .bind(ctx.actor.kind())
        .bind(ctx.actor.user_id())
        .bind(&*ctx.request_id)
        .bind(ctx.client_ip.map(|ip| ip.to_string()))
        .bind(audit::metadata_text(entry))
        .bind(ids.next::<EventId>())
        .bind(event.event_type)
        .bind(event.user_id)
        .bind(event.entity_id)
        .bind(event.payload.to_string())
        .bind(ctx.traceparent.as_deref())
        .execute(c)
        .await)?;
    Ok(())
}
