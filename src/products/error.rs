//! What can go wrong with products.

use crate::db::{StoreError, Transient};
use crate::idempotency::IdempotencyError;
use openapi_runtime::{Detail, Failure, In, IntoFailure, Reason};

/// Why something could not be done with a product.
#[derive(Debug, thiserror::Error)]
pub enum ProductError {
    /// There is no such product.
    #[error("no such product")]
    NotFound,
    /// Another product has that SKU.
    #[error("another product has that SKU")]
    SkuAlreadyExists,
    /// Fewer units would be left than open orders hold back.
    #[error("only {available} units can be taken away")]
    StockBelowReserved {
        /// The units that can be taken away.
        available: i64,
    },
    /// More units than a stock can have.
    #[error("the stock would be too large")]
    StockTooLarge,
    /// Both `stock` and `stockDelta` were given.
    #[error("stock and stockDelta exclude each other")]
    StockGivenTwice,
    /// The product changed since the caller read it.
    #[error("the product changed in the meantime")]
    PreconditionFailed,
    /// The idempotency key stands in the way.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for ProductError {
    fn is_transient(&self) -> bool {
        match self {
            Self::Idempotency(error) => error.is_transient(),
            Self::Store(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl IntoFailure for ProductError {
    fn into_failure(self) -> Failure {
        match self {
            Self::Idempotency(error) => error.into_failure(),
            Self::Store(error) => error.into_failure(),
            refusal => (&refusal).into_failure(),
        }
    }
}

/// The refusal in the form that is stored under an idempotency key; what is not a rule's decision has no details here.
impl IntoFailure for &ProductError {
    fn into_failure(self) -> Failure {
        match self {
            ProductError::NotFound => Failure::new("PRODUCT_NOT_FOUND", "Product not found"),
            ProductError::SkuAlreadyExists => Failure::new(
                "SKU_ALREADY_EXISTS",
                "A product with this SKU exists already",
            ),
            ProductError::StockBelowReserved { available } => Failure::new(
                "STOCK_BELOW_RESERVED",
                format!("Open orders need the rest: at most {available} units can be taken away"),
            ),
            ProductError::StockTooLarge => {
                Failure::new("LIMIT_EXCEEDED", "The stock would be too large")
            }
            ProductError::StockGivenTwice => refused(
                "stockDelta",
                Reason::NotAllowed,
                "stock and stockDelta exclude each other",
            ),
            ProductError::PreconditionFailed => Failure::new(
                "PRECONDITION_FAILED",
                "The product has changed since you read it",
            ),
            // Nothing that a rule decided, so nothing that is ever stored.
            ProductError::Idempotency(_) | ProductError::Store(_) => {
                Failure::new("INTERNAL_ERROR", "Something went wrong on our side")
            }
        }
    }
}

fn refused(field: &str, reason: Reason, message: &str) -> Failure {
    let detail = Detail::new(field, In::Body, reason, message);
    Failure::new("VALIDATION_ERROR", "Invalid request body").with_detail(detail)
}
