//! The hot paths on PostgreSQL: a network round trip costs more there than the statement, so creating and paying write
//! everything in one. This file is the one place where a store writes tables of other features; the SQLite side of each
//! statement is the sequence of calls that its service makes, and the same tests run on both.
//!
//! Each statement hangs on its first `update`: the other parts select from it, so they do nothing when its guard fails.
//! They also take their locks in that order: order, wallet, stock.

use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::super::{Order, OrderItem};
use super::{Row, gather, write::search_text};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Lease, Statement, StoreError, on_postgres};
use crate::domain::{AuditLogId, EventId, Ids, OrderId, PaymentId, Timestamp, TransferId, UserId};
use crate::events::Event;

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    Statement::postgres(PLACE),
    Statement::postgres(PAY),
    Statement::postgres(TELL),
];

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

/// The account of sales is spelled from the currency, as `wallets::house_account` does.
const PAY: &str = "
    with o as (
        select *
        from orders
        where user_id = $1 and id = $2
        for no key update
    ), debited as (
        update wallets w
        set balance = w.balance - o.total, entries = w.entries + 1, updated_at = $3
        from o
        where w.user_id = o.user_id and w.currency = o.currency and w.balance >= o.total and o.total > 0
          and (o.status = 'CONFIRMED' or (o.status = 'PENDING' and o.expires_at > $3))
        returning w.account_id, w.balance, w.entries, o.total, o.currency
    ), transferred as (
        insert into transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
        select cast($4 as uuid), 'PAYMENT', 'order', $2, $1, $2, total, currency, $3
        from debited
    ), posted as (
        insert into postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
        select $1, cast($4 as uuid), account_id, - total, currency, entries, balance, $3
        from debited
        union all
        select $1, cast($4 as uuid),
            cast('00000000-0000-8000-8000-' || encode(convert_to('SAL' || currency, 'UTF8'), 'hex') as uuid),
            total, currency, null, null, $3
        from debited
    ), sold as (
        update reservations r
        set status = 'SOLD', updated_at = $3
        from debited
        where r.user_id = $1 and r.order_id = $2 and r.status = 'ACTIVE'
        returning r.product_id, r.quantity
    ), shipped as (
        update products p
        set on_hand = p.on_hand - s.quantity, reserved = p.reserved - s.quantity, version = p.version + 1
        from (select product_id, cast(sum(quantity) as bigint) as quantity from sold group by product_id) s
        where p.id = s.product_id
    ), paid as (
        insert into payments (user_id, order_id, id, amount, currency, status, created_at, updated_at)
        select $1, $2, cast($5 as uuid), total, currency, 'COMPLETED', $3, $3
        from debited
    ), advanced as (
        update orders
        set status = 'PAID', paid_at = $3, expires_at = null, version = orders.version + 1, updated_at = $3
        from debited
        where orders.user_id = $1 and orders.id = $2
    )
    select o.user_id, o.id, o.status, o.currency, o.subtotal, o.discount, o.total, o.refunded_amount,
        o.coupon_code, o.expires_at, o.paid_at, o.version, o.created_at, o.updated_at,
        i.product_id, i.sku, i.name, i.quantity, i.unit_price, i.subtotal as item_subtotal,
        exists (select 1 from debited) as is_charged
    from o
    join order_items i on i.user_id = o.user_id and i.order_id = o.id
    order by i.line";

#[derive(sqlx::FromRow)]
struct PayRow {
    #[sqlx(flatten)]
    row: Row,
    is_charged: bool,
}

/// Locks the user's order and, when it can be paid and costs something, pays it. Returns the order as it was before,
/// and whether it is paid now.
pub(in super::super) async fn pay(
    lease: &mut Lease,
    user: UserId,
    id: OrderId,
    transfer: TransferId,
    payment: PaymentId,
    now: Timestamp,
) -> Result<Option<(Order, bool)>, StoreError> {
    let rows: Vec<PayRow> = on_postgres!(lease, |c| query_as(PAY)
        .bind(user)
        .bind(id)
        .bind(now)
        .bind(transfer)
        .bind(payment)
        .fetch_all(c)
        .await)?;
    let is_charged = rows.first().is_some_and(|row| row.is_charged);
    let order = gather(rows.into_iter().map(|row| row.row).collect()).pop();
    Ok(order.map(|order| (order, is_charged)))
}

const TELL: &str = "
    with audited as (
        insert into audit_logs
            (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )
    insert into outbox (id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent)
    values ($11, $12, $13, $14, $15, $2, $7, $16)";

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
