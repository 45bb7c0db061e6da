//! Who is who: registering, logging in, refresh tokens, passwords, and the resolution of credentials.
//!
//! Owns the tables `credentials`, `sessions` and `refresh_tokens`. Audits `user.registered`, `user.password_changed`
//! and `session.token_reused`.

mod access_token;
mod authenticator;
mod cache;
mod error;
mod handlers;
mod hashing;
mod model;
mod policy;
mod refresh_token;
mod revocation;
mod rotation;
#[cfg(test)]
mod rotation_tests;
mod service;
pub mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use access_token::{AccessClaims, AccessTokenSettings, AccessTokens, BadToken, SigningFailed};
pub use authenticator::Authenticator;
pub use cache::{CredentialCache, MAX_AGE};
pub use error::AuthError;
pub use hashing::{HashingError, PasswordHasher, PasswordSettings, Verdict};
pub use model::{
    Caller, Client, Credentials, RefreshLifetimes, Registration, RevokeReason, Tokens,
};
pub use policy::{MAX_CHARACTERS, MIN_CHARACTERS, NewPassword, WeakPassword, made_up_password};
pub use refresh_token::RefreshTokens;
pub use service::Auth;

use crate::db::{StoreError, Tx};
use crate::domain::{SessionId, Timestamp, UserId};

/// Stores the hash of a user's password, whether there was one or not.
///
/// # Errors
/// When the database fails.
pub async fn set_password_hash(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    store::set_password_hash(tx, user, hash, now).await
}

/// Stores the hash of a password that an invitation made, until somebody logs in with it. False, and nothing stored, when
/// the user has chosen a password or has been here already.
///
/// # Errors
/// When the database fails.
pub async fn set_invitation_password(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    store::set_invitation_password(tx, user, hash, now).await
}

/// Ends every log-in of an account that is shut. Forget them in the [`CredentialCache`] after the commit.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions_of_disabled(
    tx: &mut Tx,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<SessionId>, StoreError> {
    store::revoke_sessions_of(tx, user, None, RevokeReason::AccountDisabled, now).await
}
