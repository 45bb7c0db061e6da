//! `Idempotency-Key` (IETF draft `draft-ietf-httpapi-idempotency-key-header`): reading the header,
//! and a fingerprint of what it was used for.

use std::fmt;

use http::HeaderMap;
use sha2::{Digest, Sha256};

use crate::{In, Input, Reason, Violations};

/// The header's name.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A key and the request it was used for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey {
    /// The key without its quotes: 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 over method, path, canonical query and body. The same key with another fingerprint
    /// is another request.
    pub fingerprint: [u8; 32],
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdempotencyKey")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What is wrong with the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyProblem {
    /// It came more than once.
    Repeated,
    /// It is empty, too long, or holds other than visible ASCII characters.
    Malformed,
}

impl Input<'_> {
    /// The idempotency key, which must be there.
    pub fn idempotency_key(&mut self) -> Option<IdempotencyKey> {
        let key = self.optional_idempotency_key()?;
        if key.is_none() {
            self.key_missing = true;
            self.out
                .at_parameter(In::Header, IDEMPOTENCY_KEY, Violations::required);
        }
        key
    }

    /// The idempotency key, which may be left out.
    pub fn optional_idempotency_key(&mut self) -> Option<Option<IdempotencyKey>> {
        let problem = match read_key(self.request.headers()) {
            Ok(None) => return Some(None),
            Ok(Some(key)) => {
                return Some(Some(IdempotencyKey {
                    key,
                    fingerprint: self.fingerprint(),
                }));
            }
            Err(problem) => problem,
        };
        self.out
            .at_parameter(In::Header, IDEMPOTENCY_KEY, |out| match problem {
                KeyProblem::Repeated => out.add(Reason::Duplicate, "Given more than once"),
                KeyProblem::Malformed => {
                    out.invalid_format("Must be 1 to 255 visible ASCII characters, quoted or bare");
                }
            });
        None
    }

    fn fingerprint(&self) -> [u8; 32] {
        let path = crate::serve::target(self.request).path();
        fingerprint(self.spec.method, path, self.query.pairs(), self.body)
    }
}

/// Reads the header, quoted (a structured field's string) or bare. `Ok(None)` without one.
fn read_key(headers: &HeaderMap) -> Result<Option<String>, KeyProblem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(KeyProblem::Repeated);
    }
    let text = value.to_str().map_err(|_| KeyProblem::Malformed)?.trim();
    let key = match text.strip_prefix('"') {
        Some(rest) => unquoted(rest).ok_or(KeyProblem::Malformed)?,
        None => text.to_owned(),
    };
    let fits = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        Ok(Some(key))
    } else {
        Err(KeyProblem::Malformed)
    }
}

/// The rest of a structured field's string after its opening quote (RFC 9651, section 3.3.3).
fn unquoted(rest: &str) -> Option<String> {
    let inner = rest.strip_suffix('"')?;
    let mut key = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => key.push(
                characters
                    .next()
                    .filter(|next| matches!(next, '"' | '\\'))?,
            ),
            '"' => return None,
            other => key.push(other),
        }
    }
    Some(key)
}

/// The fingerprint of a request. The order of query parameters does not matter, their decoded
/// names and values do. Lengths go in front of the parts, so that no two requests run together.
fn fingerprint(method: &str, path: &str, query: &[(String, String)], body: &[u8]) -> [u8; 32] {
    let mut pairs: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    pairs.sort_unstable();
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(bytes);
    };
    part(method.as_bytes());
    part(path.as_bytes());
    part(&u64::try_from(pairs.len()).unwrap_or(u64::MAX).to_be_bytes());
    for (name, value) in pairs {
        part(name.as_bytes());
        part(value.as_bytes());
    }
    part(body);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<Option<String>, KeyProblem> {
        read_key(&HeaderMap::from_iter([(
            http::HeaderName::from_static("idempotency-key"),
            http::HeaderValue::from_bytes(value.as_bytes()).unwrap(),
        )]))
    }

    #[test]
    fn keys_are_read_quoted_and_bare() {
        assert_eq!(read("abc-1"), Ok(Some("abc-1".to_owned())));
        assert_eq!(read("\"abc-1\""), Ok(Some("abc-1".to_owned())));
        assert_eq!(read(r#""a\"b\\c""#), Ok(Some(r#"a"b\c"#.to_owned())));
        assert_eq!(read(&"k".repeat(255)), Ok(Some("k".repeat(255))));
        assert_eq!(read_key(&HeaderMap::new()), Ok(None));
    }

    #[test]
    fn other_than_visible_ascii_is_malformed() {
        for bad in [
            "",
            "\"\"",
            "a b",
            "\"a",
            "\"a\\x\"",
            "\"a\"b\"",
            "ä",
            "a\tb",
            &"k".repeat(256),
        ] {
            assert_eq!(read(bad), Err(KeyProblem::Malformed), "{bad}");
        }
    }

    #[test]
    fn the_fingerprint_ignores_the_order_of_the_query_and_nothing_else() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let base = fingerprint("POST", "/a", &[pair("x", "1"), pair("y", "2")], b"{}");
        assert_eq!(
            base,
            fingerprint("POST", "/a", &[pair("y", "2"), pair("x", "1")], b"{}")
        );
        assert_ne!(
            base,
            fingerprint("PUT", "/a", &[pair("x", "1"), pair("y", "2")], b"{}")
        );
        assert_ne!(
            base,
            fingerprint("POST", "/b", &[pair("x", "1"), pair("y", "2")], b"{}")
        );
        assert_ne!(base, fingerprint("POST", "/a", &[pair("x", "1")], b"{}"));
        assert_ne!(
            base,
            fingerprint("POST", "/a", &[pair("x", "1"), pair("y", "2")], b"{ }")
        );
        assert_ne!(
            fingerprint("POST", "/a", &[pair("x", "1y")], b""),
            fingerprint("POST", "/a", &[pair("x1", "y")], b"")
        );
    }
}
