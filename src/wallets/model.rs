//! What a wallet is, and what moves in the ledger.

use uuid::{Builder, Uuid};

use crate::domain::{
    AccountId, Currency, Money, OrderId, Timestamp, TransferId, UserId, text_enum,
};

/// A user's money.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Wallet {
    /// Whose it is.
    pub user_id: UserId,
    /// Its account in the ledger.
    pub account_id: AccountId,
    /// Its currency.
    pub currency: Currency,
    /// What it holds, in minor units.
    pub balance: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

text_enum! {
    /// Why money moves.
    pub enum TransferKind {
        /// Money came in from outside.
        TopUp = "TOPUP",
        /// An order was paid.
        Payment = "PAYMENT",
        /// An order's money came back.
        Refund = "REFUND",
        /// An administrator corrected the balance.
        Adjustment = "ADJUSTMENT",
    }
}

text_enum! {
    /// What an account stands for.
    pub enum AccountKind {
        /// A user's wallet.
        Wallet = "WALLET",
        /// The outside world: what the payment provider brought in.
        Provider = "PROVIDER",
        /// What was sold.
        Sales = "SALES",
        /// Corrections.
        Adjustments = "ADJUSTMENTS",
    }
}

/// A line of the wallet: what moved how much.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WalletEntry {
    /// The transfer.
    pub id: TransferId,
    /// Its number in the wallet, ascending without gaps.
    pub seq: i64,
    /// Why money moved.
    pub kind: TransferKind,
    /// What moved, in minor units; negative when it left the wallet.
    pub amount: i64,
    /// What the wallet held afterwards, in minor units.
    pub balance_after: i64,
    /// The currency.
    pub currency: Currency,
    /// The order that it moved for.
    pub order_id: Option<OrderId>,
    /// When.
    pub created_at: Timestamp,
}

/// Which lines to list; none means all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Lines of this kind.
    pub kind: Option<TransferKind>,
    /// Lines of this time or later.
    pub from: Option<Timestamp>,
    /// Lines of before this time.
    pub to: Option<Timestamp>,
}

/// Money to pay in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTopUp {
    /// How much, more than nothing.
    pub amount: Money,
    /// The token of a payment method.
    pub source: String,
}

/// Money that was paid in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopUp {
    /// The transfer.
    pub id: TransferId,
    /// How much.
    pub amount: Money,
    /// What the wallet holds now, in minor units.
    pub balance: i64,
    /// When.
    pub created_at: Timestamp,
}

/// What a guarded update did to a wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Movement {
    pub(super) account_id: AccountId,
    pub(super) balance: i64,
    pub(super) entries: i64,
}

/// Money that moves between a wallet and an account of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transfer {
    pub(super) id: TransferId,
    pub(super) kind: TransferKind,
    pub(super) ref_type: &'static str,
    pub(super) ref_id: Uuid,
    pub(super) user: UserId,
    pub(super) order: Option<OrderId>,
    pub(super) amount: Money,
    pub(super) counterpart: AccountKind,
}

/// A UUIDv8 (RFC 9562: free for private use) that spells kind and currency, so nobody has to look it up.
pub(super) fn house_account(kind: AccountKind, currency: Currency) -> AccountId {
    let mut bytes = [0; 16];
    let letters = kind.as_str().bytes().take(3).chain(currency.as_bytes());
    for (byte, letter) in bytes
        .iter_mut()
        .rev()
        .zip(letters.collect::<Vec<_>>().into_iter().rev())
    {
        *byte = letter;
    }
    AccountId::from_uuid(Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_the_house_have_distinct_ids() {
        let sales = house_account(AccountKind::Sales, Currency::USD);
        assert_eq!(sales.to_string(), "00000000-0000-8000-8000-53414c555344");
        assert_ne!(sales, house_account(AccountKind::Provider, Currency::USD));
    }
}
