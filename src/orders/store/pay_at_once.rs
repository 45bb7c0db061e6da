//! Paying on PostgreSQL in two round trips: one that looks, one that does everything or nothing. In place of the
//! transaction that the other path opens, with a round trip for each of its statements.
//!
//! Nothing here decides why a payment is refused: whatever is not plain is left to the other path.

use sqlx::{query_as, query_scalar};

use super::super::{Order, PaidOrder};
use super::{Row, gather};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Lease, Statement, StoreError, on_postgres};
use crate::domain::{AuditLogId, EventId, Ids, OrderId, Timestamp, TransferId, UserId};
use crate::events::Event;
use crate::idempotency::{self, Ticket};
use openapi_runtime::StoredReply;

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[Statement::postgres(LOOK), Statement::postgres(PAY)];

const LOOK: &str = "
    select o.user_id, o.id, o.status, o.currency, o.subtotal, o.discount, o.total, o.refunded_amount,
        o.coupon_code, o.expires_at, o.paid_at, o.version, o.created_at, o.updated_at,
        i.product_id, i.sku, i.name, i.quantity, i.unit_price, i.subtotal as item_subtotal,
        o.total > 0 and w.currency = o.currency and w.balance >= o.total
            and not exists (
                select 1 from idempotency_keys k where k.user_id = $1 and k.caller_id = $3 and k.key = $4) as is_plain
    from orders o
    join order_items i on i.user_id = o.user_id and i.order_id = o.id
    join wallets w on w.user_id = o.user_id
    where o.user_id = $1 and o.id = $2
    order by i.line";

#[derive(sqlx::FromRow)]
struct LookRow {
    #[sqlx(flatten)]
    row: Row,
    is_plain: bool,
}

/// The user's order, if it costs something, the wallet covers it and the key is new. Locks nothing: [`pay`] looks again.
pub(in super::super) async fn look(
    lease: &mut Lease,
    ticket: &Ticket,
    user: UserId,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let rows: Vec<LookRow> = on_postgres!(lease, |c| query_as(LOOK)
        .bind(user)
        .bind(id)
        .bind(ticket.caller_id)
        .bind(&ticket.key)
        .fetch_all(c)
        .await)?;
    let is_plain = rows.first().is_some_and(|row| row.is_plain);
    let order = gather(rows.into_iter().map(|row| row.row).collect()).pop();
    Ok(order.filter(|_| is_plain))
}

/// Every part hangs on the one before, in the order in which everybody takes locks: key, order, wallet, stock. The last
/// line divides by zero when the wallet was not charged, which undoes the parts that were done until then: a statement
/// that fails leaves nothing.
///
/// The account of sales is spelled from the currency, as `wallets::house_account` does.
const PAY: &str = "
    with claimed as (
        insert into idempotency_keys
            (user_id, caller_id, key, fingerprint, request_id, created_at, expires_at, status, content_type, headers, body)
        values ($1, $7, $8, $9, $10, $4, $11, $12, $13, $14, $15)
        on conflict (user_id, caller_id, key) do nothing
        returning user_id
    ), advanced as (
        update orders o
        set status = 'PAID', paid_at = $4, expires_at = null, version = o.version + 1, updated_at = $4
        from claimed
        where o.user_id = $1 and o.id = $2 and o.version = $3
        returning o.total, o.currency
    ), debited as (
        update wallets w
        set balance = w.balance - o.total, entries = w.entries + 1, updated_at = $4
        from advanced o
        where w.user_id = $1 and w.currency = o.currency and w.balance >= o.total
        returning w.account_id, w.balance, w.entries, o.total, o.currency
    ), transferred as (
        insert into transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
        select cast($5 as uuid), 'PAYMENT', 'order', $2, $1, $2, total, currency, $4
        from debited
    ), posted as (
        insert into postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
        select $1, cast($5 as uuid), account_id, - total, currency, entries, balance, $4
        from debited
        union all
        select $1, cast($5 as uuid),
            cast('00000000-0000-8000-8000-' || encode(convert_to('SAL' || currency, 'UTF8'), 'hex') as uuid),
            total, currency, null, null, $4
        from debited
    ), sold as (
        update reservations r
        set status = 'SOLD', updated_at = $4
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
        select $1, $2, cast($6 as uuid), total, currency, 'COMPLETED', $4, $4
        from debited
    ), audited as (
        insert into audit_logs
            (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
        select cast($16 as uuid), $4, cast($17 as text), cast($18 as text), $2, cast($19 as text), cast($20 as uuid), $10,
            cast($21 as text), cast($22 as text)
        from debited
    ), told as (
        insert into outbox (id, event_type, user_id, entity_id, payload, created_at, request_id, traceparent)
        select cast($23 as uuid), cast($24 as text), $1, $2, cast($25 as text), $4, $10, cast($26 as text)
        from debited
    )
    select 1 / count(*)
    from debited";

/// A payment, with everything that is written down with it.
pub(in super::super) struct Payment<'a> {
    /// The order as it is read, not yet paid.
    pub(in super::super) before: &'a Order,
    /// The order as it will be, and its payment.
    pub(in super::super) paid: &'a PaidOrder,
    pub(in super::super) ticket: &'a Ticket,
    pub(in super::super) fingerprint: &'a [u8],
    pub(in super::super) expires_at: Timestamp,
    pub(in super::super) reply: &'a StoredReply,
    pub(in super::super) entry: &'a Entry,
    pub(in super::super) event: &'a Event,
}

/// Pays, if the order is still as it was read, the wallet covers it and the key is new. Returns whether it did; if not,
/// nothing is written.
pub(in super::super) async fn pay(
    lease: &mut Lease,
    ids: &Ids,
    ctx: &RequestContext,
    payment: &Payment<'_>,
) -> Result<bool, StoreError> {
    let Payment {
        before,
        ticket,
        reply,
        entry,
        event,
        ..
    } = payment;
    // PostgreSQL documentation, appendix A.
    let division_by_zero = "22012";
    let headers = idempotency::headers_text(reply);
    let done: Result<i64, sqlx::Error> = on_postgres!(lease, |c| query_scalar(PAY)
        .bind(before.user_id)
        .bind(before.id)
        .bind(before.version)
        .bind(ctx.now)
        .bind(ids.next::<TransferId>())
        .bind(payment.paid.payment.id)
        .bind(ticket.caller_id)
        .bind(&ticket.key)
        .bind(payment.fingerprint)
        .bind(&*ctx.request_id)
        .bind(payment.expires_at)
        .bind(i64::from(reply.status))
        .bind(&reply.content_type)
        .bind(headers)
        .bind(reply.body.as_ref())
        .bind(ids.next::<AuditLogId>())
        .bind(entry.action)
        .bind(entry.entity_type)
        .bind(ctx.actor.kind())
        .bind(ctx.actor.user_id())
        .bind(ctx.client_ip.map(|ip| ip.to_string()))
        .bind(audit::metadata_text(entry))
        .bind(ids.next::<EventId>())
        .bind(event.event_type)
        .bind(event.payload.to_string())
        .bind(ctx.traceparent.as_deref())
        .fetch_one(c)
        .await);
    match done {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(division_by_zero) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
