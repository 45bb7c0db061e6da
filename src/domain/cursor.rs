//! Cursors: opaque to clients, and only good for the feed that gave them out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the authentication code that a cursor carries.
const TAG_LEN: usize = 16;

/// Makes and checks cursors: a position in a feed, authenticated by HMAC-SHA-256.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

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
        // HMAC takes keys of any length, so the fallback is never used.
        let mut mac = Hmac::new_from_slice(secret)
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
        mac.update(b"waybill cursor\0");
        Self(mac)
    }

    /// The cursor for `position` in `feed`. Name the owner in `feed` where feeds belong to somebody.
    #[must_use]
    pub fn encode(&self, feed: &str, position: i64) -> String {
        let position = position.to_be_bytes();
        let tag = self.mac(feed, position).finalize().into_bytes();
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
        self.mac(feed, *position)
            .verify_truncated_left(tag)
            .map_err(|_| InvalidCursor)?;
        Ok(i64::from_be_bytes(*position))
    }

    fn mac(&self, feed: &str, position: [u8; 8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(&position);
        mac.update(feed.as_bytes());
        mac
    }
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
}
