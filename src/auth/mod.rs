//! Who is who: registering, logging in, refresh tokens, passwords, and the resolution of credentials.
//!
//! Owns the tables `credentials`, `sessions` and `refresh_tokens`.

mod access_token;
mod hashing;
mod policy;

pub use access_token::{AccessClaims, AccessTokenSettings, AccessTokens, BadToken, SigningFailed};
pub use hashing::{HashingError, PasswordHasher, PasswordSettings, Verdict};
pub use policy::{NewPassword, WeakPassword};
