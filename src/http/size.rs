//! How much a client may send before anything is looked at.

use http::{HeaderMap, Uri, header};

use super::refusal::Refusal;

/// Longest request target.
const URI_BYTES: usize = 8 * 1024;

/// Longest head and most fields in it; hyper's own limits lie above.
const HEADER_BYTES: usize = 16 * 1024;
const HEADER_FIELDS: usize = 100;

/// Returns what is too large about a request's head.
pub(super) fn too_large(uri: &Uri, headers: &HeaderMap) -> Option<Refusal> {
    let target_bytes = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    if target_bytes > URI_BYTES {
        return Some(Refusal::URI_TOO_LONG);
    }
    // Name, value, and the four bytes between and behind them, as on the wire.
    let header_bytes: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    (headers.len() > HEADER_FIELDS || header_bytes > HEADER_BYTES)
        .then_some(Refusal::HEADERS_TOO_LARGE)
}

/// What hyper reads of a body on its own after an answer; more than that ends the connection.
const DRAINED_BYTES: u64 = 8 * 1024;

/// Returns whether a refused request may leave so much of its body unread that its connection cannot go on.
pub(super) fn may_stay_unread(headers: &HeaderMap) -> bool {
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let is_long = length.is_some_and(|length: u64| length > DRAINED_BYTES);
    is_long || headers.contains_key(header::TRANSFER_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_inclusive() {
        let uri = |bytes: usize| {
            format!("/{}", "a".repeat(bytes - 1))
                .parse::<Uri>()
                .unwrap()
        };
        let code =
            |uri: &Uri, headers: &HeaderMap| too_large(uri, headers).map(|refusal| refusal.code);
        assert_eq!(code(&uri(8192), &HeaderMap::new()), None);
        assert_eq!(code(&uri(8193), &HeaderMap::new()), Some("URI_TOO_LONG"));

        let mut headers = HeaderMap::new();
        for index in 0..100_u32 {
            headers.insert(
                http::HeaderName::try_from(format!("x-{index}")).unwrap(),
                "v".parse().unwrap(),
            );
        }
        assert_eq!(code(&uri(1), &headers), None);
        headers.append("x-0", "v".parse().unwrap());
        assert_eq!(code(&uri(1), &headers), Some("HEADERS_TOO_LARGE"));

        let mut headers = HeaderMap::new();
        headers.insert("x", "v".repeat(16 * 1024 - 5).parse().unwrap());
        assert_eq!(code(&uri(1), &headers), None);
        headers.insert("x", "v".repeat(16 * 1024 - 4).parse().unwrap());
        assert_eq!(code(&uri(1), &headers), Some("HEADERS_TOO_LARGE"));
    }
}
