//! Changes of orders.

use sqlx::{query, query_as, query_scalar};

use super::super::{Order, OrderItem, OrderStatus};
use crate::db::{Statement, StoreError, Tx, on};
use crate::domain::{OrderId, ProductId, Timestamp, UserId};

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT_ORDER),
    Statement::both(INSERT_ITEM),
    Statement::both(INSERT_RESERVATION),
    Statement::both(SET_STATUS),
    Statement::both(END_RESERVATIONS),
];

/// Writes a new order, its items and their reservations.
pub(in super::super) async fn insert(tx: &mut Tx, order: &Order) -> Result<(), StoreError> {
    insert_order(tx, order).await?;
    for (line, item) in (1_i64..).zip(&order.items) {
        insert_item(tx, order, line, item).await?;
        insert_reservation(tx, order, line, item).await?;
    }
    Ok(())
}

const INSERT_ORDER: &str = "
    insert into orders
        (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at, paid_at,
         version, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

async fn insert_order(tx: &mut Tx, order: &Order) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_ORDER)
        .bind(order.user_id)
        .bind(order.id)
        .bind(order.status)
        .bind(order.currency)
        .bind(order.subtotal)
        .bind(order.discount)
        .bind(order.total)
        .bind(order.refunded_amount)
        .bind(&order.coupon_code)
        .bind(order.expires_at)
        .bind(order.paid_at)
        .bind(order.version)
        .bind(order.created_at)
        .bind(order.updated_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const INSERT_ITEM: &str = "
    insert into order_items
        (user_id, order_id, line, product_id, sku, name, search, quantity, unit_price, subtotal)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

async fn insert_item(
    tx: &mut Tx,
    order: &Order,
    line: i64,
    item: &OrderItem,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_ITEM)
        .bind(order.user_id)
        .bind(order.id)
        .bind(line)
        .bind(item.product_id)
        .bind(&item.sku)
        .bind(&item.name)
        .bind(search_text(item))
        .bind(item.quantity)
        .bind(item.unit_price)
        .bind(item.subtotal)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The text that the search looks through.
pub(super) fn search_text(item: &OrderItem) -> String {
    format!("{}\n{}", item.sku, item.name).to_lowercase()
}

const INSERT_RESERVATION: &str = "
    insert into reservations
        (user_id, order_id, line, product_id, quantity, status, created_at, updated_at)
    values ($1, $2, $3, $4, $5, 'ACTIVE', $6, $6)";

async fn insert_reservation(
    tx: &mut Tx,
    order: &Order,
    line: i64,
    item: &OrderItem,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_RESERVATION)
        .bind(order.user_id)
        .bind(order.id)
        .bind(line)
        .bind(item.product_id)
        .bind(item.quantity)
        .bind(order.created_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// What changes with a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Change {
    pub(in super::super) to: OrderStatus,
    pub(in super::super) paid_at: Option<Timestamp>,
    pub(in super::super) refunded_amount: i64,
    pub(in super::super) at: Timestamp,
}

/// No status that an order changes to gives up on it after a while, so the time is cleared.
const SET_STATUS: &str = "
    update orders
    set status = $4, paid_at = $5, refunded_amount = $6, expires_at = null, version = version + 1, updated_at = $7
    where user_id = $1 and id = $2 and status = $3
    returning version";

/// The order's new version, or none when it no longer stands where `order` says.
pub(in super::super) async fn set_status(
    tx: &mut Tx,
    order: &Order,
    change: Change,
) -> Result<Option<i64>, StoreError> {
    Ok(on!(tx, |c| query_scalar(SET_STATUS)
        .bind(order.user_id)
        .bind(order.id)
        .bind(order.status)
        .bind(change.to)
        .bind(change.paid_at)
        .bind(change.refunded_amount)
        .bind(change.at)
        .fetch_optional(c)
        .await)?)
}

const END_RESERVATIONS: &str = "
    update reservations
    set status = $3, updated_at = $4
    where user_id = $1 and order_id = $2 and status = 'ACTIVE'
    returning product_id, quantity";

/// Ends the order's reservations as `SOLD` or `RELEASED`: the products and how many of each.
pub(in super::super) async fn end_reservations(
    tx: &mut Tx,
    user: UserId,
    order: OrderId,
    status: &'static str,
    now: Timestamp,
) -> Result<Vec<(ProductId, i64)>, StoreError> {
    let mut ended: Vec<(ProductId, i64)> = on!(tx, |c| query_as(END_RESERVATIONS)
        .bind(user)
        .bind(order)
        .bind(status)
        .bind(now)
        .fetch_all(c)
        .await)?;
    // Whoever locks several products locks them in the order of their ids.
    ended.sort_unstable();
    Ok(ended)
}
