//! Access tokens: JWTs that this server signs and only this server reads.
//!
//! The algorithm is fixed (HS256): the token's own `alg` is never believed. Its `kid` is only looked up among our
//! own keys; the first of them signs, all of them verify, so a secret can be exchanged without logging anybody out.
//! A token names the account, its role at the time and the log-in (`sid`) that it belongs to; no e-mail address.
//! Whether that log-in still holds is the [`Authenticator`](super::Authenticator)'s question.

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, crypto};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::{Role, SessionId, Timestamp, UserId};

/// The only algorithm; a token has no say in it.
const ALGORITHM: Algorithm = Algorithm::HS256;
/// How far clocks of several instances may disagree.
const LEEWAY_SECONDS: i64 = 5;
/// The longest token that is looked at; ours have some 450 characters.
const MAX_LENGTH: usize = 2048;

/// How access tokens are signed and how long they live.
#[derive(Debug, Clone)]
pub struct AccessTokenSettings {
    /// Signs, and verifies.
    pub secret: SecretString,
    /// Only verify: secrets that signed until lately.
    pub former_secrets: Vec<SecretString>,
    /// The `iss` claim.
    pub issuer: String,
    /// The `aud` claim.
    pub audience: String,
    /// From `iat` to `exp`; whole seconds.
    pub lifetime: Duration,
}

/// What an access token says, as far as anybody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// The account.
    pub user: UserId,
    /// The log-in that it belongs to.
    pub session: SessionId,
}

/// The claims as they are written. `role` is for clients; what counts here is the account's role now.
#[derive(Serialize, Deserialize)]
struct Claims<'a> {
    sub: Uuid,
    #[serde(borrow)]
    role: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: Kind,
    sid: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(borrow)]
    iss: Cow<'a, str>,
    #[serde(borrow)]
    aud: Cow<'a, str>,
    jti: Uuid,
}

/// The only kind of JWT there is here, so that no other that shares the secret passes for an access token.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Access,
}

/// Why a token opens nothing. Clients hear one code for all of them; the log may tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// No JWT of ours by shape, algorithm, claims or key name.
    #[error("the access token is malformed or not ours")]
    Malformed,
    /// The signature does not fit.
    #[error("the access token's signature is wrong")]
    Signature,
    /// Its time is over, or has not come.
    #[error("the access token is not valid at this time")]
    Time,
    /// Another issuer's, or for another audience.
    #[error("the access token is from or for somebody else")]
    Party,
}

