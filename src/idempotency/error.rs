//! Why a request with an idempotency key is not carried out.

use std::time::Duration;

use crate::db::{StoreError, Transient};
use openapi_runtime::{Failure, IntoFailure};

/// Why a request with an idempotency key is not carried out.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// The key came with another path or payload before.
    #[error("the key was used for another request")]
    Reused,
    /// The request of that key still runs.
    #[error("a request with this key still runs")]
    InUse,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IdempotencyError {
    /// The stable code that clients see.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Reused => "IDEMPOTENCY_KEY_REUSED",
            Self::InUse => "IDEMPOTENCY_KEY_IN_USE",
            Self::Store(error) => error.code(),
        }
    }

    /// While a key is claimed, the only lock to wait for is that of the same key.
    pub(super) fn from_claim(error: StoreError) -> Self {
        match error {
            StoreError::LockTimeout(_) => Self::InUse,
            other => Self::Store(other),
        }
    }
}

impl Transient for IdempotencyError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl IntoFailure for IdempotencyError {
    fn into_failure(self) -> Failure {
        let code = self.code();
        match self {
            Self::Reused => Failure::new(code, "This Idempotency-Key was used for another request"),
            Self::InUse => {
                Failure::new(code, "A request with this Idempotency-Key is still running")
                    .with_retry_after(Duration::from_secs(1))
            }
            Self::Store(error) => error.into_failure(),
        }
    }
}
