//! API keys: what they look like, who may issue which, and what is kept of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::domain::{ApiKeyId, Ids, Role, Scope, Timestamp, UserId, text_enum};

/// Random bytes of a key.
const RANDOM_BYTES: usize = 32;
/// Characters of those bytes in base64url without padding.
const RANDOM_CHARACTERS: usize = 43;
/// How many of them stay visible in listings; 214 of the 256 bits remain unknown.
const VISIBLE_CHARACTERS: usize = 7;

text_enum! {
    /// Which installations a key belongs to, so that nobody tries a test key on real money.
    pub enum Mode {
        /// Production.
        Live = "live",
        /// Everything else.
        Test = "test",
    }
}

impl Mode {
    /// What every key of this mode begins with, by which scanners find leaked ones.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Live => "wb_live_",
            Self::Test => "wb_test_",
        }
    }
}

/// An API key as its owner sees it in listings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Names it for good.
    pub id: ApiKeyId,
    /// Whom it acts for.
    pub owner: UserId,
    /// What its owner calls it, 1 to 100 characters.
    pub name: String,
    /// Its first characters.
    pub prefix: String,
    /// What it may do of what its owner may do.
    pub scopes: Vec<Scope>,
    /// When it was issued.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was last seen, give or take some minutes.
    pub last_used_at: Option<Timestamp>,
}

/// A key to be issued.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// 1 to 100 characters.
    pub name: String,
    /// At least one.
    pub scopes: Vec<Scope>,
    /// Must lie ahead.
    pub expires_at: Option<Timestamp>,
}

/// A key that was just issued, with its secret: shown once, kept nowhere.
#[derive(Debug)]
pub struct IssuedApiKey {
    /// What is kept.
    pub key: ApiKey,
    /// What is not.
    pub secret: SecretString,
}

/// What is stored of a key. Plain SHA-256: a secret of 256 random bits cannot be guessed, so neither a salt nor a slow
/// hash adds anything, and exchanging a pepper must not end every key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyHash([u8; 32]);

impl KeyHash {
    /// The bytes of the column.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads the column.
    #[must_use]
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// What would be stored of `presented`; `None` when it has not even the shape of a key of this mode, which saves
    /// the database a look.
    #[must_use]
    pub fn of(mode: Mode, presented: &str) -> Option<Self> {
        let random = presented.strip_prefix(mode.prefix())?;
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let has_shape = random.len() == RANDOM_CHARACTERS && random.bytes().all(is_base64url);
        has_shape.then(|| Self(Sha256::digest(presented).into()))
    }
}

impl std::fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyHash(…)")
    }
}

/// A key's secret, fresh from the source of randomness.
#[derive(Debug)]
pub(super) struct Secret {
    /// The whole key.
    pub(super) text: SecretString,
    /// What listings show of it.
    pub(super) prefix: String,
    /// What is stored of it.
    pub(super) hash: KeyHash,
}

impl Secret {
    /// Makes the secret of a new key.
    #[must_use]
    pub(super) fn make(mode: Mode, ids: &Ids) -> Self {
        let random = URL_SAFE_NO_PAD.encode(ids.random_bytes::<RANDOM_BYTES>());
        let visible: String = random.chars().take(VISIBLE_CHARACTERS).collect();
        let text = SecretString::from(format!("{}{random}", mode.prefix()));
        let hash = KeyHash(Sha256::digest(text.expose_secret()).into());
        Self {
            text,
            prefix: format!("{}{visible}", mode.prefix()),
            hash,
        }
    }
}

/// Whether an account of this role may give a key this scope: never more than it may do itself.
#[must_use]
pub const fn may_grant(role: Role, scope: Scope) -> bool {
    match role {
        Role::Admin => true,
        Role::Member => {
            matches!(
                scope,
                Scope::OrdersRead | Scope::OrdersWrite | Scope::WalletRead | Scope::WalletWrite
            )
        }
        Role::Viewer => matches!(scope, Scope::OrdersRead | Scope::WalletRead),
    }
}

/// The scopes of a column, in the order of their declaration.
#[must_use]
pub(super) fn scopes_from_text(text: &str) -> Vec<Scope> {
    Scope::ALL
        .iter()
        .copied()
        .filter(|scope| text.split(' ').any(|name| name == scope.as_str()))
        .collect()
}

/// The scopes as the column holds them.
#[must_use]
pub(super) fn scopes_to_text(scopes: &[Scope]) -> String {
    let names: Vec<_> = Scope::ALL
        .iter()
        .filter(|scope| scopes.contains(scope))
        .map(|scope| scope.as_str())
        .collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    #[test]
    fn a_key_is_recognised_by_what_is_stored_of_it_in_its_own_mode_only() {
        let secret = Secret::make(Mode::Test, &Ids::seeded(Clock::System, 1));
        let text = secret.text.expose_secret();

        assert!(text.starts_with(&secret.prefix));
        assert_eq!((text.len(), secret.prefix.len()), (51, 15));
        assert_eq!(KeyHash::of(Mode::Test, text), Some(secret.hash));
        assert_eq!(KeyHash::of(Mode::Live, text), None);
    }

    #[test]
    fn what_has_not_the_shape_of_a_key_is_not_looked_up() {
        let long = format!("wb_test_{}", "a".repeat(44));
        for text in ["", "wb_test_", "wb_live_abc", &long] {
            assert_eq!(KeyHash::of(Mode::Test, text), None, "{text}");
        }
    }

    #[test]
    fn nobody_grants_more_than_they_may_do() {
        let granted = |role| -> Vec<_> {
            Scope::ALL
                .iter()
                .filter(|scope| may_grant(role, **scope))
                .map(|scope| scope.as_str())
                .collect()
        };
        assert_eq!(granted(Role::Viewer), ["orders:read", "wallet:read"]);
        assert_eq!(
            granted(Role::Member),
            ["orders:read", "orders:write", "wallet:read", "wallet:write"]
        );
        assert_eq!(granted(Role::Admin).len(), Scope::ALL.len());
    }

    #[test]
    fn scopes_come_back_as_they_were_stored() {
        let scopes = [Scope::WalletRead, Scope::OrdersRead];
        assert_eq!(scopes_to_text(&scopes), "orders:read wallet:read");
        assert_eq!(
            scopes_from_text("orders:read wallet:read"),
            [Scope::OrdersRead, Scope::WalletRead]
        );
        assert_eq!(scopes_from_text(""), []);
    }
}
