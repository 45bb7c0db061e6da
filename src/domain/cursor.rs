//! Cursors: opaque to clients, and only good for the feed that gave them out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the authentication code that a cursor carries.
const TAG_LEN: usize = 16;

/// Makes and checks cursors: a position in a feed, authenticated by HMAC-SHA-256.
#[derive(Clone)]
pub struct CursorKey {
    present: Hmac<Sha256>,
    former: Vec<Hmac<Sha256>>,
}

/// Not a cursor of this feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this feed")]
pub struct InvalidCursor;

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey(…)")
    }
}

impl CursorKey {
    /// A key derived from `secret`, which may serve other purposes too.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self {
            present: keyed(secret),
            former: Vec::new(),
        }
    }

    /// Reads cursors that were made with these secrets, too.
    #[must_use]
    pub fn with_former<'a>(mut self, secrets: impl IntoIterator<Item = &'a [u8]>) -> Self {
        self.former = secrets.into_iter().map(keyed).collect();
        self
    }

    /// The cursor for `position` in `feed`. Name the owner in `feed` where feeds belong to somebody.
    #[must_use]
    pub fn encode(&self, feed: &str, position: i64) -> String {
        let position = position.to_be_bytes();
        let tag = mac(&self.present, feed, position).finalize().into_bytes();
        let mut bytes = position.to_vec();
        bytes.extend(tag.into_iter().take(TAG_LEN));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position that `cursor` stands for.
    ///
    /// # Errors
    /// [`InvalidCursor`] for anything that [`CursorKey::encode`] did not make for this feed.
    pub fn decode(&self, feed: &str, cursor: &str) -> Result<i64, InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| InvalidCursor)?;
        let (position, tag) = bytes.split_first_chunk::<8>().ok_or(InvalidCursor)?;
        if tag.len() != TAG_LEN {
            return Err(InvalidCursor);
        }
        let mut keys = std::iter::once(&self.present).chain(&self.former);
        let is_ours = keys.any(|key| mac(key, feed, *position).verify_truncated_left(tag).is_ok());
        if is_ours {
            Ok(i64::from_be_bytes(*position))
        } else {
            Err(InvalidCursor)
        }
    }
}

fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length, so the fallback is never used.
    let mut mac = Hmac::new_from_slice(secret)
        .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    mac.update(b"waybill cursor\0");
    mac
}

fn mac(key: &Hmac<Sha256>, feed: &str, position: [u8; 8]) -> Hmac<Sha256> {
    let mut mac = key.clone();
    mac.update(&position);
    mac.update(feed.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_only_good_for_its_feed_and_key() {
        let key = CursorKey::new(b"secret");
        let cursor = key.encode("audit", 42);
        assert_eq!(key.decode("audit", &cursor), Ok(42));
        assert_eq!(key.decode("wallet", &cursor), Err(InvalidCursor));
        assert_eq!(
            CursorKey::new(b"other").decode("audit", &cursor),
            Err(InvalidCursor)
        );
        for wrong in ["", "42", "a", &cursor[1..], &format!("{cursor}A"), "ä"] {
            assert_eq!(key.decode("audit", wrong), Err(InvalidCursor), "{wrong}");
        }
    }

    #[test]
    fn a_cursor_of_a_former_key_is_still_read() {
        let old = CursorKey::new(b"old").encode("audit", 42);
        let rotated = CursorKey::new(b"new").with_former([b"older".as_slice(), b"old"]);
        assert_eq!(rotated.decode("audit", &old), Ok(42));
        let new = rotated.encode("audit", 7);
        assert_eq!(CursorKey::new(b"new").decode("audit", &new), Ok(7));
    }
}
