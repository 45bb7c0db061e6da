//! What can go wrong between a person and an account.

use std::time::Duration;

use openapi_runtime::{Failure, IntoFailure};

use super::access_token::{BadToken, SigningFailed};
use super::hashing::HashingError;
use super::policy::WeakPassword;
use crate::db::{StoreError, Transient};
use crate::infra::limiter::Refused;
use crate::users::UserError;

/// Why somebody was not let in, or not out.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// No such account, another password, no password yet, or a disabled account: never told apart.
    #[error("the e-mail address or the password is wrong")]
    InvalidCredentials,
    /// The new password breaks the policy.
    #[error(transparent)]
    WeakPassword(#[from] WeakPassword),
    /// Too many attempts on one account.
    #[error("too many attempts on one account")]
    Throttled(Refused),
    /// Not ours, expired, or its log-in ended.
    #[error("the refresh token is not valid")]
    RefreshTokenInvalid,
    /// Exchanged long ago; its log-in is over now.
    #[error("the refresh token was used before")]
    RefreshTokenReused,
    /// Only a person who logged in may do this; the caller is an API key or Waybill itself.
    #[error("this needs a log-in")]
    LoginRequired,
    /// The access token opens nothing.
    #[error("the access token is not valid")]
    InvalidToken(#[source] Option<BadToken>),
    /// The API key opens nothing.
    #[error("the API key is not valid")]
    InvalidApiKey,
    /// The account could not be opened.
    #[error(transparent)]
    User(#[from] UserError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// The access token could not be signed.
    #[error(transparent)]
    Signing(#[from] SigningFailed),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for AuthError {
    fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            Self::User(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl IntoFailure for AuthError {
    fn into_failure(self) -> Failure {
        match self {
            Self::InvalidCredentials => Failure::new(
                "INVALID_CREDENTIALS",
                "The e-mail address or the password is wrong",
            ),
            Self::WeakPassword(WeakPassword::TooCommon) => Failure::new(
                "PASSWORD_TOO_COMMON",
                "This password is among the most common ones. Choose another",
            ),
            Self::WeakPassword(WeakPassword::Length) => {
                Failure::new("VALIDATION_ERROR", "A password has 8 to 128 characters")
            }
            Self::Throttled(refused) => throttled(&refused),
            Self::RefreshTokenInvalid => Failure::new(
                "REFRESH_TOKEN_INVALID",
                "The refresh token is not valid. Log in again",
            ),
            Self::RefreshTokenReused => Failure::new(
                "REFRESH_TOKEN_REUSED",
                "The refresh token was used before; its session has ended. Log in again",
            ),
            Self::LoginRequired => Failure::new("FORBIDDEN", "You may not do this"),
            Self::InvalidToken(_) => Failure::new("INVALID_TOKEN", "Invalid access token"),
            Self::InvalidApiKey => Failure::new("INVALID_API_KEY", "Invalid API key"),
            Self::User(error) => error.into_failure(),
            Self::Hashing(HashingError::Overloaded) => Failure::new(
                "SERVICE_UNAVAILABLE",
                "The service is busy, try again shortly",
            )
            .with_retry_after(Duration::from_secs(1)),
            Self::Hashing(error) => Failure::internal(error),
            Self::Signing(error) => Failure::internal(error),
            Self::Store(error) => error.into_failure(),
        }
    }
}

/// Whole seconds, rounded up: whoever waits that long succeeds.
fn throttled(refused: &Refused) -> Failure {
    let seconds = refused.retry_after.as_secs() + u64::from(refused.retry_after.subsec_nanos() > 0);
    Failure::new(
        "RATE_LIMIT_EXCEEDED",
        format!("Too many requests. Try again in {seconds} seconds."),
    )
    .with_retry_after(refused.retry_after)
}
