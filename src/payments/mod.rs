//! Payments of orders.
//!
//! Owns the table `payments`. An order has at most one completed payment, by a unique index; the money itself moves in
//! the ledger of `wallets`.

mod attempt;
mod model;
pub mod store;

pub use attempt::Attempt;
pub use model::{Payment, PaymentStatus};

use crate::db::{Queryable, StoreError, Tx};
use crate::domain::{Ids, Money, OrderId, Timestamp, UserId};

/// Writes down that an order was paid.
///
/// # Errors
/// [`StoreError::Unique`] when it was paid before; when the database fails.
pub async fn record(
    tx: &mut Tx,
    ids: &Ids,
    user: UserId,
    order: OrderId,
    amount: Money,
    now: Timestamp,
) -> Result<Payment, StoreError> {
    let payment = Payment {
        id: ids.next(),
        user_id: user,
        order_id: order,
        amount: amount.amount(),
        currency: amount.currency(),
        status: PaymentStatus::Completed,
        created_at: now,
    };
    store::insert(tx, &payment).await?;
    Ok(payment)
}

/// Marks the payment of an order as given back.
///
/// # Errors
/// When the database fails.
pub async fn mark_refunded(
    tx: &mut Tx,
    user: UserId,
    order: OrderId,
    now: Timestamp,
) -> Result<(), StoreError> {
    store::mark_refunded(tx, user, order, now).await
}

/// The payments of an order, oldest first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn list_of(
    db: &mut impl Queryable,
    user: UserId,
    order: OrderId,
) -> Result<Vec<Payment>, StoreError> {
    store::list_of(db, user, order).await
}
