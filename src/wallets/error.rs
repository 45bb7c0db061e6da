//! What can go wrong with wallets.

use crate::db::{StoreError, Transient};
use crate::domain::{Currency, InvalidCursor};
use crate::idempotency::IdempotencyError;
use openapi_runtime::{Failure, IntoFailure};

/// Why something could not be done with a wallet.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The provider does not give the money.
    #[error("the provider declined the payment")]
    PaymentDeclined,
    /// The money has another currency than the wallet.
    #[error("the wallet holds {0}")]
    CurrencyMismatch(Currency),
    /// The wallet would hold more than it may.
    #[error("the wallet would hold more than it may")]
    LimitExceeded,
    /// The cursor is not one of this feed.
    #[error(transparent)]
    InvalidCursor(#[from] InvalidCursor),
    /// The user has no wallet, which every user has.
    #[error("the user has no wallet")]
    Missing,
    /// The idempotency key stands in the way.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for WalletError {
    fn is_transient(&self) -> bool {
        match self {
            Self::Idempotency(error) => error.is_transient(),
            Self::Store(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl IntoFailure for WalletError {
    fn into_failure(self) -> Failure {
        match self {
            Self::Idempotency(error) => error.into_failure(),
            Self::Store(error) => error.into_failure(),
            Self::Missing => Failure::internal(self),
            refusal => (&refusal).into_failure(),
        }
    }
}

/// The refusal in the form that is stored under an idempotency key; what is not a rule's decision has no details here.
impl IntoFailure for &WalletError {
    fn into_failure(self) -> Failure {
        match self {
            WalletError::PaymentDeclined => {
                Failure::new("PAYMENT_DECLINED", "The payment was declined")
            }
            WalletError::CurrencyMismatch(currency) => {
                Failure::new("CURRENCY_MISMATCH", format!("The wallet holds {currency}"))
            }
            WalletError::LimitExceeded => {
                Failure::new("LIMIT_EXCEEDED", "The wallet cannot hold that much")
            }
            WalletError::InvalidCursor(_) => {
                Failure::new("INVALID_CURSOR", "The cursor is not one of this feed")
            }
            // Nothing that a rule decided, so nothing that is ever stored.
            WalletError::Missing | WalletError::Idempotency(_) | WalletError::Store(_) => {
                Failure::new("INTERNAL_ERROR", "Something went wrong on our side")
            }
        }
    }
}
