//! The catalogue and its stock.
//!
//! Owns the table `products`. `on_hand` is what lies in the warehouse, `reserved` what open orders hold of it; clients
//! see the difference as `stock`. The database refuses anything but `0 <= reserved <= on_hand`.

mod error;
mod handlers;
mod model;
mod service;
pub mod store;

pub use error::ProductError;
pub use model::{NewProduct, Product, ProductChanges, ProductFilter, ProductSort, StockChange};
pub use service::{Precondition, Products};

use crate::db::{Queryable, StoreError, Tx};
use crate::domain::ProductId;

/// The product, archived or not.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &mut impl Queryable, id: ProductId) -> Result<Option<Product>, StoreError> {
    store::find(db, id).await
}

/// Holds `quantity` units back. None when the product is archived, has too few left or costs another `price` by now.
///
/// # Errors
/// When the database fails.
pub async fn reserve(
    tx: &mut Tx,
    id: ProductId,
    quantity: i64,
    price: i64,
) -> Result<Option<Product>, StoreError> {
    store::reserve(tx, id, quantity, price).await
}

/// Gives units that were held back free again.
///
/// # Errors
/// When the database fails, or fewer units are held back.
pub async fn release(tx: &mut Tx, id: ProductId, quantity: i64) -> Result<(), StoreError> {
    store::shift_stock(tx, id, 0, -quantity).await
}

/// Takes units that were held back out of stock: they are sold.
///
/// # Errors
/// When the database fails, or fewer units are held back.
pub async fn sell(tx: &mut Tx, id: ProductId, quantity: i64) -> Result<(), StoreError> {
    store::shift_stock(tx, id, -quantity, -quantity).await
}

/// Puts units that were sold back into stock.
///
/// # Errors
/// When the database fails.
pub async fn restock(tx: &mut Tx, id: ProductId, quantity: i64) -> Result<(), StoreError> {
    store::shift_stock(tx, id, quantity, 0).await
}