/// The signing secret cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the access token could not be signed")]
pub struct SigningFailed(#[source] jsonwebtoken::errors::Error);

/// Signs and reads access tokens.
pub struct AccessTokens {
    signing: EncodingKey,
    header: Header,
    keys: Vec<Key>,
    issuer: String,
    audience: String,
    lifetime: Duration,
}

/// A secret that verifies.
struct Key {
    /// Its `kid`.
    name: String,
    /// The first part of every token that we sign with it, by which such a token is known without parsing.
    header: String,
    verifying: DecodingKey,
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("AccessTokens")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

impl AccessTokens {
    /// Prepares the keys.
    #[must_use]
    pub fn new(settings: &AccessTokenSettings) -> Self {
        let keys = std::iter::once(&settings.secret)
            .chain(&settings.former_secrets)
            .map(Key::new)
            .collect();
        Self {
            signing: EncodingKey::from_secret(settings.secret.expose_secret().as_bytes()),
            header: header(key_name(&settings.secret)),
            keys,
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            lifetime: settings.lifetime,
        }
    }

    /// How long a token lives.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Signs a token for a log-in.
    ///
    /// # Errors
    /// [`SigningFailed`] when the signature cannot be computed; with HS256 that does not happen.
    pub fn sign(
        &self,
        user: UserId,
        role: Role,
        session: SessionId,
        id: Uuid,
        now: Timestamp,
    ) -> Result<SecretString, SigningFailed> {
        let iat = seconds(now);
        let claims = Claims {
            sub: user.as_uuid(),
            role: Cow::Borrowed(role.as_str()),
            kind: Kind::Access,
            sid: session.as_uuid(),
            iat,
            nbf: iat,
            exp: iat.saturating_add(i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX)),
            iss: Cow::Borrowed(&self.issuer),
            aud: Cow::Borrowed(&self.audience),
            jti: id,
        };
        jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .map(SecretString::from)
            .map_err(SigningFailed)
    }

    /// Reads a token and checks everything that it can be checked for without the database.
    ///
    /// # Errors
    /// [`BadToken`] with the first thing that is wrong.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, BadToken> {
        if token.len() > MAX_LENGTH {
            return Err(BadToken::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(BadToken::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(BadToken::Malformed)?;
        let key = self.key_of(token, header)?;
        match crypto::verify(signature, message.as_bytes(), &key.verifying, ALGORITHM) {
            Ok(true) => self.judge(payload, now),
            Ok(false) => Err(BadToken::Signature),
            Err(_) => Err(BadToken::Malformed),
        }
    }

    /// Reads the claims of a token whose signature is right. `jsonwebtoken::decode` would parse header and claims twice
    /// each, and ask the system's clock in place of ours.
    fn judge(&self, payload: &str, now: Timestamp) -> Result<AccessClaims, BadToken> {
        let json = URL_SAFE_NO_PAD
            .decode(payload)
            .map_err(|_| BadToken::Malformed)?;
        let claims: Claims<'_> = serde_json::from_slice(&json).map_err(|_| BadToken::Malformed)?;
        let now = seconds(now);
        if now >= claims.exp.saturating_add(LEEWAY_SECONDS)
            || claims.nbf > now.saturating_add(LEEWAY_SECONDS)
        {
            return Err(BadToken::Time);
        }
        if claims.iss != self.issuer || claims.aud != self.audience {
            return Err(BadToken::Party);
        }
        Ok(AccessClaims {
            user: claims.sub.into(),
            session: claims.sid.into(),
        })
    }

    /// The key that a token names, or the signing one when it names none. A token that wants another algorithm than
    /// ours is none of ours.
    fn key_of(&self, token: &str, header: &str) -> Result<&Key, BadToken> {
        if let Some(key) = self.keys.iter().find(|key| key.header == header) {
            return Ok(key);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| BadToken::Malformed)?;
        if header.alg != ALGORITHM {
            return Err(BadToken::Malformed);
        }
        let mut keys = self.keys.iter();
        match header.kid {
            None => keys.next(),
            Some(name) => keys.find(|key| key.name == name),
        }
        .ok_or(BadToken::Malformed)
    }
}

impl Key {
    fn new(secret: &SecretString) -> Self {
        let name = key_name(secret);
        let json = serde_json::to_vec(&header(name.clone())).unwrap_or_default();
        Self {
            header: URL_SAFE_NO_PAD.encode(json),
            verifying: DecodingKey::from_secret(secret.expose_secret().as_bytes()),
            name,
        }
    }
}

fn header(key: String) -> Header {
    Header {
        kid: Some(key),
        ..Header::new(ALGORITHM)
    }
}

/// Names a key by what it is, so that instances agree without configuration: the start of a hash over it,
/// which tells nothing about a secret of 256 random bits.
fn key_name(secret: &SecretString) -> String {
    let digest = Sha256::new_with_prefix(b"waybill access token key ")
        .chain_update(secret.expose_secret())
        .finalize();
    digest
        .iter()
        .take(6)
        .fold(String::with_capacity(12), |mut name, byte| {
            use std::fmt::Write as _;
            // Writing into a string cannot fail.
            let _ = write!(name, "{byte:02x}");
            name
        })
}

fn seconds(moment: Timestamp) -> i64 {
    moment.as_millis().div_euclid(1_000)
}

#[cfg(test)]
#[path = "access_token_tests.rs"]
mod tests;
