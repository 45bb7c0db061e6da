//! Refresh tokens: opaque, 256 random bits, stored only as keyed hashes.
//!
//! The key (`JWT_REFRESH_SECRET`) is a pepper: whoever reads the database without it cannot even test a guess. When it is
//! exchanged, tokens are still found under the hashes of the former keys; each exchange of a token stores the next one
//! under the present key, so a former key has done its duty when the longest life of a refresh token is over.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::domain::Ids;

/// What every refresh token begins with, so that leaked ones are found by scanners.
const PREFIX: &str = "rt_";
/// Random bytes of a token.
const RANDOM_BYTES: usize = 32;
/// Characters of those bytes in base64url without padding.
const RANDOM_CHARACTERS: usize = 43;

/// What is stored of a refresh token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RefreshTokenHash([u8; 32]);

impl RefreshTokenHash {
    /// The bytes of the column.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for RefreshTokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefreshTokenHash(…)")
    }
}

/// Makes refresh tokens and recognises their shape.
#[derive(Clone)]
pub struct RefreshTokens {
    present: Hmac<Sha256>,
    former: Vec<Hmac<Sha256>>,
}

impl std::fmt::Debug for RefreshTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefreshTokens(…)")
    }
}

impl RefreshTokens {
    /// Tokens whose hashes are keyed with `pepper`, or were with one of the `former` ones.
    #[must_use]
    pub fn new(pepper: &SecretString, former: &[SecretString]) -> Self {
        Self {
            present: keyed(pepper),
            former: former.iter().map(keyed).collect(),
        }
    }

    /// A new token, and what is stored of it.
    #[must_use]
    pub fn make(&self, ids: &Ids) -> (SecretString, RefreshTokenHash) {
        let random = URL_SAFE_NO_PAD.encode(ids.random_bytes::<RANDOM_BYTES>());
        let token = SecretString::from(format!("{PREFIX}{random}"));
        let hash = digest(&self.present, token.expose_secret());
        (token, hash)
    }

    /// What may be stored of `token`, the likeliest first; nothing when it has not even the shape of one, which saves the
    /// database a look.
    #[must_use]
    pub fn hashes(&self, token: &SecretString) -> Vec<RefreshTokenHash> {
        let token = token.expose_secret();
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let has_shape = token.strip_prefix(PREFIX).is_some_and(|random| {
            random.len() == RANDOM_CHARACTERS && random.bytes().all(is_base64url)
        });
        if !has_shape {
            return Vec::new();
        }
        let keys = std::iter::once(&self.present).chain(&self.former);
        keys.map(|key| digest(key, token)).collect()
    }
}

fn keyed(pepper: &SecretString) -> Hmac<Sha256> {
    // HMAC takes keys of any length, so the fallback is never used.
    let mut mac = Hmac::new_from_slice(pepper.expose_secret().as_bytes())
        .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    mac.update(b"waybill refresh token\0");
    mac
}

fn digest(key: &Hmac<Sha256>, token: &str) -> RefreshTokenHash {
    let mut mac = key.clone();
    mac.update(token.as_bytes());
    RefreshTokenHash(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    #[test]
    fn a_token_is_recognised_by_what_is_stored_of_it_under_the_same_pepper_only() {
        let tokens = RefreshTokens::new(&"pepper".into(), &[]);
        let (token, stored) = tokens.make(&Ids::seeded(Clock::System, 1));

        assert!(token.expose_secret().starts_with("rt_"));
        assert_eq!(token.expose_secret().len(), 46);
        assert_eq!(tokens.hashes(&token), [stored]);
        let other = RefreshTokens::new(&"salt".into(), &[]);
        assert_ne!(other.hashes(&token), [stored]);
    }

    #[test]
    fn a_former_pepper_finds_tokens_and_makes_none() {
        let ids = Ids::seeded(Clock::System, 1);
        let (token, stored) = RefreshTokens::new(&"old".into(), &[]).make(&ids);

        let rotated = RefreshTokens::new(&"new".into(), &["older".into(), "old".into()]);
        let hashes = rotated.hashes(&token);
        assert_eq!((hashes.len(), hashes.last()), (3, Some(&stored)));
        let (token, stored) = rotated.make(&ids);
        let only_new = RefreshTokens::new(&"new".into(), &[]);
        assert_eq!(only_new.hashes(&token), [stored]);
    }

    #[test]
    fn what_has_not_the_shape_of_a_token_is_not_looked_up() {
        let tokens = RefreshTokens::new(&"pepper".into(), &["old".into()]);
        let short = format!("rt_{}", "a".repeat(42));
        let odd = format!("rt_{}ä", "a".repeat(41));
        for text in ["", "rt_", "eyJhbGciOiJIUzI1NiJ9.e30.x", &short, &odd] {
            assert_eq!(tokens.hashes(&text.into()), [], "{text}");
        }
    }
}
