//! What can go wrong with API keys.

use openapi_runtime::{Detail, Failure, In, IntoFailure, Reason};

use crate::db::{StoreError, Transient};
use crate::domain::Scope;

/// Why a key was not issued or revoked.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// The caller may not do these things, and so neither may its keys.
    #[error("the caller may not grant these scopes")]
    ScopeNotAllowed(Vec<Scope>),
    /// The key would have ended before it began.
    #[error("the key's end does not lie ahead")]
    AlreadyExpired,
    /// Only a person who logged in issues and revokes keys.
    #[error("this needs a log-in")]
    LoginRequired,
    /// There is no such key, it was revoked before, or it is none of the caller's business.
    #[error("there is no such API key")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for ApiKeyError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl IntoFailure for ApiKeyError {
    fn into_failure(self) -> Failure {
        match self {
            Self::ScopeNotAllowed(scopes) => Failure::new(
                "SCOPE_NOT_ALLOWED",
                "A key cannot do more than you may do yourself",
            )
            .with_detail(refused(&scopes)),
            Self::AlreadyExpired => Failure::new("VALIDATION_ERROR", "Invalid request body")
                .with_detail(Detail::new(
                    "expiresAt",
                    In::Body,
                    Reason::TooSmall,
                    "Must lie ahead",
                )),
            Self::LoginRequired => Failure::new("FORBIDDEN", "API keys cannot manage API keys"),
            Self::NotFound => Failure::new("API_KEY_NOT_FOUND", "There is no such API key"),
            Self::Store(error) => error.into_failure(),
        }
    }
}

fn refused(scopes: &[Scope]) -> Detail {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    let message = format!("Your role may not grant: {}", names.join(", "));
    Detail::new("scopes", In::Body, Reason::NotAllowed, message)
}
