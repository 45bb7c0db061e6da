//! What can go wrong when the log is read.

use crate::db::StoreError;
use crate::domain::InvalidCursor;
use openapi_runtime::{Failure, IntoFailure};

/// Why the log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The cursor is not one of this feed.
    #[error(transparent)]
    InvalidCursor(#[from] InvalidCursor),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntoFailure for AuditError {
    fn into_failure(self) -> Failure {
        match self {
            Self::InvalidCursor(_) => {
                Failure::new("INVALID_CURSOR", "The cursor is not one of this feed")
            }
            Self::Store(error) => error.into_failure(),
        }
    }
}
