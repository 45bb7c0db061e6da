//! SQL of orders, their items and their reservations.
//!
//! An order is read together with its items: one row per item, one round trip.

mod count;
pub(super) mod hot;
mod list;
pub(super) mod pay_at_once;
mod write;

use sqlx::query_as;

use super::{Order, OrderItem, OrderStatus};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{Currency, OrderId, ProductId, Timestamp, UserId};

pub use count::STATEMENTS as COUNT_STATEMENTS;
pub(super) use count::{has_changes, settle};
pub use hot::STATEMENTS as HOT_STATEMENTS;
pub use list::STATEMENTS as LIST_STATEMENTS;
pub(super) use list::{count, list};
pub use pay_at_once::STATEMENTS as PAY_STATEMENTS;
pub use write::STATEMENTS as WRITE_STATEMENTS;
pub(super) use write::{Change, end_reservations, insert, set_status};

/// Every statement of this file; its neighbours have their own lists.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(FIND_OWN),
    Statement::both(FIND_ANY),
    Statement::postgres(LOCK_OWN_POSTGRES),
    Statement::postgres(LOCK_ANY_POSTGRES),
    Statement::both(LIST_DUE),
];

/// An order and one of its items.
#[derive(sqlx::FromRow)]
struct Row {
    user_id: UserId,
    id: OrderId,
    status: OrderStatus,
    currency: Currency,
    subtotal: i64,
    discount: i64,
    total: i64,
    refunded_amount: i64,
    coupon_code: Option<String>,
    expires_at: Option<Timestamp>,
    paid_at: Option<Timestamp>,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
    product_id: ProductId,
    sku: String,
    name: String,
    quantity: i64,
    unit_price: i64,
    item_subtotal: i64,
}

impl Row {
    fn into_order(self) -> Order {
        let item = OrderItem {
            product_id: self.product_id,
            sku: self.sku,
            name: self.name,
            quantity: self.quantity,
            unit_price: self.unit_price,
            subtotal: self.item_subtotal,
        };
        Order {
            id: self.id,
            user_id: self.user_id,
            status: self.status,
            items: vec![item],
            subtotal: self.subtotal,
            discount: self.discount,
            total: self.total,
            refunded_amount: self.refunded_amount,
            currency: self.currency,
            coupon_code: self.coupon_code,
            expires_at: self.expires_at,
            paid_at: self.paid_at,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// Orders out of rows in which the items of an order follow each other.
fn gather(rows: Vec<Row>) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut order = row.into_order();
        match orders.last_mut() {
            Some(last) if last.id == order.id => last.items.append(&mut order.items),
            _ => orders.push(order),
        }
    }
    orders
}

macro_rules! select_orders {
    ($from:literal, $rest:literal) => {
        concat!(
            "select o.user_id, o.id, o.status, o.currency, o.subtotal, o.discount, o.total, o.refunded_amount,
                o.coupon_code, o.expires_at, o.paid_at, o.version, o.created_at, o.updated_at,
                i.product_id, i.sku, i.name, i.quantity, i.unit_price, i.subtotal as item_subtotal
            from ",
            $from,
            " join order_items i on i.user_id = o.user_id and i.order_id = o.id ",
            $rest
        )
    };
}
use select_orders;

const FIND_OWN: &str = select_orders!(
    "orders o",
    "where o.user_id = $1 and o.id = $2 order by i.line"
);

/// The order, if it is the user's.
pub(super) async fn find_own(
    db: &mut impl Queryable,
    user: UserId,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let rows = on!(db, |c| query_as(FIND_OWN)
        .bind(user)
        .bind(id)
        .fetch_all(c)
        .await)?;
    Ok(gather(rows).pop())
}

const FIND_ANY: &str = select_orders!("orders o", "where o.id = $1 order by i.line");

/// The order, whoever's it is.
pub(super) async fn find_any(
    db: &mut impl Queryable,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let rows = on!(db, |c| query_as(FIND_ANY).bind(id).fetch_all(c).await)?;
    Ok(gather(rows).pop())
}

const LOCK_OWN_POSTGRES: &str = select_orders!(
    "orders o",
    "where o.user_id = $1 and o.id = $2 order by i.line for no key update of o"
);

/// The order, if it is the user's; nobody else changes it until the transaction ends.
pub(super) async fn lock_own(
    tx: &mut Tx,
    user: UserId,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let rows = on!(tx, [FIND_OWN, LOCK_OWN_POSTGRES], |c, sql| {
        query_as(sql).bind(user).bind(id).fetch_all(c).await
    })?;
    Ok(gather(rows).pop())
}

const LOCK_ANY_POSTGRES: &str = select_orders!(
    "orders o",
    "where o.id = $1 order by i.line for no key update of o"
);

/// The order, whoever's it is; nobody else changes it until the transaction ends.
pub(super) async fn lock_any(tx: &mut Tx, id: OrderId) -> Result<Option<Order>, StoreError> {
    let rows = on!(tx, [FIND_ANY, LOCK_ANY_POSTGRES], |c, sql| query_as(sql)
        .bind(id)
        .fetch_all(c)
        .await)?;
    Ok(gather(rows).pop())
}

const LIST_DUE: &str = "
    select user_id, id
    from orders
    where status in ('PENDING', 'PENDING_APPROVAL') and expires_at <= $1
    order by expires_at
    limit 100";

/// Up to a hundred orders whose time is over, the longest overdue first.
pub(super) async fn list_due(
    db: &mut impl Queryable,
    now: Timestamp,
) -> Result<Vec<(UserId, OrderId)>, StoreError> {
    Ok(on!(db, |c| query_as(LIST_DUE)
        .bind(now)
        .fetch_all(c)
        .await)?)
}
