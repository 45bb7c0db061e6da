//! What a payment is.

use crate::domain::{Currency, OrderId, PaymentId, Timestamp, UserId, text_enum};

text_enum! {
    /// What became of a payment.
    pub enum PaymentStatus {
        /// The money was taken.
        Completed = "COMPLETED",
        /// The money was not taken.
        Failed = "FAILED",
        /// The money was given back.
        Refunded = "REFUNDED",
    }
}

/// A payment of an order from its owner's wallet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// Who paid.
    pub user_id: UserId,
    /// What was paid.
    pub order_id: OrderId,
    /// How much, in minor units.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
    /// What became of it.
    pub status: PaymentStatus,
    /// When.
    pub created_at: Timestamp,
}
