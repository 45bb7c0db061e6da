//! Access tokens: JWTs that this server signs and only this server reads.
//!
//! The algorithm is fixed (HS256): the token's own `alg` is never believed. Its `kid` is only looked up among our
//! own keys; the first of them signs, all of them verify, so a secret can be exchanged without logging anybody out.
//! A token names the account, its role at the time and the log-in (`sid`) that it belongs to; no e-mail address.
//! Whether that log-in still holds is the [`Authenticator`](super::Authenticator)'s question.

use std::borrow::Cow;
use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::{Role, SessionId, Timestamp, UserId};

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
    role: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: Kind,
    sid: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
    iss: Cow<'a, str>,
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
    keys: Vec<(String, DecodingKey)>,
    validation: Validation,
    issuer: String,
    audience: String,
    lifetime: Duration,
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
        let keys: Vec<_> = std::iter::once(&settings.secret)
            .chain(&settings.former_secrets)
            .map(|secret| {
                (
                    key_name(secret),
                    DecodingKey::from_secret(secret.expose_secret().as_bytes()),
                )
            })
            .collect();
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(key_name(&settings.secret));
        let mut validation = Validation::new(Algorithm::HS256);
        // The library asks the system clock; ours is asked instead, so that tests can turn it. Issuer and
        // audience are compared below as plain text: a list of audiences is none of our tokens.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Self {
            signing: EncodingKey::from_secret(settings.secret.expose_secret().as_bytes()),
            header,
            keys,
            validation,
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
        let key = self.key_of(token)?;
        let claims: Claims<'static> = jsonwebtoken::decode(token, key, &self.validation)
            .map_err(|error| reason(&error))?
            .claims;
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

    /// The key that a token names, or the signing one when it names none.
    fn key_of(&self, token: &str) -> Result<&DecodingKey, BadToken> {
        let named = jsonwebtoken::decode_header(token)
            .map_err(|error| reason(&error))?
            .kid;
        let mut keys = self.keys.iter();
        match named {
            None => keys.next(),
            Some(name) => keys.find(|(known, _)| *known == name),
        }
        .map(|(_, key)| key)
        .ok_or(BadToken::Malformed)
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

fn reason(error: &jsonwebtoken::errors::Error) -> BadToken {
    match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => BadToken::Signature,
        _ => BadToken::Malformed,
    }
}

#[cfg(test)]
#[path = "access_token_tests.rs"]
mod tests;
