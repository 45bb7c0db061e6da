//! What can go wrong with orders.

use super::status::IllegalTransition;
use crate::db::{StoreError, Transient};
use crate::domain::Currency;
use crate::idempotency::IdempotencyError;
use openapi_runtime::{Detail, Failure, IntoFailure, Reason};

/// Why something could not be done with an order.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// There is no such order, or it is somebody else's.
    #[error("no such order")]
    NotFound,
    /// There is no such product in the catalogue.
    #[error("no such product")]
    ProductNotFound,
    /// The wallet holds less than the order costs.
    #[error("the wallet holds too little")]
    InsufficientFunds,
    /// The product has another currency than the wallet.
    #[error("the product costs {product}, the wallet holds {wallet}")]
    CurrencyMismatch {
        /// The product's.
        product: Currency,
        /// The wallet's.
        wallet: Currency,
    },
    /// Fewer units are left than were ordered.
    #[error("only {available} units are left")]
    OutOfStock {
        /// Units that are left.
        available: i64,
    },
    /// There is no such coupon.
    #[error("no such coupon")]
    CouponInvalid,
    /// The order is paid.
    #[error("the order is paid")]
    AlreadyPaid,
    /// The order cannot become that now.
    #[error(transparent)]
    StatusInvalid(#[from] IllegalTransition),
    /// The time to pay is over.
    #[error("the reservation has run out")]
    Overdue,
    /// The order changed since the caller read it.
    #[error("the order changed in the meantime")]
    PreconditionFailed,
    /// The price changed between two statements; the transaction runs again.
    #[error("the price changed in the meantime")]
    PriceChanged,
    /// The books do not agree with the order: a defect.
    #[error("the books disagree with the order: {0}")]
    Inconsistent(&'static str),
    /// The idempotency key stands in the way.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for OrderError {
    fn is_transient(&self) -> bool {
        match self {
            Self::PriceChanged => true,
            Self::Idempotency(error) => error.is_transient(),
            Self::Store(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl OrderError {
    /// The stable code that clients see.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "ORDER_NOT_FOUND",
            Self::ProductNotFound => "PRODUCT_NOT_FOUND",
            Self::InsufficientFunds => "INSUFFICIENT_FUNDS",
            Self::CurrencyMismatch { .. } => "CURRENCY_MISMATCH",
            Self::OutOfStock { .. } => "OUT_OF_STOCK",
            Self::CouponInvalid => "COUPON_INVALID",
            Self::AlreadyPaid => "ORDER_ALREADY_PAID",
            Self::StatusInvalid(_) | Self::Overdue => "ORDER_STATUS_INVALID",
            Self::PreconditionFailed => "PRECONDITION_FAILED",
            Self::PriceChanged => "SERVICE_UNAVAILABLE",
            Self::Inconsistent(_) => "INTERNAL_ERROR",
            Self::Idempotency(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

impl IntoFailure for OrderError {
    fn into_failure(self) -> Failure {
        match self {
            Self::Idempotency(error) => error.into_failure(),
            Self::Store(error) => error.into_failure(),
            Self::Inconsistent(_) => Failure::internal(self),
            refusal => (&refusal).into_failure(),
        }
    }
}

/// The refusal in the form that is stored under an idempotency key; what is not a rule's decision has no details here.
impl IntoFailure for &OrderError {
    fn into_failure(self) -> Failure {
        let code = self.code();
        match self {
            OrderError::NotFound => Failure::new(code, "Order not found"),
            OrderError::ProductNotFound => Failure::new(code, "Product not found"),
            OrderError::InsufficientFunds => {
                Failure::new(code, "Your wallet does not cover this order")
            }
            OrderError::CurrencyMismatch { product, wallet } => Failure::new(
                code,
                format!("The product is sold in {product}, your wallet holds {wallet}"),
            ),
            OrderError::OutOfStock { available } => {
                Failure::new(code, format!("Only {available} left in stock"))
            }
            OrderError::CouponInvalid => Failure::new(code, "This coupon does not exist"),
            OrderError::AlreadyPaid => Failure::new(code, "This order is paid already"),
            OrderError::StatusInvalid(illegal) => status_invalid(illegal),
            OrderError::Overdue => {
                let detail = Detail::of_state(
                    "status",
                    Reason::NotAllowed,
                    "The reservation has run out, order again",
                );
                Failure::new(code, "The time to pay this order is over")
                    .with_detail(detail.allowing(Vec::<String>::new()))
            }
            OrderError::PreconditionFailed => {
                Failure::new(code, "The order has changed since you read it")
            }
            OrderError::PriceChanged => {
                Failure::new(code, "The service is busy, try again shortly")
            }
            // Nothing that a rule decided, so nothing that is ever stored.
            OrderError::Inconsistent(_) | OrderError::Idempotency(_) | OrderError::Store(_) => {
                Failure::new("INTERNAL_ERROR", "Something went wrong on our side")
            }
        }
    }
}

fn status_invalid(illegal: &IllegalTransition) -> Failure {
    let IllegalTransition { from, to, allowed } = illegal;
    let message = if from == to {
        format!("The order is {from} already")
    } else {
        format!("An order that is {from} cannot become {to}")
    };
    let allowed = allowed.iter().map(|status| status.as_str());
    let detail = Detail::of_state("status", Reason::NotAllowed, message.clone()).allowing(allowed);
    Failure::new("ORDER_STATUS_INVALID", message).with_detail(detail)
}
