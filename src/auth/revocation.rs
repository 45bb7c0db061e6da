//! How an instance tells the others what was taken away: a kind and an id.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::api_keys::KeyHash;
use crate::domain::{SessionId, UserId};

/// Something that is no longer true of a credential.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Revocation {
    /// A log-in ended.
    Session(SessionId),
    /// The role or the lock of an account changed.
    User(UserId),
    /// A key was revoked.
    Key(KeyHash),
}

impl Revocation {
    /// Reads what was written; nothing for what another version may have written.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (kind, id) = line.split_once(' ')?;
        match kind {
            "session" => Some(Self::Session(id.parse::<Uuid>().ok()?.into())),
            "user" => Some(Self::User(id.parse::<Uuid>().ok()?.into())),
            "key" => KeyHash::from_stored(&URL_SAFE_NO_PAD.decode(id).ok()?).map(Self::Key),
            _ => None,
        }
    }
}

impl fmt::Display for Revocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(session) => write!(f, "session {session}"),
            Self::User(user) => write!(f, "user {user}"),
            Self::Key(key) => write!(f, "key {}", URL_SAFE_NO_PAD.encode(key.as_bytes())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let id = Uuid::from_u128(7);
        let hash = KeyHash::from_stored(&[9; 32]).unwrap();
        for revocation in [
            Revocation::Session(id.into()),
            Revocation::User(id.into()),
            Revocation::Key(hash),
        ] {
            assert!(Revocation::read(&revocation.to_string()) == Some(revocation));
        }
        for foreign in ["", "user", "user 7", "role admin", "key AAAA"] {
            assert!(Revocation::read(foreign).is_none(), "{foreign}");
        }
    }
}
