//! What stores and services know of the answers that clients get.

pub use openapi_runtime::{Detail, Failure, IdempotencyKey, In, IntoFailure, Reason, StoredReply};
