//! Orders: from the reservation of stock over the payment to the delivery.
//!
//! Owns the tables `orders`, `order_items` and `reservations`. What may become of an order is one table in
//! [`OrderStatus`]; every change of status is a guarded update in one transaction with its effects on stock, wallet and
//! payment, its row in the audit log and its event. Locks are taken in one order: idempotency key, order, wallet, stock.

mod error;
mod handlers;
mod model;
mod service;
mod status;
pub mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use error::OrderError;
pub use model::{
    Expansion, NewOrder, Order, OrderDetail, OrderFilter, OrderItem, OrderSort, PaidOrder, Quote,
    TimelineEntry,
};
pub use service::{OrderSettings, Orders, Precondition};
pub use status::{IllegalTransition, OrderStatus, TRANSITIONS, Transition, Trigger};

use crate::db::{Queryable, StoreError};
use crate::domain::OrderId;

/// The order with that id, whoever's it is.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &mut impl Queryable, id: OrderId) -> Result<Option<Order>, StoreError> {
    store::find_any(db, id).await
}
