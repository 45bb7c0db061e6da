//! Wallets and the double-entry ledger under them.
//!
//! Owns the tables `accounts`, `wallets`, `transfers` and `postings`. Every transfer has a posting on the wallet's account
//! and the opposite one on an account of the house, so the sum of all postings is zero. A wallet's balance changes by a
//! guarded update only, in the transaction of its posting. What moves is unique by kind and reason: a second payment for
//! one order cannot exist.

mod error;
mod handlers;
mod model;
mod service;
pub mod store;

pub use error::WalletError;
pub use model::{AccountKind, EntryFilter, NewTopUp, TopUp, TransferKind, Wallet, WalletEntry};
pub use service::Wallets;

use crate::db::{Queryable, StoreError, Tx};
use crate::domain::{AccountId, Currency, Ids, Money, OrderId, Timestamp, TransferId, UserId};
use model::Transfer;

/// Opens an empty wallet for a new user.
///
/// # Errors
/// When the user has one, or the database fails.
pub async fn open(
    tx: &mut Tx,
    ids: &Ids,
    user: UserId,
    currency: Currency,
    now: Timestamp,
) -> Result<(), StoreError> {
    store::open_house_accounts(tx, currency, now).await?;
    let account: AccountId = ids.next();
    store::insert_account(tx, account, user, currency, now).await?;
    store::insert_wallet(tx, account, user, currency, now).await
}

/// The user's wallet; every user has one.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &mut impl Queryable, user: UserId) -> Result<Option<Wallet>, StoreError> {
    store::find(db, user).await
}

/// Takes `amount` from the wallet for an order. False, and nothing changed, when the wallet holds less, or another currency.
///
/// # Errors
/// [`StoreError::Unique`] when the order was paid before; when the database fails.
pub async fn charge(
    tx: &mut Tx,
    ids: &Ids,
    user: UserId,
    order: OrderId,
    amount: Money,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if amount.amount() == 0 {
        return Ok(true);
    }
    let Some(movement) = store::debit(tx, user, amount, now).await? else {
        return Ok(false);
    };
    let transfer = Transfer {
        id: ids.next::<TransferId>(),
        kind: TransferKind::Payment,
        ref_type: "order",
        ref_id: order.as_uuid(),
        user,
        order: Some(order),
        amount,
        counterpart: AccountKind::Sales,
    };
    store::post(tx, &transfer, movement, -amount.amount(), now).await?;
    Ok(true)
}

/// Gives back what was paid for an order that is cancelled. False, and nothing changed, when the wallet has no room for it.
///
/// # Errors
/// [`StoreError::Unique`] when it was given back before; when the database fails.
pub async fn refund_cancelled(
    tx: &mut Tx,
    ids: &Ids,
    user: UserId,
    order: OrderId,
    amount: Money,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if amount.amount() == 0 {
        return Ok(true);
    }
    let Some(movement) = store::credit(tx, user, amount, now).await? else {
        return Ok(false);
    };
    let transfer = Transfer {
        id: ids.next::<TransferId>(),
        kind: TransferKind::Refund,
        ref_type: "cancellation",
        ref_id: order.as_uuid(),
        user,
        order: Some(order),
        amount,
        counterpart: AccountKind::Sales,
    };
    store::post(tx, &transfer, movement, amount.amount(), now).await?;
    Ok(true)
}

/// The id of an account of the house: there is one of each kind and currency, and its id says which.
#[must_use]
pub fn house_account(kind: AccountKind, currency: Currency) -> AccountId {
    model::house_account(kind, currency)
}
